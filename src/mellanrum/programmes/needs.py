"""What on the start page waits for somebody who leads: pure decisions on what has been read."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Literal, Protocol

import msgspec

from mellanrum.programmes.models import Gathering
from mellanrum.programmes.queries import ProgrammeRow

Kind = Literal["open-room", "documentation", "time", "responsible"]
LEADS = frozenset({"owner", "facilitator"})
LONGEST_MEETING = timedelta(hours=12)  # a room that has been open longer has been forgotten
FRESH = timedelta(days=14)  # so long is a documentation news
SOON = timedelta(days=30)
MOST = 6
ORDER: tuple[Kind, ...] = ("open-room", "documentation", "time", "responsible")


class Standing(Protocol):
    """A gathering's room, as `rooms` tells of it."""

    id: str
    created_at: datetime
    closed_at: datetime | None


class Need(msgspec.Struct, frozen=True):
    """`count` is how many blocks lack somebody; `at` is since when a room is open, or when it closed."""

    kind: Kind
    gathering: Gathering
    room: str = ""
    at: datetime | None = None
    count: int = 0


def needs_of(
    rows: Sequence[ProgrammeRow],
    rooms: Mapping[int, Standing],
    nobody: Mapping[int, int],
    *,
    moment: datetime,
    read: Collection[int] = (),
) -> tuple[Need, ...]:
    """The most urgent first. `rooms` is the newest room by gathering, `nobody` how many blocks there have no one responsible.

    `read` are the gatherings whose documentation has been published or settled: it does not wait for anybody.
    """
    led = (gathering for row in rows if row.role in LEADS for gathering in row.gatherings)
    found = (_need(gathering, rooms.get(gathering.pk), nobody.get(gathering.pk, 0), moment) for gathering in led)
    waiting = (need for need in found if need and not (need.kind == "documentation" and need.gathering.pk in read))
    return tuple(sorted(waiting, key=lambda need: ORDER.index(need.kind))[:MOST])


def _need(gathering: Gathering, room: Standing | None, nobody: int, moment: datetime) -> Need | None:
    """The one thing that is next for this gathering."""
    if room is not None:
        return _of_room(gathering, room, moment)
    if gathering.starts_at is None:
        return Need("time", gathering)
    if nobody and moment < gathering.starts_at < moment + SOON:
        return Need("responsible", gathering, count=nobody)
    return None


def _of_room(gathering: Gathering, room: Standing, moment: datetime) -> Need | None:
    if room.closed_at is None:
        is_forgotten = moment - max(room.created_at, gathering.starts_at or room.created_at) > LONGEST_MEETING
        return Need("open-room", gathering, room.id, room.created_at) if is_forgotten else None
    return Need("documentation", gathering, room.id, room.closed_at) if moment - room.closed_at < FRESH else None
