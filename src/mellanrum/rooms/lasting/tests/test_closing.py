"""When it is over, by the clock, whether somebody has been there to write it down or not."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.examples import read_samples
from mellanrum.exercise_kit.registry import registry
from mellanrum.exercises.scale.contributions import Rate
from mellanrum.rooms.lasting import acts
from mellanrum.rooms.lasting.queries import told_of
from mellanrum.rooms.lasting.tests.plans import HOUR, OPENED, PERSON, UNTIL, Days, course
from mellanrum.rooms.stage import contributions
from mellanrum.rooms.stage.gate import GRACE_MS, Accepted, Item, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import act, room_course

SCALE = registry()["scale"]
TODAYS = [data for data in read_samples(SCALE).definitions.values() if data["version"] == SCALE.definition_version]
DEFINITION = next(data for data in TODAYS if data.get("parts"))
DECODED: Any = msgspec.convert(DEFINITION, SCALE.definition)
ITEM, SUBJECT = DECODED.instrument.items[0].id, DECODED.instrument.subjects[0].id


def days(results: str = "closing") -> Days:
    return Days(course("scale", DEFINITION, results))


def said(room: Days, at: int, kind: str = "rate") -> str:
    """`stored`, or why not."""
    told = SCALE.example(DECODED, kind)
    assert told
    data = told[1]
    item = Item("i" * 22, "scale-1", kind, msgspec.Raw(msgspec.json.encode(data)))
    decision = decide(room.fold.snapshot, item, PERSON, at)
    return ("late" if decision.late else "stored") if isinstance(decision, Accepted) else decision.reason


def rate(room: Days, author: str, value: int = 3) -> None:
    room.give(author, "rate", Rate(ITEM, SUBJECT, value))


def people_seen(room: Days) -> int | None:
    one = room.fold.snapshot.exercises["scale-1"]
    view: Any = SCALE.views["phone"](DECODED, one.state, "result")
    found = view.result
    return None if found is None or found.too_few else found.people


@pytest.mark.parametrize("kind", ["rate", "write"])
@pytest.mark.parametrize("is_written_down", [False, True])
def test_nothing_is_taken_after_the_grace(kind, is_written_down):
    room = days()
    assert said(room, UNTIL - 1, kind) == "stored"
    if is_written_down:
        room.do(acts.closing(), UNTIL)
    assert said(room, UNTIL + GRACE_MS, kind) == "stored"
    assert said(room, UNTIL + GRACE_MS + 1, kind) == "closed"


def test_a_later_end_counts_and_an_earlier_one_too():
    room = days()
    room.do(acts.moving(UNTIL + HOUR), OPENED)
    assert said(room, UNTIL + HOUR) == "stored"
    room.do(acts.moving(OPENED + HOUR), OPENED)
    assert said(room, UNTIL) == "closed"


def test_closed_it_opens_again_where_answers_are_taken():
    room = days()
    rate(room, "a")
    room.do(acts.closing(), UNTIL)
    assert told_of(room.fold.snapshot).closed_at is not None
    assert said(room, UNTIL + HOUR) == "closed"
    room.do(acts.reopening(room.fold.course, UNTIL + 9 * HOUR), UNTIL + 2 * HOUR)
    assert said(room, UNTIL + 3 * HOUR) == "stored"
    assert told_of(room.fold.snapshot).closed_at is None


def test_at_the_end_everybody_is_counted():
    room = days("closing")
    for number in range(9):
        rate(room, f"p{number}")
    assert people_seen(room) is None  # nobody sees a sum before
    room.do(acts.closing(), UNTIL)
    assert people_seen(room) == 9
    assert told_of(room.fold.snapshot).answered == 9


def test_seen_while_it_is_open_it_moves_in_steps_that_point_at_nobody():
    room, seen = days("after"), []
    for number in range(11):
        rate(room, f"p{number}")
        seen.append(people_seen(room))
    assert seen[:4] == [None] * 4
    moves = [now - (before or 0) for before, now in pairwise(seen) if now and now != before]
    assert moves
    assert min(moves) >= DECODED.minimum
    at_the_end = people_seen(room)
    room.do(acts.closing(), UNTIL)
    assert people_seen(room) == at_the_end  # one more or less at the end would point at somebody


def test_a_meeting_never_closes_by_itself():
    fold = RoomFold(room_course())
    fold.apply(act("go", 1, to="block-2"))
    item = Item("i" * 22, "stage", "until", msgspec.Raw(msgspec.json.encode(contributions.Until(at=1))))
    refused = decide(fold.snapshot, item, "crew", OPENED)
    assert not isinstance(refused, Accepted)
    assert refused.reason == "invalid"
    until = msgspec.structs.replace(act("pause", 2), kind="until", data=contributions.Until(at=1))
    fold.apply(until)  # nor when it stands in a ledger
    assert fold.stage.until is None
