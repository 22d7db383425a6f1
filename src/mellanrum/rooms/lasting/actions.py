"""Opening an exercise for days, moving the time, closing it and opening it again. Who may is asked by the views."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime

import msgspec
from django.db import transaction

from mellanrum.accounts.audit import note
from mellanrum.accounts.models import User
from mellanrum.core.clock import now_ms
from mellanrum.core.ids import random_id, token_hash
from mellanrum.programmes.models import Block
from mellanrum.rooms.actions import plan_of
from mellanrum.rooms.lasting import acts
from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.live.running import announce_room, store_acts
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import Lasting, Plan, read_plan, write_plan
from mellanrum.rooms.stage.course import Course, course_of


class NothingToGive(ValueError):
    """The block has no exercise in which people have something to give."""


class Final(Exception):
    """It has been finalised: it never opens again."""


def open_for_days(block: Block, *, until: datetime, lasting: Lasting, user: User) -> Room:
    """Open the block's exercise by a link of its own. Raises NothingToGive, NotPlayable, LedgerUnavailable."""
    plan = _plan_of(block, lasting)
    course = course_of(plan)
    if course.lasting is None or course.lasting.lasting_phase is None:
        raise NothingToGive(block.key)
    room = _create(block, plan, until, user)
    try:
        _store(room, acts.opening(course, _ms(until)), user)
    except (LedgerUnavailable, TimeoutError):
        Room.objects.filter(pk=room.pk, last_seq=0).delete()
        raise
    announce_room(room)
    return room


def move_end(room: Room, until: datetime, *, user: User) -> None:
    """Let it close then; what is closed opens again. Raises Final, LedgerUnavailable."""
    if room.finalised_at is not None:
        raise Final(room.pk)
    given = acts.reopening(_course(room), _ms(until)) if is_closed(room) else acts.moving(_ms(until))
    _store(room, given, user)


def close_now(room: Room, *, user: User) -> None:
    """Nothing happens to what is closed. Raises LedgerUnavailable."""
    if not is_closed(room):
        _store(room, acts.closing(), user)


def is_closed(room: Room) -> bool:
    """By the act, or because its time has passed and nobody has written that down yet."""
    return room.closed_at is not None


def _create(block: Block, plan: Plan, until: datetime, user: User) -> Room:
    key = secrets.token_urlsafe(16)
    with transaction.atomic():
        room = Room.objects.create(
            id=random_id(),
            gathering=block.gathering,
            kind=Room.Kind.LASTING,
            key=key,
            key_hash=token_hash(key),
            language=plan.language,
            plan=write_plan(plan),
            closes_at=until,
        )
        note("opened-for-days", actor=user, place=f"gathering-{block.gathering_id}", detail=room.pk)
    return room


def _plan_of(block: Block, lasting: Lasting) -> Plan:
    """That block alone, with what participants need of it: no minutes, no script."""
    whole = read_plan(plan_of(block.gathering))
    mine = next((one for one in whole.blocks if one.key == block.key), None)
    if mine is None or mine.exercise is None:
        raise NothingToGive(block.key)
    bare = msgspec.structs.replace(mine, minutes=0, responsible="", say="", do=(), material=(), phones=True)
    return msgspec.structs.replace(whole, starts_at=None, blocks=(bare,), lasting=lasting)


def _course(room: Room) -> Course:
    return course_of(read_plan(room.plan))


def _store(room: Room, given: Sequence[acts.Act], user: User) -> None:
    store_acts(room, acts.rows_of(room.pk, given, at=now_ms(), author=f"crew:{user.pk}"))


def _ms(moment: datetime) -> int:
    return int(moment.timestamp() * 1000)
