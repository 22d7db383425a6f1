"""One choice each, counted for the room: nobody is told apart, and what the room has seen moves only in steps of several people."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.translation import ngettext
from immutables import Map

from mellanrum.exercise_kit.ballot_pictures import FEWEST, Ballot, Given, Picture, note, settled, taken
from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercise_kit.document import Text

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words

__all__ = ["FEWEST", "Ballot", "Ballots", "Count", "Tally", "fold_ballots", "seen", "tally", "waiting"]


class Ballots(msgspec.Struct, frozen=True):
    """`given` by author. `shown` is the picture there is; `is_shown`, that the room has seen it, and nothing undoes that."""

    given: Given = Map()
    shown: Picture | None = None
    phase: str = ""
    is_shown: bool = False


class Count(msgspec.Struct, frozen=True):
    """How many people chose it; `text` is what it is called."""

    choice: str
    text: str
    people: int


class Tally(msgspec.Struct, frozen=True):
    """What the room sees. Are there `too_few`, there are no counts.

    `uncounted` have answered or changed since it was shown: the counts wait until they are as many as the fewest.
    """

    people: int
    too_few: bool
    counts: tuple[Count, ...] = ()
    uncounted: int = 0


def fold_ballots(state: Ballots, event: Event, choice_of: Callable[[Any], str | None], *, shows: str) -> Ballots:
    """The ballots after the event. `choice_of(data)` is None where the contribution is no choice; `shows` is the phase of the result.

    For a type that says `refolds_withdrawals=False`.
    """
    if isinstance(event, PhaseChanged):
        return _change_phase(state, event.phase, shows)
    if isinstance(event, Withdrawn):
        mine = state.given.get(event.target.author)
        is_it = mine is not None and mine.id == event.target.id
        return _put(state, event.target.author, None, shows) if is_it else state
    choice = choice_of(event.data) if isinstance(event, Envelope) else None
    if not isinstance(event, Envelope) or choice is None:
        return state
    return _put(state, event.author, Ballot(event.id, choice), shows)


def seen(state: Ballots, choices: Mapping[str, Words], phase: str, *, shows: str) -> Tally | None:
    """What the room sees in that phase; None before it has been shown."""
    is_seen = phase == shows or (phase == CLOSED and state.is_shown)
    return tally(state, choices) if is_seen else None


def tally(state: Ballots, choices: Mapping[str, Words]) -> Tally:
    """What was shown, or else what has been given, in the order of the choices, which say what each is called."""
    picture = state.shown or taken(state.given)
    if picture.counts is None:
        return Tally(0, too_few=True)
    counts = picture.counts
    rows = tuple(Count(choice, str(text), counts.get(choice, 0)) for choice, text in choices.items())
    return Tally(sum(counts.values()), too_few=False, counts=rows, uncounted=len(picture.changed))


def waiting(found: Tally) -> tuple[Text, ...]:
    """For the documentation: how many came too late to be counted, and why; nothing when everybody is."""
    if not found.uncounted:
        return ()
    said = ngettext(
        "En till har svarat eller ändrat sig efteråt. Det räknas inte, för då skulle det gå att se vad den personen svarade.",
        "%(people)s till har svarat eller ändrat sig efteråt. Det räknas inte, för då skulle det gå att se vad de svarade.",
        found.uncounted,
    )
    return (Text(said % {"people": found.uncounted}),)


def _put(state: Ballots, author: str, ballot: Ballot | None, shows: str) -> Ballots:
    """While nobody can look the picture rests: what changes meanwhile is one step when it is seen again."""
    given = state.given.delete(author) if ballot is None else state.given.set(author, ballot)
    shown = state.shown and note(state.shown, author, state.given.get(author), ballot)
    if shown and state.phase in {shows, CLOSED}:
        shown = settled(shown, given)
    return msgspec.structs.replace(state, given=given, shown=shown)


def _change_phase(state: Ballots, phase: str, shows: str) -> Ballots:
    shown = state.shown
    if shown is None and (phase == shows or state.phase == CLOSED):
        # What is closed may have been harvested already: opening it again keeps that picture, too.
        shown = taken(state.given)
    elif shown is not None and phase in {shows, CLOSED}:
        shown = settled(shown, state.given)
    return Ballots(state.given, shown, phase, state.is_shown or phase == shows)
