"""The state of a round and its fold."""

from __future__ import annotations

from typing import Literal, TypeVar

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import ClockChanged, Envelope, Event, PhaseChanged
from mellanrum.exercises.round.contributions import Heard, Pass, Share, Tables, Turn, Word
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.speaking import Speaking, begun, kept_to

Came = Literal["heard", "pass"]


class Given(msgspec.Struct, frozen=True, gc=False):
    """A participant's word or line; `id` is its contribution's."""

    id: str
    text: str


class State(msgspec.Struct, frozen=True):
    """`turns` is who has been invited, with what came of it; `tables` is how many there are once crew has said so.

    `lines` are what people share, by author and circle. `speaking` is the time of whoever speaks; `is_resting`, that the block's
    clock does.
    """

    turns: Map[str, Came] = Map()
    words: Map[str, Given] = Map()
    lines: Map[tuple[str, str], Given] = Map()
    tables: int | None = None
    begun: bool = False
    speaking: Speaking | None = None
    is_resting: bool = False


EMPTY = State()
Key = TypeVar("Key", str, tuple[str, str])
replace = msgspec.structs.replace


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, PhaseChanged):
        return replace(state, begun=bool(event.phase), speaking=None)
    if isinstance(event, ClockChanged):
        return replace(state, speaking=kept_to(state.speaking, event), is_resting=event.ends_at is None)
    return _give(definition, state, event) if isinstance(event, Envelope) else state


def tables(definition: Definition, state: State) -> int:
    """How many tables the round goes through."""
    if definition.per != "table":
        return 0
    return definition.tables if state.tables is None else state.tables


def _give(definition: Definition, state: State, event: Envelope) -> State:
    match event.data:
        case Heard(who=who, on=on):
            return _counted(definition, _turn(state, who.strip(), "heard", on=on), event, is_speaking=on)
        case Pass(who=who, on=on):
            return _counted(definition, _turn(state, who.strip(), "pass", on=on), event, is_speaking=False)
        case Turn(on=on):
            return _counted(definition, state, event, is_speaking=on)
        case Tables(count=count):
            return replace(state, tables=count)
        case Word(text=text):
            return replace(state, words=_put(state.words, event.author, event, text))
        case Share(circle=circle, text=text):
            return replace(state, lines=_put(state.lines, (event.author, circle), event, text))
    return state


def _turn(state: State, who: str, came: Came, *, on: bool) -> State:
    """Said for who it is, not turned over: two who press at the same time mean the same."""
    if not who or (not on and state.turns.get(who) != came):
        return state
    turns = state.turns.set(who, came) if on else state.turns.delete(who)
    return replace(state, turns=turns)


def _counted(definition: Definition, state: State, event: Envelope, *, is_speaking: bool) -> State:
    """Whoever gets the word has the whole time before them."""
    if not definition.seconds:
        return state
    speaking = begun(definition.seconds, event.at or 0, is_resting=state.is_resting) if is_speaking else None
    return replace(state, speaking=speaking)


def _put(things: Map[Key, Given], key: Key, event: Envelope, text: str) -> Map[Key, Given]:
    said = text.strip()
    if said:
        return things.set(key, Given(event.id, said))
    return things.delete(key) if key in things else things
