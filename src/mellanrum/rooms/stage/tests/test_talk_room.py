"""Talks and rounds in a room: the steps a definition walks, who may give what, and phones that rest."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercises.round.contributions import KINDS
from mellanrum.rooms.live.cells import cell_names
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.audiences import crew
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.gate import Accepted, Item, Refused, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import START, act

ID = "id-of-the-test-0123456789"


def block(number: int, slug: str, *, phones: bool = True, **definition: Any) -> dict[str, Any]:
    exercise = {"id": f"{slug}-{number}", "slug": slug, "definition": {"version": 1, **definition}}
    return {"key": f"block-{number}", "title": f"Block {number}", "minutes": 9, "phones": phones, "exercise": exercise}


COURSE = course_of(
    read_plan(
        {
            "blocks": [
                block(1, "slide", title="Gnisslet"),
                block(2, "slide", title="Röster", preset="perspectives"),
                block(3, "slide", title="Kaffe", preset="break", phones=False),
                block(4, "round", question="Och nu?", words=True),
            ]
        }
    )
)


def room(*rows: Envelope, course: Course = COURSE) -> RoomFold:
    fold = RoomFold(course)
    fold.apply_all(rows)
    return fold


def asked(fold: RoomFold, exercise: str, kind: str, role: str, **data: Any) -> Accepted | Refused:
    return decide(fold.snapshot, Item(ID, exercise, kind, msgspec.Raw(msgspec.json.encode(data))), role, START)


def live(fold: RoomFold) -> LiveRoom:
    return LiveRoom("r", "sv", "12345678", "key", "hall.example", QrPath("", 1), None, fold.snapshot, "epoch")


def test_only_the_phases_of_the_definition_are_steps() -> None:
    assert [step.key for step in COURSE.steps][1:] == [
        "block-1:talk",
        *(f"block-2:{part}" for part in ("first", "second", "reply", "questions")),
        "block-3:break",
        "block-4:round",
        "block-4:done",
    ]


def test_next_goes_through_the_parts_and_the_cockpit_shows_them() -> None:
    fold = room(act("go", 1, to="block-2"), act("next", 2))
    seen = crew(COURSE, fold.stage, code="1234 5678")
    assert seen.step == "block-2:second"
    assert [title for _step, title in seen.phases] == ["Första rösten", "Andra rösten", "Svar", "Frågor"]
    assert seen.next
    assert (seen.next.step, seen.next.title) == ("block-2:reply", "Svar")


@pytest.mark.parametrize(
    ("kind", "role", "is_taken"),
    [
        ("heard", "crew", True),
        ("heard", "helper", True),
        ("heard", "participant", False),
        ("word", "participant", True),
        ("word", "crew", False),
    ],
)
def test_crew_marks_who_was_heard_and_participants_give_words(kind: str, role: str, is_taken: bool) -> None:
    fold = room(act("go", 1, to="block-4"))
    data = {"who": "4"} if kind == "heard" else {"text": "Mod"}
    assert isinstance(asked(fold, "round-4", kind, role, **data), Accepted) is is_taken


def test_a_hidden_word_leaves_the_room_and_undo_brings_it_back() -> None:
    word = Envelope(2, "word-of-the-test", "a", "participant", "word", KINDS["word"]("Grus"), exercise="round-4")
    hidden = room(act("go", 1, to="block-4"), word, act("hide", 3, id=word.id))
    assert not hidden.snapshot.exercises["round-4"].state.words
    hidden.apply(act("undo", 4))
    assert [one.text for one in hidden.snapshot.exercises["round-4"].state.words.values()] == ["Grus"]


def test_phones_that_are_put_away_show_nothing_of_the_exercise() -> None:
    away, there = (live(room(act("go", 1, to=step))) for step in ("block-3", "block-4"))
    assert cell_names(away, "phone") == ("stage", "people", "personal")
    assert "exercise-slide-3" in cell_names(away, "projector")
    assert "exercise-round-4" in cell_names(there, "phone")
