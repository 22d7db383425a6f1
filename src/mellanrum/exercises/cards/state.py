"""The state of picture cards and its fold."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged
from mellanrum.exercises.cards.contributions import Choose, Count, Share, Sign
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.phases import ASKED, PLENARY


class Shared(msgspec.Struct, frozen=True, gc=False):
    """A thought; `id` is its contribution's, `place` the seq of the author's first: who changes a word keeps their place on the wall."""

    id: str
    text: str
    place: int


class State(msgspec.Struct, frozen=True):
    """`chosen`, `shared` and `names` by author, `counted` by card. Once the room has been asked or shown something, it stays so."""

    chosen: Map[str, str] = Map()
    shared: Map[str, Shared] = Map()
    names: Map[str, str] = Map()
    counted: Map[str, int] = Map()
    is_asked: bool = False
    is_shown: bool = False


EMPTY = State()
V = TypeVar("V")
replace = msgspec.structs.replace


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure; what was withdrawn is folded away by the runner."""
    if isinstance(event, Envelope):
        return _give(state, event)
    if isinstance(event, PhaseChanged):
        is_shown = state.is_shown or event.phase in (PLENARY.key, CLOSED)
        return replace(state, is_asked=state.is_asked or event.phase in ASKED, is_shown=is_shown)
    return state


def _give(state: State, event: Envelope) -> State:
    data: Any = event.data
    match data:
        case Choose(card=card):
            return replace(state, chosen=_put(state.chosen, event.author, card))
        case Share(text=text):
            before = state.shared.get(event.author)
            shared = Shared(event.id, text.strip(), before.place if before else event.seq)
            return replace(state, shared=_put(state.shared, event.author, shared if shared.text else None))
        case Sign(name=name):
            return replace(state, names=_put(state.names, event.author, name.strip() or None))
        case Count(card=card, n=n):
            return replace(state, counted=_put(state.counted, card, n or None))
    return state


def _put(things: Map[str, V], key: str, value: V | None) -> Map[str, V]:
    if value is None:
        return things.delete(key) if key in things else things
    return things.set(key, value)
