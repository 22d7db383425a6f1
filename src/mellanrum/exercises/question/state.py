"""The state of an open question and its fold: what people wrote and voted, and what the crew did with it."""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercises.question.contributions import Approve, Drop, Order, Rename, Sort, Text, Theme, Turn, Vote
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.phases import SHOWING
from mellanrum.exercises.question.wording import tidy

Act = Theme | Rename | Sort | Order | Drop | Turn
PAPER = "paper"


class Written(msgspec.Struct, frozen=True, gc=False):
    """A text; `id` is its latest contribution, which a hide names. `seq` stays while the words do, `place` also when they change."""

    id: str
    text: str
    seq: int
    place: int
    on_paper: bool = False


Mine = Map[str, Written]
Votes = frozenset[str]


class State(msgspec.Struct, frozen=True):
    """`texts` by author and place in the form; `votes` by author: the words they voted for; `approved` words and when first.

    `words` tells which words a contribution brought. `acts` of the crew by their number in the ledger. `shown`: the room has seen the
    result.
    """

    texts: Map[str, Mine] = Map()
    votes: Map[str, Votes] = Map()
    approved: Map[int, int] = Map()
    words: Map[str, int] = Map()
    acts: Map[int, Act] = Map()
    phase: str = ""
    shown: bool = False


NO_TEXTS: Mine = Map()
NO_VOTES: Votes = frozenset()
EMPTY = State()
replace = msgspec.structs.replace


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure; what was withdrawn is folded away by the runner."""
    if isinstance(event, Envelope):
        return _give(state, event)
    if isinstance(event, PhaseChanged):
        return replace(state, phase=event.phase, shown=state.shown or event.phase in SHOWING)
    return state


def _give(state: State, event: Envelope) -> State:
    data: Any = event.data
    match data:
        case Text():
            return _write(state, event, data)
        case Vote():
            return _vote(state, event, data)
        case Approve(id=name):
            words = state.words.get(name)
            if words is None or words in state.approved:
                return state
            return replace(state, approved=state.approved.set(words, event.seq))
        case Theme() | Rename() | Sort() | Order() | Drop() | Turn():
            return replace(state, acts=state.acts.set(event.seq, data))
    return state


def _write(state: State, event: Envelope, data: Text) -> State:
    mine, said = state.texts.get(event.author, NO_TEXTS), tidy(data.text)
    before = mine.get(data.slot)
    if not said and not before:
        return state
    if not said:
        return replace(state, texts=_put(state.texts, event.author, mine.delete(data.slot)))
    seq = before.seq if before and before.text == said else event.seq
    written = Written(event.id, said, seq, before.place if before else event.seq, event.origin == PAPER)
    texts = state.texts.set(event.author, mine.set(data.slot, written))
    return replace(state, texts=texts, words=state.words.set(event.id, seq))


def _vote(state: State, event: Envelope, data: Vote) -> State:
    before = state.votes.get(event.author, NO_VOTES)
    mine = before | {data.ref} if data.on else before - {data.ref}
    return state if mine == before else replace(state, votes=_put(state.votes, event.author, mine))


def _put(things: Map[str, Any], author: str, mine: Mine | Votes) -> Map[str, Any]:
    """Who has nothing left is not there, as if they had never come."""
    return things.set(author, mine) if mine else things.delete(author)
