"""The time of whoever speaks: it begins with the turn, rests with the clock, and nobody's is counted unless that was asked for."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest

from mellanrum.exercise_kit.contract import ClockChanged, Envelope, Event, PhaseChanged
from mellanrum.exercises.round.audiences import crew, phone, projector
from mellanrum.exercises.round.contributions import KINDS
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.exercise import EXERCISE
from mellanrum.exercises.round.speaking import Speaking
from mellanrum.exercises.round.state import EMPTY, State

MINUTE = Definition(version=2, question="Hur kom du hit?", per="person", seconds=60)


def give(at: int | None, kind: str, **data: Any) -> Envelope:
    return Envelope(1, "gift", "crew:1", "crew", kind, msgspec.convert(data, KINDS[kind]), at)


def folded(*events: Event, definition: Definition = MINUTE) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def test_the_time_begins_when_somebody_gets_the_word_and_again_with_the_next() -> None:
    assert folded(give(1000, "heard", who="Asta")).speaking == Speaking(1000, 61_000, 60_000)
    assert folded(give(1000, "heard", who="Asta"), give(31_000, "turn")).speaking == Speaking(31_000, 91_000, 60_000)


@pytest.mark.parametrize(
    "after", [give(9, "pass", who="Tor"), give(9, "turn", on=False), give(9, "heard", who="Asta", on=False), PhaseChanged(9, "done", 9)]
)
def test_it_is_over_when_somebody_passes_or_crew_says_so(after: Event) -> None:
    assert folded(give(1, "turn"), after).speaking is None


def test_it_rests_with_the_blocks_clock_and_more_time_for_the_block_is_nobodys_turn() -> None:
    begun, rests = give(1000, "turn"), ClockChanged(2, 21_000, None, 5000)
    assert folded(begun, rests).speaking == Speaking(1000, None, 60_000, 40_000)
    assert folded(begun, rests, ClockChanged(3, 100_000, 400_000)).speaking == Speaking(1000, 140_000, 60_000)
    assert folded(begun, ClockChanged(2, 21_000, 999_000)).speaking == Speaking(1000, 61_000, 60_000)
    assert folded(rests, give(30_000, "turn")).speaking == Speaking(30_000, None, 60_000, 60_000)


def test_wall_and_crew_see_it_and_phones_do_not() -> None:
    state = folded(give(1000, "turn"))
    assert projector(MINUTE, state, "round").time == crew(MINUTE, state, "round").time == Speaking(1000, 61_000, 60_000)
    assert projector(MINUTE, state, "done").time is None
    assert phone(MINUTE, state, "round") == phone(MINUTE, EMPTY, "round")


def test_without_seconds_nothing_is_counted_and_turns_are_refused() -> None:
    calm = msgspec.structs.replace(MINUTE, seconds=0)
    assert folded(give(1000, "heard", who="Asta"), definition=calm).speaking is None
    assert EXERCISE.check(calm, "turn", give(1, "turn").data) == "on"
    assert EXERCISE.check(MINUTE, "turn", give(1, "turn").data) is None


@pytest.mark.parametrize("seconds", [-1, 601, 1.5, "60"])
def test_seconds_have_limits(seconds: Any) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"version": 2, "question": "?", "per": "person", "seconds": seconds}, Definition)
