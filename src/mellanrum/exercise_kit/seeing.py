"""Who sees what, found out by trying: a made-up meeting is folded, and what it changes in a view is what that audience sees of it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce
from itertools import count
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import AUDIENCES, CLOSED, Audience, Envelope, Event, Exercise, Phase, PhaseChanged

PEOPLE = 12  # more than any minimum in an example
AUTHOR = "author-"


class Sight(msgspec.Struct, frozen=True):
    """What an audience sees in one phase, as names of its view's fields: what was prepared, and what people gave."""

    phase: str
    prepared: tuple[str, ...]
    given: tuple[str, ...]


class Seen(msgspec.Struct, frozen=True):
    """One audience through all phases; `own` is the person behind a phone, who sees their own part as well."""

    audience: str
    sights: tuple[Sight, ...]


def who_sees(exercise: Exercise, definition: Any) -> tuple[Seen, ...]:
    """One row for each audience and one for a person's own part; `closed` is the last phase of each."""
    meeting = list(a_meeting(exercise, definition))
    keys = [*(phase.key for phase in exercise.phases(definition)), CLOSED]
    moments = [(key, *_states(exercise, definition, meeting, key)) for key in keys]
    rows = [Seen(audience, tuple(_sight(exercise, definition, audience, *moment) for moment in moments)) for audience in AUDIENCES]
    own = tuple(_compared(key, *(exercise.own(definition, state, f"{AUTHOR}0") for state in (full, bare))) for key, full, bare in moments)
    return (*rows, Seen("own", own))


def a_meeting(exercise: Exercise, definition: Any, people: int = PEOPLE) -> Iterator[Event]:
    """So many people who all give one of everything that each phase takes, and a crew that does the same."""
    seqs = count(1)
    for phase in exercise.phases(definition):
        yield PhaseChanged(next(seqs), phase.key, 1)
        for role, kind in _taken(phase):
            gift = exercise.example(definition, kind)
            givers = 0 if gift is None else people if role == "participant" else min(people, 1)
            for number in range(givers):
                yield _given(exercise, next(seqs), f"{AUTHOR}{number}" if role == "participant" else "crew:1", role, gift)
    yield PhaseChanged(next(seqs), CLOSED, 1)


def _given(exercise: Exercise, seq: int, author: str, role: str, gift: Any) -> Envelope:
    kind, data = gift
    return Envelope(seq, f"gift-{seq:022}", author, role, kind, msgspec.convert(data, exercise.contributions[kind]))


def _taken(phase: Phase) -> list[tuple[str, str]]:
    return [*(("participant", kind) for kind in sorted(phase.accepts)), *(("crew", kind) for kind in sorted(phase.crew_accepts))]


def _states(exercise: Exercise, definition: Any, meeting: list[Event], phase: str) -> tuple[Any, Any]:
    """The state at the end of that phase, and the same if nobody had given anything."""
    begun = next(number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and event.phase == phase)
    ends = next((number for number, event in enumerate(meeting) if isinstance(event, PhaseChanged) and number > begun), len(meeting))
    lived = meeting[:ends]
    silent = [event for event in lived if isinstance(event, PhaseChanged)]
    full, bare = (
        reduce(lambda state, event: exercise.fold(definition, state, event), events, exercise.empty(definition))
        for events in (lived, silent)
    )
    return full, bare


def _sight(exercise: Exercise, definition: Any, audience: Audience, phase: str, full: Any, bare: Any) -> Sight:
    view = exercise.views[audience]
    return _compared(phase, view(definition, full, phase), view(definition, bare, phase))


def _compared(phase: str, full: msgspec.Struct, bare: msgspec.Struct) -> Sight:
    one, other = (msgspec.to_builtins(view, enc_hook=str) for view in (full, bare))
    given = tuple(name for name in full.__struct_fields__ if one.get(name) != other.get(name))
    prepared = tuple(name for name in full.__struct_fields__ if name not in given and name != "phase" and one.get(name))
    return Sight(phase, prepared, given)
