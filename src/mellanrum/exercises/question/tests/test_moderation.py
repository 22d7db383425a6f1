"""What waits for the crew is in no byte that the room is sent, whatever else happens."""

from __future__ import annotations

import pytest

from mellanrum.exercise_kit.contract import CLOSED, Event
from mellanrum.exercises.question.audiences import own
from mellanrum.exercises.question.crew_view import crew as crew_view
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.exercise import EXERCISE
from mellanrum.exercises.question.tests.cast import AUDIENCES, BEFORE, WALL, crew, folded, phase, seen, text

SECRET = "Ordföranden sover på mötena"
QA_BEFORE = Definition(version=1, question="Vad vill du fråga?", preset="qa", moderated=True)
WALKS = [(BEFORE, ("think", "write", "look", "themes", CLOSED)), (QA_BEFORE, ("ask", "answers", CLOSED))]


def leaks(definition: Definition, *events: Event, keys: tuple[str, ...]) -> list[tuple[str, str]]:
    """The phases and audiences in which the secret is sent."""
    found: list[tuple[str, str]] = []
    for key in keys:
        state = folded(*events, phase(90, key), definition=definition)
        found += [(key, audience) for audience in AUDIENCES if "sover" in seen(definition, state, audience, key)]
        found += [(key, "harvest") for one in EXERCISE.harvest(definition, state, "question-1") if "sover" in repr(one)]
    return found


def test_without_moderation_it_is_there_to_be_found() -> None:
    assert ("write", "projector") in leaks(WALL, phase(1, "write"), text(2, "a", SECRET), keys=("write",))
    assert ("look", "phone") in leaks(WALL, phase(1, "write"), text(2, "a", SECRET), keys=("look",))
    assert ("look", "harvest") in leaks(WALL, phase(1, "write"), text(2, "a", SECRET), keys=("look",))


@pytest.mark.parametrize(("definition", "keys"), WALKS, ids=["wall", "qa"])
def test_what_waits_reaches_nobody_but_the_crew(definition: Definition, keys: tuple[str, ...]) -> None:
    events = phase(1, "write"), text(2, "a", SECRET), text(3, "b", "Något annat")
    assert leaks(definition, *events, keys=keys) == []
    acts = (
        crew(4, "approve", id="gift-3"),
        crew(5, "turn", ref="2", to="now"),
        crew(6, "theme", name="Tid"),
        crew(7, "sort", ref="2", theme="6"),
    )
    assert leaks(definition, *events, *acts, keys=keys) == []
    assert leaks(definition, *events, crew(4, "approve", id="gift-2"), keys=keys)


def test_changed_words_wait_anew_and_the_same_words_do_not() -> None:
    first = phase(1, "write"), text(2, "a", "Vi möts för sent"), crew(3, "approve", id="gift-2")
    assert leaks(BEFORE, *first, text(4, "a", SECRET), keys=("write", "look")) == []
    again = folded(*first, text(4, "a", " Vi möts  för sent"), definition=BEFORE)
    assert "för sent" in seen(BEFORE, again, "projector", "write")


def test_a_press_on_older_words_lets_no_newer_ones_through() -> None:
    late = phase(1, "write"), text(2, "a", "Vi möts för sent"), text(3, "a", SECRET), crew(4, "approve", id="gift-2")
    assert leaks(BEFORE, *late, keys=("write", "look")) == []


def test_the_crew_reads_what_waits_and_the_writer_knows_that_it_does() -> None:
    state = folded(phase(1, "write"), text(2, "a", SECRET), text(3, "b", "Annat"), crew(4, "approve", id="gift-3"), definition=BEFORE)
    view = crew_view(BEFORE, state, "write")
    assert ([said.text for said in view.waiting], view.waits, view.given) == ([SECRET], 1, 1)
    assert own(BEFORE, state, "a").waiting == (SECRET,)
    assert own(BEFORE, state, "b").waiting == ()


def test_who_is_let_through_later_stands_later() -> None:
    state = folded(
        text(2, "a", "Först skriven"), text(3, "b", "Sist skriven"), crew(4, "approve", id="gift-3"), crew(5, "approve", id="gift-2"),
        definition=BEFORE,
    )  # fmt: skip
    assert seen(BEFORE, state, "phone", "look").index("Sist") < seen(BEFORE, state, "phone", "look").index("Först")
