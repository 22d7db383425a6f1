"""An open question in a room: what the crew did in it is undone like every other act, and what waits is in no snapshot of the room's."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercises.question.contributions import KINDS
from mellanrum.exercises.question.crew_view import crew as crew_view
from mellanrum.exercises.question.views import CrewView
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.audiences import crew
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.gate import Accepted, Item, Refused, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import START, act

NAME, ID = "question-1", "id-of-the-test-0123456789"
DEFINITION = {"version": 1, "question": "Vad skaver?", "moderated": True, "votes": True}
EXERCISE = {"id": NAME, "slug": "question", "definition": DEFINITION}
PLAN = {"blocks": [{"key": "block-1", "title": "Skaver", "minutes": 9, "exercise": EXERCISE}]}


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    role = "crew" if author.startswith("crew") else "participant"
    return Envelope(seq, f"gift-{seq}", author, role, kind, msgspec.convert(data, KINDS[kind]), exercise=NAME)


BEGUN = (
    act("next", 1),
    act("next", 2),
    give(3, "a", "text", slot="1", text="Vi möts för sent"),
    give(4, "b", "text", slot="1", text="Mer tid"),
    give(5, "crew:1", "approve", id="gift-3"),
    give(6, "crew:1", "theme", name="Tid"),
    give(7, "crew:1", "sort", ref="3", theme="6"),
)


def room(*rows: Envelope) -> RoomFold:
    fold = RoomFold(course_of(read_plan(PLAN)))
    fold.apply_all((*BEGUN, *rows))
    return fold


def seen(fold: RoomFold) -> CrewView:
    one = fold.snapshot.exercises[NAME]
    return crew_view(one.definition, one.state, one.phase)


def test_undo_takes_back_what_the_crew_did_last_in_the_exercise_one_by_one() -> None:
    assert [len(theme.texts) for theme in seen(room()).themes] == [1]
    assert [len(theme.texts) for theme in seen(room(act("undo", 8))).themes] == [0]
    assert seen(room(act("undo", 8), act("undo", 9))).themes == ()
    back = seen(room(act("undo", 8), act("undo", 9), act("undo", 10)))
    assert (back.given, back.waits) == (0, 2)
    assert room(*(act("undo", seq) for seq in range(8, 12))).snapshot.stage.step != room().snapshot.stage.step


def test_one_act_in_the_middle_is_undone_and_hiding_and_showing_again_leaves_it_undone() -> None:
    undone = act("undo", 8, seq=6)
    assert seen(room(undone)).themes == ()
    assert seen(room(undone)).given == 1
    hidden = room(undone, act("hide", 9, id="gift-3", reason="Kränker"))
    assert (seen(hidden).given, seen(hidden).themes) == (0, ())
    assert seen(room(undone, act("hide", 9, id="gift-3", reason="Kränker"), act("undo", 10))).given == 1


def test_what_was_done_stands_in_the_list_in_words_and_what_people_gave_does_not() -> None:
    acts = crew(room().snapshot.course, room().snapshot.stage, code="").acts
    assert [done.label for done in acts[-3:]] == ["Släppte fram en text", "Skapade ett tema", "Flyttade en text mellan teman"]
    assert {done.seq for done in acts} == {1, 2, 5, 6, 7}


def test_a_room_folded_again_from_its_ledger_is_the_same() -> None:
    rows = act("undo", 8), give(9, "crew:2", "theme", name="Mod"), act("undo", 10, seq=6), act("hide", 11, id="gift-4", reason="")
    once, again = room(*rows), room()
    for row in rows:
        again.apply(row)
    assert seen(once) == seen(again)
    assert once.snapshot.stage == again.snapshot.stage


@pytest.mark.parametrize(
    ("kind", "data", "role", "reason"),
    [
        ("text", {"slot": "1", "text": "x" * 50_000}, "participant", "too_large"),
        ("text", {"slot": "4", "text": "x"}, "participant", "invalid"),
        ("approve", {"id": "gift-4"}, "participant", "no_right"),
        ("theme", {"name": "Tid"}, "participant", "no_right"),
        ("vote", {"ref": "3", "on": "yes"}, "participant", "wrong_phase"),
        ("turn", {"ref": "3", "to": "now"}, "crew", "no_right"),
    ],
)
def test_the_gate_refuses_what_is_not_for_this_person_or_this_step(kind: str, data: dict[str, str], role: str, reason: str) -> None:
    item = Item(ID, NAME, kind, msgspec.Raw(msgspec.json.encode(data)))
    found = decide(room().snapshot, item, role, START)
    assert isinstance(found, Refused)
    assert (found.reason, bool(str(found.detail)) or reason in {"no_right", "too_large"}) == (reason, True)


def test_votes_are_taken_when_people_read_each_others() -> None:
    item = Item(ID, NAME, "vote", msgspec.Raw(b'{"ref":"3","on":"yes"}'))
    assert isinstance(decide(room(act("next", 8)).snapshot, item, "participant", START), Accepted)
