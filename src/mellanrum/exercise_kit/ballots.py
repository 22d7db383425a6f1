"""One choice each, counted for the room: nobody is told apart, and nothing moves once the room has seen it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words

FEWEST = 5
"""People there must be before anything is shown."""


class Ballot(msgspec.Struct, frozen=True, gc=False):
    """What somebody chose; `id` is its contribution's."""

    id: str
    choice: str


class Ballots(msgspec.Struct, frozen=True):
    """`given` by author. `shown` is what the room saw first, and stays: one more answer between two looks would tell whose it is."""

    given: Map[str, Ballot] = Map()
    shown: Map[str, int] | None = None
    phase: str = ""


class Count(msgspec.Struct, frozen=True):
    """How many people chose it; `text` is what it is called."""

    choice: str
    text: str
    people: int


class Tally(msgspec.Struct, frozen=True):
    """What the room sees. Are there `too_few`, there are no counts."""

    people: int
    too_few: bool
    counts: tuple[Count, ...] = ()


def fold_ballots(state: Ballots, event: Event, choice_of: Callable[[Any], str | None], *, shows: str) -> Ballots:
    """The ballots after the event. `choice_of(data)` is None where the contribution is no choice; `shows` is the phase of the result.

    For a type that says `refolds_withdrawals=False`.
    """
    if isinstance(event, PhaseChanged):
        shown = _counts(state) if event.phase == shows and state.shown is None else state.shown
        return Ballots(state.given, shown, event.phase)
    if isinstance(event, Withdrawn):
        mine = state.given.get(event.target.author)
        is_it = mine is not None and mine.id == event.target.id
        return Ballots(state.given.delete(event.target.author), state.shown, state.phase) if is_it else state
    choice = choice_of(event.data) if isinstance(event, Envelope) else None
    if not isinstance(event, Envelope) or choice is None:
        return state
    return Ballots(state.given.set(event.author, Ballot(event.id, choice)), state.shown, state.phase)


def seen(state: Ballots, choices: Mapping[str, Words], phase: str, *, shows: str) -> Tally | None:
    """What the room sees in that phase; None before it has been shown."""
    is_shown = phase == shows or (phase == CLOSED and state.shown is not None)
    return tally(state, choices) if is_shown else None


def tally(state: Ballots, choices: Mapping[str, Words]) -> Tally:
    """What was shown, or else what has been given, in the order of the choices, which say what each is called."""
    counts = _counts(state) if state.shown is None else state.shown
    people = sum(counts.values())
    if people < FEWEST:
        return Tally(0, too_few=True)
    rows = tuple(Count(choice, str(text), counts.get(choice, 0)) for choice, text in choices.items())
    return Tally(people, too_few=False, counts=rows)


def _counts(state: Ballots) -> Map[str, int]:
    return Map(Counter(ballot.choice for ballot in state.given.values()))
