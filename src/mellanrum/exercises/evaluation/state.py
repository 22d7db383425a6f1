"""The state of an evaluation and its fold: ratings as ballots, words as they were written."""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.ballots import Ballots, fold_ballots
from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercises.evaluation.contributions import Rate, Reflect, Write
from mellanrum.exercises.evaluation.definition import Definition

RESULT = "result"


class Written(msgspec.Struct, frozen=True, gc=False):
    """Somebody's words to a question; `id` is its contribution's."""

    id: str
    text: str


class Said(msgspec.Struct, frozen=True, gc=False):
    """Something the team says to a question, perhaps by role."""

    id: str
    question: str
    text: str
    role: str


class State(msgspec.Struct, frozen=True):
    """`ratings` by statement, `words` by author and question, `team` by number in the ledger. `is_shown`: the room has seen the result."""

    ratings: Map[str, Ballots] = Map()
    words: Map[tuple[str, str], Written] = Map()
    team: Map[int, Said] = Map()
    phase: str = ""
    is_shown: bool = False


replace = msgspec.structs.replace


def empty(definition: Definition) -> State:
    return State(ratings=Map({item.id: Ballots() for item in definition.items}))


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    state = replace(state, ratings=_ratings(state.ratings, event))
    if isinstance(event, PhaseChanged):
        return replace(state, phase=event.phase, is_shown=state.is_shown or event.phase == RESULT)
    if isinstance(event, Withdrawn):
        return _take_back(state, event.target)
    return _write(state, event) if isinstance(event, Envelope) else state


def answered(state: State) -> int:
    """How many people have given a rating or words."""
    rated = {author for ballots in state.ratings.values() for author in ballots.given}
    return len(rated | {author for author, _question in state.words})


def _ratings(ratings: Map[str, Ballots], event: Event) -> Map[str, Ballots]:
    for item, ballots in ratings.items():
        ratings = ratings.set(item, fold_ballots(ballots, event, lambda data, item=item: _choice(data, item), shows=RESULT))  # type: ignore[misc]
    return ratings


def _choice(data: Any, item: str) -> str | None:
    return str(data.value) if isinstance(data, Rate) and data.item == item else None


def _write(state: State, event: Envelope) -> State:
    match event.data:
        case Write(question=question, text=text):
            key = (event.author, question)
            words = state.words.delete(key) if key in state.words else state.words
            return replace(state, words=words.set(key, Written(event.id, text.strip())) if text.strip() else words)
        case Reflect(question=question, text=text, role=role) if text.strip():
            return replace(state, team=state.team.set(event.seq, Said(event.id, question, text.strip(), role)))
    return state


def _take_back(state: State, target: Envelope) -> State:
    """What still stands of it: words given later in the same place stay."""
    words = {key: one for key, one in state.words.items() if one.id != target.id}
    team = {seq: one for seq, one in state.team.items() if one.id != target.id}
    return replace(state, words=Map(words), team=Map(team))
