"""The closing reflection: what is written is one's own until it is shared, and what is shared stands in its circle."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged
from mellanrum.exercise_kit.document import Quote
from mellanrum.exercise_kit.examples import definition_from
from mellanrum.exercises.round.audiences import crew, own, phone, projector
from mellanrum.exercises.round.circles import circles_of
from mellanrum.exercises.round.contributions import KINDS
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.exercise import EXERCISE
from mellanrum.exercises.round.state import EMPTY, State

CIRCLES = Definition(version=2, question="Vad tar du med dig?", tables=3, preset="circles", writes=True, live=True)
LATER = msgspec.structs.replace(CIRCLES, live=False)


def share(seq: int, author: str, circle: int | str, text: str) -> Envelope:
    return Envelope(
        seq, f"gift-{seq}", author, "participant", "share", msgspec.convert({"circle": str(circle), "text": text}, KINDS["share"])
    )


def folded(definition: Definition, *events: Event) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def seen(definition: Definition, state: State, phase: str) -> dict[str, tuple[str, ...]]:
    return {one.name: one.lines for one in phone(definition, state, phase).shared if one.lines}


def test_a_line_stands_in_its_circle_and_the_last_one_counts() -> None:
    state = folded(CIRCLES, share(1, "a", 1, "Mod"), share(2, "a", 4, "Tid"), share(3, "a", 1, " Lugn "), share(4, "b", 4, "Grus"))
    assert seen(CIRCLES, state, "round") == {"Jag själv": ("Lugn",), "Systemet": seen(CIRCLES, state, "round")["Systemet"]}
    assert sorted(seen(CIRCLES, state, "round")["Systemet"]) == ["Grus", "Tid"]
    assert own(CIRCLES, state, "a").lines == (("1", "Lugn"), ("4", "Tid"))
    assert own(CIRCLES, state, "nobody").lines == ()


def test_an_empty_line_takes_it_back() -> None:
    assert folded(CIRCLES, share(1, "a", 1, "Mod"), share(2, "a", 1, "  ")) == EMPTY


def test_lines_that_wait_are_for_crew_alone_until_the_round_is_done() -> None:
    state = folded(LATER, share(1, "a", 2, "Hemligt"))
    for view in (phone(LATER, state, "round"), projector(LATER, state, "round"), phone(LATER, state, CLOSED)):
        assert b"Hemligt" not in msgspec.json.encode(view)
    assert [(one.circle, one.text) for one in crew(LATER, state, "round").lines] == [("Min roll", "Hemligt")]
    assert seen(LATER, state, "done") == {"Min roll": ("Hemligt",)}


def test_the_wall_goes_from_the_outermost_circle_in_and_says_what_it_has_no_room_for() -> None:
    state = folded(CIRCLES, *(share(seq, f"p{seq}", 1, f"Rad {seq}") for seq in range(1, 10)))
    shown = projector(CIRCLES, state, "round").shared
    assert [one.name for one in shown] == ["Systemet", "Min organisation", "Min roll", "Jag själv"]
    assert (len(shown[-1].lines), shown[-1].more) == (6, 3)


def test_the_documentation_has_a_passage_for_each_circle_with_something_in_it() -> None:
    state = folded(CIRCLES, PhaseChanged(1, "round", 1), share(2, "a", 3, "Vi provar"), share(3, "b", 1, "Mod"))
    passages = EXERCISE.harvest(CIRCLES, state, "round-6")
    assert [(one.key, one.heading, one.blocks) for one in passages[1:]] == [
        ("round-6/circle-1", "Jag själv", (Quote("Mod"),)),
        ("round-6/circle-3", "Min organisation", (Quote("Vi provar"),)),
    ]


def test_what_was_prepared_before_circles_could_be_written_in_goes_on_as_it_was() -> None:
    old = definition_from(EXERCISE, {"version": 1, "question": "Vad tar du med dig?", "per": "none", "preset": "circles", "words": True})
    assert (old.version, old.writes, old.seconds) == (2, False, 0)
    assert circles_of(old) == 0
    assert EXERCISE.check(old, "share", share(1, "a", 1, "Mod").data) == "circle"


@pytest.mark.parametrize(
    "data",
    [
        {"circle": "0", "text": "x"},
        {"circle": "7", "text": "x"},
        {"circle": "1", "text": "x" * 301},
        {"circle": 1, "text": "x"},
        {"text": "x"},
    ],
)
def test_what_is_no_line_is_refused(data: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(data, KINDS["share"])


def test_a_circle_that_is_not_there_is_refused() -> None:
    three = msgspec.structs.replace(CIRCLES, prompts=("Jag", "Vi", "Alla"))
    assert [EXERCISE.check(three, "share", share(1, "a", circle, "x").data) for circle in (3, 4)] == [None, "circle"]
