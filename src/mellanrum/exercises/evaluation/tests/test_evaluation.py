"""An evaluation: sums of five, words in nobody's order, and a debrief that is the team's alone."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercise_kit.document import Figure, Quote, Text
from mellanrum.exercises.evaluation.audiences import crew, own, phone, projector, seen
from mellanrum.exercises.evaluation.contributions import KINDS
from mellanrum.exercises.evaluation.definition import Definition, Item, Question
from mellanrum.exercises.evaluation.exercise import EXERCISE
from mellanrum.exercises.evaluation.harvest import for_the_team
from mellanrum.exercises.evaluation.state import State, empty, fold

ASKED = (Question("keep", "Behålla?"), Question("change", "Ändra?"))
MEETING = Definition(version=1, title="Hur var träffen?", items=(Item("use", "Jag fick något med mig."),), questions=ASKED)
TEAM = Definition(version=1, anonymous=False, title="Fem frågor", preset="debrief", questions=ASKED)


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(data, KINDS[kind]))


def folded(definition: Definition, *events: Event) -> State:
    return reduce(lambda state, event: fold(definition, state, event), events, empty(definition))


def rated(people: int) -> list[Event]:
    return [give(seq, f"p{seq}", "rate", item="use", value=4) for seq in range(1, people + 1)]


SHOWN = PhaseChanged(90, "result", 90)


def test_a_sum_of_four_is_shown_to_nobody_and_one_of_five_is() -> None:
    few, enough = (folded(MEETING, *rated(people), SHOWN) for people in (4, 5))
    result = seen(MEETING, few, "result")
    assert result
    assert (result.rated[0].too_few, result.rated[0].counts, result.rated[0].mean) == (True, (), None)
    result = seen(MEETING, enough, "result")
    assert result
    assert (result.rated[0].counts, result.rated[0].mean) == ((0, 0, 0, 5, 0), 4.0)


def test_one_more_does_not_move_what_was_shown() -> None:
    result = seen(MEETING, folded(MEETING, *rated(5), SHOWN, give(91, "p9", "rate", item="use", value=1)), "result")
    assert result
    assert (result.rated[0].counts, result.rated[0].uncounted) == ((0, 0, 0, 5, 0), 1)


def test_nothing_is_seen_before_it_is_shown_or_when_it_was_closed_unseen() -> None:
    state = folded(MEETING, *rated(5), give(50, "a", "write", question="keep", text="Hemligt"))
    for phase in ("answer", CLOSED):
        for view in (phone(MEETING, state, phase), projector(MEETING, state, phase)):
            assert view.result is None
            assert b"Hemligt" not in msgspec.json.encode(view)
    assert [line.text for line in crew(MEETING, state, "answer").texts] == ["Hemligt"]


def test_words_are_ones_own_until_changed_or_taken_back() -> None:
    first, second = give(1, "a", "write", question="keep", text="Borden"), give(2, "a", "write", question="keep", text=" Rundan ")
    assert own(MEETING, folded(MEETING, first, second), "a").texts == (("keep", "Rundan"),)
    assert own(MEETING, folded(MEETING, first, second, Withdrawn(3, first)), "a").texts == (("keep", "Rundan"),)
    assert own(MEETING, folded(MEETING, first, Withdrawn(3, first)), "a").texts == ()
    assert own(MEETING, folded(MEETING, first, give(2, "a", "write", question="keep", text=" ")), "a").texts == ()


def test_the_documentation_has_sums_and_words_once_it_is_over() -> None:
    words = give(50, "a", "write", question="change", text="Mer tid")
    assert EXERCISE.harvest(MEETING, folded(MEETING, *rated(5), words), "evaluation-9") == ()
    ratings, change = EXERCISE.harvest(MEETING, folded(MEETING, *rated(5), words, SHOWN), "evaluation-9")
    assert [type(block) for block in ratings.blocks] == [Figure]
    assert (change.heading, change.blocks) == ("Ändra?", (Quote("Mer tid"),))
    few = EXERCISE.harvest(MEETING, folded(MEETING, *rated(4), SHOWN), "evaluation-9")
    assert [type(block) for block in few[0].blocks] == [Text]


def test_what_the_team_says_is_the_teams() -> None:
    said = give(1, "crew:1", "reflect", question="keep", text="Borden bar", role="host")
    state = folded(TEAM, PhaseChanged(0, "team", 0), said, PhaseChanged(2, CLOSED, 2))
    for phase in ("team", CLOSED):
        for view in (phone(TEAM, state, phase), projector(TEAM, state, phase)):
            assert b"Borden bar" not in msgspec.json.encode(view)
    assert [(line.role, line.text) for line in crew(TEAM, state, "team").texts] == [("Värd", "Borden bar")]
    assert EXERCISE.harvest(TEAM, state, "evaluation-9") == ()
    (passage,) = for_the_team(TEAM, state, "evaluation-9")
    assert passage.blocks == (Quote("Borden bar", "Värd"),)
    assert for_the_team(MEETING, folded(MEETING, *rated(5), SHOWN), "evaluation-9") == ()


@pytest.mark.parametrize(
    ("definition", "kind", "data", "wrong"),
    [
        (MEETING, "rate", {"item": "use", "value": 1}, None),
        (MEETING, "rate", {"item": "keep", "value": 1}, "item"),
        (MEETING, "write", {"question": "use", "text": "x"}, "question"),
        (MEETING, "reflect", {"question": "keep", "text": "x"}, "question"),
        (TEAM, "reflect", {"question": "keep", "text": "x"}, None),
        (TEAM, "write", {"question": "keep", "text": "x"}, "question"),
    ],
)
def test_a_definition_takes_what_it_asks_for(definition: Definition, kind: str, data: dict[str, Any], wrong: str | None) -> None:
    assert EXERCISE.check(definition, kind, msgspec.convert(data, KINDS[kind])) == wrong


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("rate", {"item": "use", "value": 0}),
        ("rate", {"item": "use", "value": 6}),
        ("rate", {"item": "use", "value": None}),
        ("rate", {"item": "use", "value": 3.5}),
        ("write", {"question": "keep", "text": "x" * 301}),
        ("write", {"question": "keep", "text": "x", "name": "Asta"}),
        ("reflect", {"question": "keep", "text": ""}),
        ("reflect", {"question": "keep", "text": "x", "role": "Asta"}),
    ],
)
def test_what_is_no_answer_is_refused(kind: str, data: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, KINDS[kind])


@pytest.mark.parametrize(
    "change",
    [{"anonymous": False}, {"preset": "debrief"}, {"questions": []}, {"questions": [{"id": "use", "text": "Två med samma?"}]}],
)
def test_a_definition_that_would_break_the_promise_is_refused(change: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({**msgspec.to_builtins(MEETING), **change}, Definition)
