"""The state of a round and its fold."""

from __future__ import annotations

from typing import Literal

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercises.round.contributions import Heard, Pass, Tables, Word
from mellanrum.exercises.round.definition import Definition

Turn = Literal["heard", "pass"]


class Given(msgspec.Struct, frozen=True, gc=False):
    """A participant's word; `id` is its contribution's."""

    id: str
    text: str


class State(msgspec.Struct, frozen=True):
    """`turns` is who has been invited, with what came of it; `tables` is how many there are once crew has said so."""

    turns: Map[str, Turn] = Map()
    words: Map[str, Given] = Map()
    tables: int | None = None
    begun: bool = False


EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, PhaseChanged):
        return msgspec.structs.replace(state, begun=bool(event.phase))
    if not isinstance(event, Envelope):
        return state
    match event.data:
        case Heard(who=who, on=on):
            return _turn(state, who.strip(), "heard", on=on)
        case Pass(who=who, on=on):
            return _turn(state, who.strip(), "pass", on=on)
        case Tables(count=count):
            return msgspec.structs.replace(state, tables=count)
        case Word(text=text):
            return _say(state, event, text.strip())
    return state


def tables(definition: Definition, state: State) -> int:
    """How many tables the round goes through."""
    if definition.per != "table":
        return 0
    return definition.tables if state.tables is None else state.tables


def _turn(state: State, who: str, turn: Turn, *, on: bool) -> State:
    """Said for who it is, not turned over: two who press at the same time mean the same."""
    if not who or (not on and state.turns.get(who) != turn):
        return state
    turns = state.turns.set(who, turn) if on else state.turns.delete(who)
    return msgspec.structs.replace(state, turns=turns)


def _say(state: State, event: Envelope, text: str) -> State:
    if text:
        return msgspec.structs.replace(state, words=state.words.set(event.author, Given(event.id, text)))
    if event.author not in state.words:
        return state
    return msgspec.structs.replace(state, words=state.words.delete(event.author))
