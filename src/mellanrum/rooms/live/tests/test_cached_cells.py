"""Whatever happened, and whoever looked meanwhile: what is told now is what a room folded from its ledger this moment would tell, and
the tag of an answer names nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import msgspec
import pytest

from mellanrum.rooms.lasting.acts import closing, moving, opening, reopening, rows_of
from mellanrum.rooms.lasting.tests.plans import HOUR, OPENED, UNTIL
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.live.stage_room import StageRoom
from mellanrum.rooms.live.state import tag_of
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.tests.test_stage_room import publish, room_with, row_of
from mellanrum.rooms.live.tickets import Holder
from mellanrum.rooms.plan import Block as PlanBlock
from mellanrum.rooms.plan import Lasting, Plan, PlannedExercise
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.tests.factory import MINUTE, START, TYPES, act, give, room_course

KEYS = tuple(StreamKey(audience, language, "json") for audience in ("phone", "projector", "crew", "table:1") for language in ("sv", "en"))
STEPS = ("block-1", "block-2:tap", "block-2:result", "block-3:tap", "lobby")
TOLD_APART = "personal"  # a signal to ask for one's own part again, not something to read

LOOKER = Holder(hash="0" * 64, room_id="r", kind="crew", name="crew:1", language="sv", expires_at=0)

Deed = Callable[["Played"], None]


class Played:
    """A room to which things happen, as its engine would tell it of them."""

    def __init__(self, course: Course, seed: int, *, is_rehearsal: bool = False) -> None:
        self.course, self.chance = course, Random(seed)
        self.room, _ears = room_with(course=course)
        self.room.room.is_rehearsal = is_rehearsal
        self.rows: list[Row] = []

    def fold(self, *rows: Row) -> None:
        placed = [msgspec.structs.replace(row, seq=len(self.rows) + number) for number, row in enumerate(rows, 1)]
        self.rows += placed
        self.room.fold_rows(placed)

    @property
    def at(self) -> int:
        return START + len(self.rows) * MINUTE + self.room.room.ahead_ms

    def fresh(self) -> StageRoom:
        """The same room, read by a process that has just started."""
        room, _ears = room_with(course=self.course)
        live, was = room.room, self.room.room
        live.is_rehearsal, live.is_walking, live.ahead_ms = was.is_rehearsal, was.is_walking, was.ahead_ms
        live.people, live.tables = was.people, was.tables
        room.fold_rows(self.rows)
        return room


def does(kind: str, **data: Any) -> Deed:
    return lambda played: played.fold(row_of(act(kind, len(played.rows) + 1, at=played.at, **data)))


def goes(played: Played) -> None:
    does("go", to=played.chance.choice(STEPS))(played)


def gives(played: Played) -> None:
    seq, exercise = len(played.rows) + 1, played.chance.choice(tuple(played.course.exercises))
    played.fold(row_of(give(seq, author=played.chance.choice("abc"), word=f"ord {seq}", exercise=exercise)))


def hides(played: Played) -> None:
    given = [row.id for row in played.rows if row.kind == "tap"]
    does("hide", id=played.chance.choice(given or ["nothing"]), reason="off-topic")(played)


def undoes(played: Played) -> None:
    does("undo", seq=played.chance.randint(1, len(played.rows) + 1))(played)


def comes(played: Played) -> None:
    played.room.joined(played.chance.choice(("", "Fabelå kommun")))


def gets_a_table(played: Played) -> None:
    played.room.table_got_a_phone(played.chance.randint(1, 3))


def moves_ahead(played: Played) -> None:
    played.room.room.ahead_ms += 5 * MINUTE
    played.room.rehearsal_changed()


def walks(played: Played) -> None:
    played.room.room.is_walking = not played.room.room.is_walking
    played.room.rehearsal_changed()


def tells(played: Played) -> None:
    publish(played.room)


def listens(played: Played) -> None:
    key = played.chance.choice(KEYS)
    played.chance.choice((played.room.attach, played.room.detach))(key)


def days(given: Callable[[Played], tuple[Any, ...]]) -> Deed:
    return lambda played: played.fold(*rows_of("r", given(played), at=OPENED + len(played.rows) * MINUTE, author="crew:1"))


MEETING: tuple[Deed, ...] = (
    *(goes, gives, gives, hides, undoes, comes, gets_a_table, tells, listens),
    *(does("freeze"), does("freeze", on=False), does("message", text="Paus"), does("message", text="")),
    *(does("show", what="code"), does("show", what=""), does("close"), does("open"), does("pause"), does("pause", on=False)),
)
REHEARSAL = (*MEETING, moves_ahead, walks)
LASTING: tuple[Deed, ...] = (
    *(gives, gives, hides, undoes, comes, tells, listens),
    days(lambda played: moving(UNTIL + played.chance.randint(1, 9) * HOUR)),
    days(lambda _played: closing()),
    days(lambda played: reopening(played.course, UNTIL + HOUR)),
)


def days_course() -> Course:
    planned = PlannedExercise("taps-2", "taps", {"version": 1})
    return course_of(Plan(blocks=(PlanBlock("block-2", "Knacka", exercise=planned),), lasting=Lasting("after", "Elin")), TYPES)


def looks(played: Played) -> Iterator[tuple[StreamKey, dict[str, bytes], dict[str, bytes]]]:
    fresh = played.fresh()
    for key in KEYS:
        yield key, read(played.room, key), read(fresh, key)


def read(room: StageRoom, key: StreamKey) -> dict[str, bytes]:
    return {name: told for name, told in room.values(key).items() if name != TOLD_APART}


@pytest.mark.parametrize("kind", ["meeting", "rehearsal", "lasting"])
@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_never_older_than_the_ledger(kind: str, seed: int) -> None:
    deeds = {"meeting": MEETING, "rehearsal": REHEARSAL, "lasting": LASTING}[kind]
    played = Played(days_course() if kind == "lasting" else room_course(), seed, is_rehearsal=kind == "rehearsal")
    if kind == "lasting":
        played.fold(*rows_of("r", opening(played.course, UNTIL), at=OPENED, author="crew:1"))
    tagged: dict[bytes, dict[str, bytes]] = {}
    for _turn in range(60):
        done = played.chance.choice(deeds)
        done(played)
        for key, told, fresh in looks(played):
            assert told == fresh, (key, done)
            assert tagged.setdefault(tag_of(played.room, LOOKER, key, False, b""), told) == told, (key, done)


def test_something_kept_would_be_seen() -> None:
    """The control: a room that is not told of a change tells what it told before."""
    played = Played(room_course(), 1, is_rehearsal=True)
    tells(played)
    list(looks(played))
    tells(played)
    list(looks(played))
    played.room.room.ahead_ms += 5 * MINUTE
    assert any(told != fresh for _key, told, fresh in looks(played))
