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


def test_an_answer_after_the_reveal_waits_and_every_face_says_so() -> None:
    shown = [*people(5), PhaseChanged(10, "result", 10)]
    state = folded(*shown, PhaseChanged(11, "answer", 11), answer(12, "p9", LAST))
    assert "har redan visats" in drawn("participant", state, "answer")
    assert "har redan visats" not in drawn("participant", folded(*people(5)), "answer")
    again = folded(*shown, PhaseChanged(11, "answer", 11), answer(12, "p9", LAST), PhaseChanged(13, "result", 13))
    for face in ("participant", "crew"):
        assert "En till har svarat" in drawn(face, again, "result")
        assert "En till har svarat" not in drawn(face, folded(*shown), "result")
    (passage,) = EXERCISE.harvest(DEFINITION, again, "skeleton-3")
    assert isinstance(passage.blocks[-1], Text)
    assert "En till har svarat" in passage.blocks[-1].text


def test_people_may_send_the_choices_and_nothing_else() -> None:
    """The keys of `CHOICES` and the `Literal` in `contributions.py` are the same."""
    assert EXERCISE.schema(DEFINITION, "answer")["properties"]["choice"]["enum"] == sorted(CHOICES)


def test_the_documentation_gets_the_answers_once_they_are_shown() -> None:
    assert EXERCISE.harvest(DEFINITION, folded(*people(5)), "skeleton-3") == ()
    (passage,) = EXERCISE.harvest(DEFINITION, folded(*people(5), PhaseChanged(9, "result", 9)), "skeleton-3")
    assert isinstance(passage.blocks[0], Figure)
    assert passage.blocks[0].table.rows[0] == (str(CHOICES[FIRST]), "5")
    (passage,) = EXERCISE.harvest(DEFINITION, folded(*people(2), PhaseChanged(9, "closed", 9)), "skeleton-3")
    assert isinstance(passage.blocks[0], Text)


def drawn(face: str, state: Ballots, phase: str) -> str:
    view = (crew if face == "crew" else room)(DEFINITION, state, phase)
    context = {"view": view, "exercise": "skeleton-3", "cell": "exercise-skeleton-3", "own": None, "plain": False, "room": "r"}
    return get_template(f"{EXERCISE.folder}/{face}.html").render(context)


@pytest.mark.parametrize("face", ["participant", "projector", "crew", "paper", "entry"])
@pytest.mark.parametrize("phase", ["answer", "result", "closed"])
def test_every_face_can_be_drawn_and_asks_the_question(face: str, phase: str) -> None:
    html = drawn(face, folded(*people(6)), phase)
    assert "Provar vi?" in html
    assert "{{" not in html
