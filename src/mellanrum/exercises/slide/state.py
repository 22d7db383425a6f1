"""The state of a talk and its fold."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import Event, PhaseChanged
from mellanrum.exercises.slide.definition import Definition


class State(msgspec.Struct, frozen=True):
    """`phase` is the last one told and `since` when that was, in Unix milliseconds."""

    phase: str = ""
    since: int = 0


EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, PhaseChanged):
        return msgspec.structs.replace(state, phase=event.phase, since=event.at)
    return state
