"""One choice each: the last one counts, few are protected, and what the room has seen does not move."""

from __future__ import annotations

from functools import reduce
from typing import Literal

import msgspec
import pytest

from mellanrum.exercise_kit.ballots import FEWEST, Ballots, Count, Tally, fold_ballots, seen, tally
from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercise_kit.shapes import examples, schemas

CHOICES = {"yes": "Ja", "no": "Nej"}


def give(seq: int, author: str, choice: str) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", "answer", choice)


def folded(*events: Event) -> Ballots:
    return reduce(lambda state, event: fold_ballots(state, event, lambda data: data, shows="result"), events, Ballots())


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


def test_what_the_room_has_seen_stays_whatever_comes() -> None:
    shown = folded(*five(), PhaseChanged(10, "result", 10))
    later = folded(
        *five(), PhaseChanged(10, "result", 10), PhaseChanged(11, "answer", 11), give(12, "p9", "no"), PhaseChanged(13, "result", 13)
    )
    assert seen(shown, CHOICES, "result", shows="result") == seen(later, CHOICES, "result", shows="result") is not None


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
