"""One choice each: the last one counts, few are protected, and what the room has seen moves only in steps of several people."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from functools import reduce
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from immutables import Map

from mellanrum.exercise_kit.ballots import FEWEST, Ballots, Count, Tally, fold_ballots, seen, tally
from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercise_kit.shapes import examples, schemas

CHOICES = {"yes": "Ja", "no": "Nej"}


def give(seq: int, author: str, choice: str) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", "answer", choice)


def folded(*events: Event, begin: Ballots = Ballots()) -> Ballots:  # noqa: B008 - it is frozen
    return reduce(lambda state, event: fold_ballots(state, event, lambda data: data, shows="result"), events, begin)


def five(first: int = 1) -> list[Event]:
    return [give(first + number, f"p{number}", "yes") for number in range(FEWEST)]


def test_the_last_choice_counts_and_a_person_once() -> None:
    assert tally(folded(*five(), give(9, "p0", "no")), CHOICES) == Tally(
        5, too_few=False, counts=(Count("yes", "Ja", 4), Count("no", "Nej", 1))
    )


def test_too_few_show_nothing_at_all() -> None:
    assert tally(folded(*five()[1:]), CHOICES) == Tally(0, too_few=True)


def test_what_one_takes_back_is_gone_and_what_has_replaced_it_stays() -> None:
    first, second = give(20, "p0", "no"), give(21, "p0", "yes")
    assert tally(folded(*five(), first, Withdrawn(22, first)), CHOICES).too_few
    assert tally(folded(*five(), first, second, Withdrawn(23, first)), CHOICES).people == 5


SHOWN, AGAIN = PhaseChanged(10, "result", 10), PhaseChanged(30, "result", 30)
UNDONE = PhaseChanged(11, "answer", 11)  # what an exercise hears when the crew goes back, and when it undoes the reveal


def result_of(*events: Event) -> Tally | None:
    return seen(folded(*events), CHOICES, "result", shows="result")


def test_one_answer_after_the_reveal_waits_and_the_room_is_told_so() -> None:
    shown, later = result_of(*five(), SHOWN), result_of(*five(), SHOWN, UNDONE, give(12, "p9", "no"), AGAIN)
    assert shown is not None
    assert later == msgspec.structs.replace(shown, uncounted=1)
    assert result_of(*five(), SHOWN, UNDONE, give(12, "p0", "no"), AGAIN) == later


def test_whoever_changes_back_is_not_waited_for() -> None:
    changed = [*five(), SHOWN, UNDONE, give(12, "p0", "no")]
    assert result_of(*changed, give(13, "p0", "yes"), AGAIN) == result_of(*five(), SHOWN)


@pytest.mark.parametrize("looks", [(UNDONE, AGAIN), ()])
def test_several_together_are_counted(looks: tuple[Event, ...]) -> None:
    late = [give(12 + number, f"q{number}", "no") for number in range(FEWEST)]
    found = result_of(*five(), SHOWN, *looks[:1], *late, *looks[1:])
    assert found == Tally(10, too_few=False, counts=(Count("yes", "Ja", 5), Count("no", "Nej", 5)))


def test_too_few_at_the_reveal_are_shown_when_they_are_enough() -> None:
    few = [*five()[1:], SHOWN]
    assert result_of(*few) == Tally(0, too_few=True)
    assert result_of(*few, UNDONE, give(12, "p0", "yes"), AGAIN) == result_of(*five(), SHOWN)


def test_what_was_closed_unseen_and_opened_again_is_not_shown_by_that() -> None:
    state = folded(*five(), PhaseChanged(10, CLOSED, 10), UNDONE, PhaseChanged(12, CLOSED, 12))
    assert seen(state, CHOICES, CLOSED, shows="result") is None


def differences(pictures: list[dict[str, str]]) -> set[int]:
    """By how many people's choices any two pictures that have been seen differ."""
    found = set()
    for one, other in itertools.combinations(pictures, 2):
        found.add(sum(one.get(who) != other.get(who) for who in one.keys() | other.keys()))
    return found


def pictures_of(events: list[Event], choices_of: Callable[[Ballots], dict[str, str]]) -> list[dict[str, str]]:
    """Everything the room has been shown on the way, as who stands behind it with which choice."""
    states = itertools.accumulate(events, lambda state, event: folded(event, begin=state), initial=Ballots())
    looks = [state for state in states if state.phase in {"result", CLOSED} and state.is_shown]
    return [choices_of(state) for state in looks if not tally(state, CHOICES).too_few]


def _shown(state: Ballots) -> dict[str, str]:
    return {who: ballot.choice for who, ballot in (state.shown.given if state.shown else Map()).items()}


def _given(state: Ballots) -> dict[str, str]:
    return {who: ballot.choice for who, ballot in state.given.items()}


def test_live_counts_would_point_at_one_person() -> None:
    assert 1 in differences(pictures_of([*five(), SHOWN, give(12, "p9", "no")], _given))


STEPS = st.lists(
    st.one_of(st.tuples(st.integers(0, 14), st.sampled_from(["yes", "no", None])), st.sampled_from(["answer", "result", CLOSED])),
    max_size=80,
)


@given(steps=STEPS)
def test_no_two_pictures_differ_by_fewer_people_than_the_fewest(steps: list[Any]) -> None:
    events: list[Event] = five()
    last = {event.author: event for event in events if isinstance(event, Envelope)}
    for seq, step in enumerate(steps, 20):
        if isinstance(step, str):
            events.append(PhaseChanged(seq, step, seq))
        elif step[1] is not None:
            last[f"p{step[0]}"] = give(seq, f"p{step[0]}", step[1])
            events.append(last[f"p{step[0]}"])
        elif f"p{step[0]}" in last:
            events.append(Withdrawn(seq, last.pop(f"p{step[0]}")))
    assert all(difference == 0 or difference >= FEWEST for difference in differences(pictures_of(events, _shown)))


@pytest.mark.parametrize(("was_shown", "phase", "is_seen"), [(False, "answer", False), (False, CLOSED, False), (True, CLOSED, True)])
def test_only_what_was_shown_is_seen_when_it_is_closed(was_shown: bool, phase: str, is_seen: bool) -> None:
    state = folded(*five(), *([PhaseChanged(10, "result", 10)] if was_shown else []))
    assert (seen(state, CHOICES, phase, shows="result") is not None) is is_seen


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    choice: Literal["yes", "no"]
    why: str = ""


def test_a_client_is_told_the_shape_and_an_example_of_it() -> None:
    kinds = {"answer": Answer}
    shape = schemas(kinds)(None, "answer")
    assert (sorted(shape["properties"]), shape["required"], shape["additionalProperties"]) == (["choice", "why"], ["choice"], False)
    told = examples(kinds)(None, "answer")
    assert told
    assert msgspec.convert(told[1], Answer).choice in {"yes", "no"}
