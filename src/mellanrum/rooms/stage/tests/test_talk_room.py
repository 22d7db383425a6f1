"""Talks and rounds in a room: the steps a definition walks, who may give what, and phones that rest."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercises.round.contributions import KINDS
from mellanrum.exercises.slide.views import ProjectorView
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.live.cells import cell_names
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.stage_room import envelope_of
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.audiences import crew
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.gate import Accepted, Item, Refused, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act

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


def test_a_part_of_perspectives_rests_with_the_room_and_gets_its_minute() -> None:
    acts = [act("go", 1, to="block-2", at=START), act("next", 2, at=START + MINUTE), act("pause", 3, on=True, at=START + 2 * MINUTE)]
    fold = room(*acts)
    assert part_of(fold) == (None, 4 * MINUTE)
    fold.apply(act("extend", 4, minutes=1, at=START + 3 * MINUTE))
    assert part_of(fold) == (None, 5 * MINUTE)
    fold.apply(act("pause", 5, on=False, at=START + 9 * MINUTE))
    assert part_of(fold) == (START + 14 * MINUTE, None)
    fold.apply(act("undo", 6, seq=4, at=START + 10 * MINUTE))
    assert part_of(fold) == (START + 13 * MINUTE, None)
    fold.apply(act("next", 7, at=START + 11 * MINUTE))
    assert part_of(fold) == (START + 16 * MINUTE, None)


def part_of(fold: RoomFold) -> tuple[int | None, int | None]:
    seen = fold.snapshot.view("slide-2", "projector")
    assert isinstance(seen, ProjectorView)
    assert seen.time
    return seen.time.ends_at, seen.time.left_ms


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


def test_a_row_of_a_newer_release_is_left_in_the_ledger_and_out_of_the_fold() -> None:
    """As after going back to an older release: what it cannot read does not count, and everything else does."""
    begun = room(act("go", 1, to="block-4"))
    rows = [(2, 1, '{"text": "Mod"}'), (3, 99, '{"text": "Tid", "weight": 3}'), (4, 1, '{"text": "Tillit"}')]
    for seq, version, data in rows:
        row = Row(
            "r", seq, f"word-{seq}", "round-4", "word", version, f"p{seq}", "participant", "phone", data, START, late=False, digest=b""
        )
        begun.apply(envelope_of(begun, row))
    assert begun.v == 4
    assert sorted(one.text for one in begun.snapshot.exercises["round-4"].state.words.values()) == ["Mod", "Tillit"]
