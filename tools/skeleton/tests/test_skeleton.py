"""Skelettets namn: counted, protected, and kept for the documentation. The contract suite tries everything every type promises."""

from __future__ import annotations

from functools import reduce

import pytest
from django.template.loader import get_template

from mellanrum.exercise_kit.ballots import Ballots
from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercise_kit.document import Figure, Text
from mellanrum.exercises.skeleton.audiences import crew, own, room
from mellanrum.exercises.skeleton.contributions import Answer
from mellanrum.exercises.skeleton.definition import CHOICES, Definition
from mellanrum.exercises.skeleton.exercise import EXERCISE
from mellanrum.exercises.skeleton.views import OwnView

DEFINITION = Definition(version=1, question="Provar vi?")
FIRST, *_REST, LAST = CHOICES


def answer(seq: int, author: str, choice: str = FIRST) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", "answer", Answer(choice))  # type: ignore[arg-type]


def people(many: int) -> list[Event]:
    return [answer(seq, f"p{seq}") for seq in range(1, many + 1)]


def folded(*events: Event) -> Ballots:
    return reduce(lambda state, event: EXERCISE.fold(DEFINITION, state, event), events, Ballots())


def test_the_room_sees_the_answers_when_they_are_shown_and_not_before() -> None:
    state = folded(*people(5), answer(9, "p1", LAST))
    assert room(DEFINITION, state, "answer") == room(DEFINITION, folded(), "answer")
    result = room(DEFINITION, state, "result").result
    assert result
    assert [count.people for count in result.counts if count.people] == [4, 1]


def test_four_are_too_few() -> None:
    result = room(DEFINITION, folded(*people(4)), "result").result
    assert result
    assert (result.too_few, result.counts) == (True, ())


def test_crew_sees_how_many_and_i_see_mine() -> None:
    state = folded(*people(5))
    assert (crew(DEFINITION, state, "answer").answered, crew(DEFINITION, state, "answer").result) == (5, None)
    assert (own(DEFINITION, state, "p1"), own(DEFINITION, state, "stranger")) == (OwnView(FIRST), OwnView())


def test_the_documentation_gets_the_answers_once_they_are_shown() -> None:
    assert EXERCISE.harvest(DEFINITION, folded(*people(5)), "skeleton-3") == ()
    (passage,) = EXERCISE.harvest(DEFINITION, folded(*people(5), PhaseChanged(9, "result", 9)), "skeleton-3")
    assert isinstance(passage.blocks[0], Figure)
    assert passage.blocks[0].table.rows[0] == (str(CHOICES[FIRST]), "5")
    (passage,) = EXERCISE.harvest(DEFINITION, folded(*people(2), PhaseChanged(9, "closed", 9)), "skeleton-3")
    assert isinstance(passage.blocks[0], Text)


@pytest.mark.parametrize("face", ["participant", "projector", "crew", "paper", "entry"])
@pytest.mark.parametrize("phase", ["answer", "result", "closed"])
def test_every_face_can_be_drawn_and_asks_the_question(face: str, phase: str) -> None:
    state = folded(*people(6))
    view = (crew if face == "crew" else room)(DEFINITION, state, phase)
    context = {"view": view, "exercise": "skeleton-3", "cell": "exercise-skeleton-3", "own": None, "plain": False, "room": "r"}
    drawn = get_template(f"{EXERCISE.folder}/{face}.html").render(context)
    assert "Provar vi?" in drawn
    assert "{{" not in drawn
