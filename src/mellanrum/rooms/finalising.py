"""Finalising a closed room: what its anonymous exercises yield is frozen, and then nobody can tell any more who gave what.

Once and for good. The order lets a process die anywhere: from the first step on the room takes nothing more, and `complete` goes on
where it was. Named exercises stay as they are: who leaves no trace there still leaves none.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial

import msgspec
from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import translation

from mellanrum.accounts.audit import note
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.core.retention import FINAL_AFTER
from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.rooms.erasing import after_erasing
from mellanrum.rooms.harvesting import passages_of
from mellanrum.rooms.ledger import erasures
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.live.loading import fold_of
from mellanrum.rooms.live.running import announce_cut, announce_final, in_writers_turn
from mellanrum.rooms.models import FrozenHarvest, Room, TakeHomeLink
from mellanrum.rooms.stage.gate import GRACE_MS
from mellanrum.rooms.stage.room_fold import RoomFold

logger = logging.getLogger(__name__)

BY_ITSELF_AFTER = FINAL_AFTER
GRACE = timedelta(milliseconds=GRACE_MS)


class StillOpen(Exception):
    """The room has not been closed, or just now: answers may be on their way."""


def finalise(room: Room, *, actor: User | None) -> None:
    """Finalise the room; nothing happens to one that is final already. `actor` is None when its time has come by itself.

    Raises StillOpen, and LedgerUnavailable when the rest has to wait: the next try, or the next start, completes it.
    """
    moment = now()
    with transaction.atomic():
        fresh = Room.objects.filter(pk=room.pk, closed_at__lte=moment - GRACE, finalised_at=None).update(finalised_at=moment)
        if fresh:
            note("room-finalised", actor=actor, place=f"gathering-{room.gathering_id}", detail=room.pk)
    if not Room.objects.filter(pk=room.pk, finalised_at__isnull=False).exists():
        raise StillOpen(room.pk)
    complete(room.pk)


def finalise_again(room_ids: Iterable[str]) -> None:
    """After a restore: rooms that were finalised after the backup was made, as far as it knows them. An open one counts as closed then."""
    moment = now()
    for room in Room.objects.filter(pk__in=room_ids, authors_cut_at=None):
        closed, final = room.closed_at or moment, room.finalised_at or moment
        code = room.code if room.closed_at else None
        Room.objects.filter(pk=room.pk).update(code=code, closed_at=closed, finalised_at=final)
        complete(room.pk)


def finalise_due(moment: datetime) -> tuple[()]:
    """For housekeeping: rooms that were closed long ago, and those whose finalising was interrupted."""
    erasures.note(settings.CONFIG.data, (note for room in _cut_rooms() for note in erasures.of_finalising(room)))
    begun = Q(finalised_at__isnull=False)
    kept = Room.objects.exclude(kind=Room.Kind.REHEARSAL)
    for room in kept.filter(begun | Q(closed_at__lte=moment - BY_ITSELF_AFTER), authors_cut_at=None):
        try:
            finalise(room, actor=None)
        except Exception:  # one room's trouble is not the next one's; tomorrow it is tried again
            logger.exception("A room could not be finalised.")
    return ()


def _cut_rooms() -> Iterable[str]:
    """They are noted every day: also those that an earlier release has finalised."""
    return Room.objects.filter(authors_cut_at__isnull=False).values_list("pk", flat=True)


def complete(room_id: str) -> None:
    """Everything after the decision, from wherever it stopped."""
    announce_final(room_id)  # from here on its ledger has all it will ever have
    room = Room.objects.select_related("gathering__programme").get(pk=room_id)
    if room.authors_cut_at is not None:
        return
    erasures.note(settings.CONFIG.data, erasures.of_finalising(room_id))
    fold = fold_of(room)
    anonymous = [name for name, placed in fold.course.exercises.items() if placed.definition.anonymous]
    _freeze(room, fold, anonymous)
    gone = [name for exercise in anonymous for name in superseded(fold, exercise)]
    in_writers_turn(partial(_cut, room_id, anonymous, gone))
    TakeHomeLink.objects.filter(participant__room=room_id).update(sealed=b"")  # nothing is left that those names would open
    Room.objects.filter(pk=room_id).update(authors_cut_at=now())
    announce_cut(room_id)
    after_erasing(room_id)


def superseded(fold: RoomFold, exercise: str) -> list[str]:
    """The ids of what its author changed or took back, and of the taking back."""
    runner = fold.runners[exercise]
    changed = runner.withdrawn | runner.changed()
    rows = (row for row in fold.snapshot.rows.values() if row.exercise == exercise)
    return [row.id for row in rows if row.seq in changed or isinstance(row.data, Withdraw)]


def _freeze(room: Room, fold: RoomFold, exercises: list[str]) -> None:
    """Once: afterwards the fold knows no people any more and would count wrong."""
    if FrozenHarvest.objects.filter(room=room).exists():
        return
    snapshot = fold.snapshot
    frozen = []
    with translation.override(room.gathering.programme.language):
        for name in exercises:
            passages = passages_of(snapshot, name)
            frozen.append(FrozenHarvest(room=room, exercise=name, passages=msgspec.json.encode(passages, enc_hook=str).decode()))
    with transaction.atomic():
        FrozenHarvest.objects.bulk_create(frozen)


def _cut(room_id: str, exercises: list[str], gone: list[str], ledger: Ledger) -> None:
    ledger.erase(room_id, gone)
    for name in exercises:
        ledger.cut_authors(room_id, name)
