"""The fold of table talks: each kind of contribution is one step."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Event
from mellanrum.exercises.discussion import seats, sheets
from mellanrum.exercises.discussion.contributions import Prompt, Show, Tables
from mellanrum.exercises.discussion.definition import Definition
from mellanrum.exercises.discussion.tables import State, key_of

EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if not isinstance(event, Envelope) or event.data is None:
        return state
    step = STEPS.get(event.kind)
    return step(definition, state, event, event.data) if step else state


def _prompt(definition: Definition, state: State, event: Envelope, data: Prompt) -> State:
    return msgspec.structs.replace(state, prompt=min(data.number, max(1, len(definition.prompts))))


def _show(definition: Definition, state: State, event: Envelope, data: Show) -> State:
    key = key_of(definition, data.table)
    return msgspec.structs.replace(state, showing=key) if key in state.sheets else state


def _tables(definition: Definition, state: State, event: Envelope, data: Tables) -> State:
    return msgspec.structs.replace(state, count=data.count)


STEPS: dict[str, Callable[[Definition, State, Envelope, Any], State]] = {
    "sit": seats.sit,
    "come": seats.know,
    "wish": seats.know,
    "belong": seats.know,
    "met": seats.know,
    "called": seats.know,
    "form": seats.formed,
    "move": seats.moved,
    "pen": sheets.pen,
    "write": sheets.write,
    "enter": sheets.enter,
    "photo": sheets.photo,
    "prompt": _prompt,
    "show": _show,
    "tables": _tables,
}
