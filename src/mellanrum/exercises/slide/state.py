"""The state of a talk and its fold."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import ClockChanged, Envelope, Event, PhaseChanged
from mellanrum.exercises.slide.contributions import Show
from mellanrum.exercises.slide.definition import Definition


class State(msgspec.Struct, frozen=True):
    """`phase` is the last one told and `since` when that was, in Unix milliseconds, with so much left on the block's `clock` (`left`).

    `prompt` is the one that crew has shown last, `shown_at` since when.
    """

    phase: str = ""
    since: int = 0
    clock: ClockChanged | None = None
    left: int = 0
    prompt: int = 0
    shown_at: int = 0


EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, ClockChanged):
        return msgspec.structs.replace(state, clock=event)
    if isinstance(event, PhaseChanged):
        return msgspec.structs.replace(state, phase=event.phase, since=event.at, left=_left(state.clock, event.at), shown_at=event.at)
    if isinstance(event, Envelope) and isinstance(event.data, Show):
        return msgspec.structs.replace(state, prompt=event.data.prompt, shown_at=event.at or state.since)
    return state


def _left(clock: ClockChanged | None, at: int) -> int:
    """What the block's clock showed then."""
    if clock is None:
        return 0
    return clock.ends_at - at if clock.ends_at is not None else clock.left_ms or 0
