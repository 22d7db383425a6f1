"""What is open for days, or was: for lists, for the crew's page and for the documentation."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import Block, read_plan
from mellanrum.rooms.stage.room_fold import RoomSnapshot


class LastingRow(msgspec.Struct, frozen=True):
    """One of a gathering's; `block` is the key of its block in the run sheet."""

    id: str
    block: str
    title: str
    closes_at: datetime | None
    is_closed: bool


class Told(msgspec.Struct, frozen=True):
    """From when to when it was open, and how many answered; `closed_at` is None while it is open."""

    opened_at: datetime | None
    closes_at: datetime | None
    closed_at: datetime | None
    answered: int


def lasting_rows(gathering: Gathering) -> tuple[LastingRow, ...]:
    """The open ones first, then the newest."""
    rooms = sorted(gathering.rooms.filter(kind=Room.Kind.LASTING).order_by("-created_at"), key=lambda room: room.closed_at is not None)
    return tuple(_row(room) for room in rooms)


def told_of(snapshot: RoomSnapshot) -> Told:
    stage, placed = snapshot.stage, snapshot.course.lasting
    began = stage.began.get(placed.block) if placed else None
    return Told(
        opened_at=_time(began),
        closes_at=_time(stage.until),
        closed_at=_time(stage.closed_at) if stage.is_closed else None,
        answered=len(authors(snapshot, placed.id)) if placed else 0,
    )


def authors(snapshot: RoomSnapshot, exercise: str) -> frozenset[str]:
    """Those who have given something there that they have not taken back; a sheet of paper is one, too."""
    rows = [row for row in snapshot.rows.values() if row.exercise == exercise]
    gone = {row.data.id for row in rows if isinstance(row.data, Withdraw)}
    given = (row for row in rows if not isinstance(row.data, Withdraw) and row.id not in gone and not row.late)
    return frozenset(row.author for row in given if not row.author.startswith("crew:"))


def heading_of(block: Block, title: str) -> str:
    """What people see it is called: never the team's own name of the block."""
    return block.agenda or title


def _row(room: Room) -> LastingRow:
    plan = read_plan(room.plan)
    block = plan.blocks[0]
    return LastingRow(room.pk, block.key, block.title, room.closes_at, room.closed_at is not None)


def _time(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, tz=UTC)
