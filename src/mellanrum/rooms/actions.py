"""What changes a room from a page or a command: opening it, handing out tickets, taking them back."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localtime

from mellanrum.accounts.access import Act, may
from mellanrum.accounts.models import User
from mellanrum.core.clock import now, now_ms
from mellanrum.core.ids import random_id, random_token, token_hash
from mellanrum.core.retention import CREW_TICKET
from mellanrum.exercise_kit.registry import registry
from mellanrum.insight.timing import fixed_offset
from mellanrum.programmes.models import Block, Gathering
from mellanrum.rooms.live.running import announce_crew, announce_revoked, announce_room, announce_table
from mellanrum.rooms.live.tickets import COOKIE_AGE
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.playable import check_playable

CODE_REST = timedelta(days=7)  # a closed room keeps its code this long before another room may get it
CREW_SECONDS = int(CREW_TICKET.total_seconds())
NEEDS: dict[str, Act] = {Ticket.Kind.CREW: "run", Ticket.Kind.HELPER: "help", Ticket.Kind.PROJECTOR: "help"}


def plan_of(gathering: Gathering) -> dict[str, Any]:
    """The run sheet as the room keeps it: what the planner changes later does not rewrite what happened."""
    blocks = [
        {
            "key": block.key,
            "title": block.title,
            "agenda": block.heading,
            "icon": block.icon,
            "minutes": block.minutes,
            "least": block.least,
            "most": block.most,
            "fixed": _fixed(gathering, block),
            "why": block.why,
            "tracks": block.tracks,
            "responsible": block.responsible,
            "say": block.say,
            "do": block.do,
            "material": block.material,
            "phones": block.phones,
            "exercise": _exercise(number, block.exercise, block.definition),
        }
        for number, block in enumerate(gathering.blocks.filter(part=Block.Part.MEETING), 1)
    ]
    return {
        "programme": gathering.programme.title,
        "title": gathering.title,
        "theme": gathering.theme,
        "language": gathering.programme.language,
        "starts_at": int(gathering.starts_at.timestamp() * 1000) if gathering.starts_at else None,
        "blocks": blocks,
        "changes": gathering.changes if gathering.shows_changes else "",
    }


def _fixed(gathering: Gathering, block: Block) -> int | None:
    """Minutes from the start to the block's fixed time, the next time the clock shows it; None without either."""
    if gathering.starts_at is None or block.fixed_at is None:
        return None
    return fixed_offset(localtime(gathering.starts_at), block.fixed_at)


def _exercise(number: int, slug: str, definition: dict[str, Any]) -> dict[str, Any] | None:
    return {"id": f"{slug}-{number}", "slug": slug, "definition": definition} if slug else None


def open_room(gathering: Gathering, *, opens_at: datetime | None = None) -> Room:
    """Open the gathering's room, or give the one that is open already. Its code and key are new. Raises NotPlayable."""
    with transaction.atomic():
        room = gathering.rooms.filter(kind=Room.Kind.MEETING, closed_at=None).first()
        if room:
            return room
        room = make_room(gathering, plan_of(gathering), kind=Room.Kind.MEETING, code=_free_code(), opens_at=opens_at)
    announce_room(room)
    return room


def make_room(gathering: Gathering, plan: dict[str, Any], *, kind: str, code: str, opens_at: datetime | None = None) -> Room:
    """A new room with that plan, which nobody has heard of yet. Raises NotPlayable."""
    check_playable(read_plan(plan), registry())
    key = secrets.token_urlsafe(16)
    return Room.objects.create(
        id=random_id(),
        gathering=gathering,
        kind=kind,
        code=code,
        key=key,
        key_hash=token_hash(key),
        language=gathering.programme.language,
        plan=plan,
        opens_at=opens_at,
    )


def _free_code() -> str:
    """Eight random digits that no room has; a code that rests since long is taken from its closed room."""
    while True:
        code = f"{secrets.randbelow(10**8):08d}"
        Room.objects.filter(code=code, closed_at__lt=now() - CODE_REST).update(code=None)
        if not Room.objects.filter(code=code).exists():
            return code


def mint_ticket(
    room: Room, kind: str, *, user: User | None = None, is_paired: bool = False, is_signed_in: Callable[[], bool] = lambda: True
) -> str:
    """A new ticket for this room; the token is returned once and only its hash is kept. Raises PermissionDenied and Room.DoesNotExist.

    Role and session are asked for in the same transaction: whoever takes them away does it before, and then there is no ticket,
    or after, and then finds this one to take back.
    """
    token = random_token()
    with transaction.atomic():
        # A rehearsal may have ended while its page was drawn.
        there = Room.objects.select_for_update().select_related("gathering__programme").get(pk=room.pk)
        if user is not None and not (is_signed_in() and may(user, NEEDS[kind], there.gathering.programme)):
            raise PermissionDenied
        Ticket.objects.create(
            hash=token_hash(token),
            room=there,
            kind=kind,
            user=user,
            expires_at=now_ms() // 1000 + CREW_SECONDS,
            is_paired=is_paired,
        )
    if user is not None and kind == Ticket.Kind.CREW:
        announce_crew(room, user)
    return token


def mint_table(room: Room, table: int, people: int) -> str:
    """A new ticket for the phone of that table, which so many people share. It is nobody's of the crew: it stays when they leave."""
    token = random_token()
    expires_at = now_ms() // 1000 + COOKIE_AGE
    Ticket.objects.create(hash=token_hash(token), room=room, kind=Ticket.Kind.TABLE, expires_at=expires_at, stands_for=people, table=table)
    announce_table(room, table)
    return token


def revoke_tickets(user: User, *, programme_id: int | None = None) -> None:
    """Take back a person's tickets, and their streams end within a second: all in one programme, where their role ended or changed;
    or, when they signed out, those in browsers they sat at. A screen they paired shows on: the hall looks at it, and who leads may
    close their computer.
    """
    which = {"is_paired": False} if programme_id is None else {"room__gathering__programme_id": programme_id}
    tickets = Ticket.objects.filter(user=user, **which)
    with transaction.atomic():  # so that none is handed out between reading and deleting
        hashes = set(tickets.values_list("hash", flat=True))
        tickets.delete()
    announce_revoked(hashes)
