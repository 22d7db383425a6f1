"""The state of a word cloud and its fold: what people wrote, untouched, and what crew did with it."""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercises.words.contributions import Correct, Merge, Unmerge, Word
from mellanrum.exercises.words.definition import Definition
from mellanrum.insight.words import warm_up

RESULT = "result"

Act = Merge | Correct | Unmerge
Mine = Map[tuple[str, str], "Written"]


class Written(msgspec.Struct, frozen=True, gc=False):
    """A word as it was written; `id` is its contribution's."""

    id: str
    text: str
    seq: int


class State(msgspec.Struct, frozen=True):
    """`words` by author, then by question and place; `acts` of the crew by their number in the ledger.

    `shown`: the room has seen the result.
    """

    words: Map[str, Mine] = Map()
    acts: Map[int, Act] = Map()
    phase: str = ""
    shown: bool = False


NOTHING: Mine = Map()
EMPTY = State()


def empty(definition: Definition) -> State:
    """Nothing yet. Whoever asks will soon ask which words are the same, so the dictionary is fetched meanwhile."""
    warm_up()
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, Envelope):
        return _give(state, event)
    if isinstance(event, PhaseChanged):
        return State(state.words, state.acts, event.phase, state.shown or event.phase == RESULT)
    return state


def _give(state: State, event: Envelope) -> State:
    data: Any = event.data
    if isinstance(data, Word):
        return _write(state, event, data)
    if isinstance(data, Merge | Correct | Unmerge):
        return State(state.words, state.acts.set(event.seq, data), state.phase, state.shown)
    return state


def _write(state: State, event: Envelope, data: Word) -> State:
    before, place = state.words.get(event.author, NOTHING), (data.prompt, data.slot)
    if data.text.strip():
        mine = before.set(place, Written(event.id, data.text, event.seq))
    elif place in before:
        mine = before.delete(place)
    else:
        return state
    words = state.words.set(event.author, mine) if mine else state.words.delete(event.author)
    return State(words, state.acts, state.phase, state.shown)
