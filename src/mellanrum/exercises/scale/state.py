"""The state of a rating and its fold."""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercises.scale.contributions import Belong, Count, Rate, Write
from mellanrum.exercises.scale.definition import Definition
from mellanrum.exercises.scale.pictures import NOBODY, Answers, Given, Key, Shown, note, put, replace, settle, show

RESULT = "result"
IN_SIGHT = frozenset({RESULT, CLOSED})
"""The phases in which somebody may look at the numbers."""


class Written(msgspec.Struct, frozen=True, gc=False):
    """An open answer; `id` is its contribution's."""

    id: str
    text: str
    seq: int


class First(msgspec.Struct, frozen=True):
    """As it was at the first reveal: splits by group are decided on this for good."""

    bars: Map[Key, Answers]
    groups: Map[str, str]


class State(msgspec.Struct, frozen=True):
    """`rated` counts ratings per author; `shown` is what the room has seen; `phase` is the last one told."""

    bars: Map[Key, Answers] = Map()
    rated: Map[str, int] = Map()
    texts: Map[str, Map[str, Written]] = Map()
    groups: Map[str, tuple[str, int]] = Map()
    counts: Map[Key, tuple[tuple[int, ...], int]] = Map()
    shown: Shown | None = None
    first: First | None = None
    phase: str = ""


NO_TEXTS: Map[str, Written] = Map()
EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, Envelope):
        return _give(definition, state, event)
    if isinstance(event, Withdrawn):
        return _take_back(definition, state, event.target)
    return _change_phase(definition, state, event) if isinstance(event, PhaseChanged) else state


def bar(state: State, item: str, subject: str) -> Answers:
    """The answers of one bar by author."""
    return state.bars.get((item, subject), NOBODY)


def answered(state: State) -> int:
    """How many people have given a rating or a text."""
    return len(state.rated) + sum(author not in state.rated for author in state.texts)


def _give(definition: Definition, state: State, event: Envelope) -> State:
    data: Any = event.data
    if isinstance(data, Rate):
        given = None if data.value is None else (data.value, event.seq)
        return _rate(definition, state, (data.item, data.subject), event.author, given)
    if isinstance(data, Write):
        return _write(state, event.author, data.part, Written(event.id, data.text, event.seq) if data.text.strip() else None)
    if isinstance(data, Belong):
        return replace(state, groups=put(state.groups, event.author, (data.group, event.seq) if data.group else None))
    if isinstance(data, Count):
        counts = (data.counts, event.seq) if any(data.counts) else None
        return replace(state, counts=put(state.counts, (data.item, data.subject), counts))
    return state


def _rate(definition: Definition, state: State, key: Key, author: str, given: Given | None) -> State:
    before = state.bars.get(key, NOBODY)
    old = before.get(author)
    if given is None and old is None:
        return state
    bars = put(state.bars, key, put(before, author, given) or None)
    rated = state.rated
    if (old is None) != (given is None):
        rated = put(rated, author, (rated.get(author, 0) + (1 if given else -1)) or None)
    shown = state.shown and _look(definition, state.shown, state.phase, bars, (key, author, old, given))
    return replace(state, bars=bars, rated=rated, shown=shown)


def _look(
    definition: Definition, shown: Shown, phase: str, bars: Map[Key, Answers], change: tuple[Key, str, Given | None, Given | None]
) -> Shown:
    """While nobody can look, pictures rest: what changes meanwhile is one step when they are seen again."""
    key, author, old, given = change
    shown = note(shown, key, author, old, given)
    return settle(definition, shown, key, bars.get(key, NOBODY)) if phase in IN_SIGHT else shown


def _write(state: State, author: str, part: str, written: Written | None) -> State:
    mine = put(state.texts.get(author, NO_TEXTS), part, written)
    return replace(state, texts=put(state.texts, author, mine or None))


def _take_back(definition: Definition, state: State, target: Envelope) -> State:
    """Remove what still stands of it: something given later in the same place stays."""
    data, author = target.data, target.author
    if isinstance(data, Rate):
        key = (data.item, data.subject)
        given = state.bars.get(key, NOBODY).get(author)
        return _rate(definition, state, key, author, None) if given and given[1] == target.seq else state
    if isinstance(data, Write):
        written = state.texts.get(author, NO_TEXTS).get(data.part)
        return _write(state, author, data.part, None) if written and written.seq == target.seq else state
    if isinstance(data, Belong):
        group = state.groups.get(author)
        return replace(state, groups=put(state.groups, author, None)) if group and group[1] == target.seq else state
    if isinstance(data, Count):
        counted = state.counts.get((data.item, data.subject))
        gone = counted is not None and counted[1] == target.seq
        return replace(state, counts=put(state.counts, (data.item, data.subject), None)) if gone else state
    return state


def _change_phase(definition: Definition, state: State, event: PhaseChanged) -> State:
    """The first time the room sees the result, what it sees is kept. Later reveals show that, with what has moved since."""
    shown, first = state.shown, state.first
    if shown is not None and event.phase in IN_SIGHT:
        for key in shown.bars:
            shown = settle(definition, shown, key, state.bars.get(key, NOBODY))
    if shown is None and (event.phase == RESULT or state.phase == CLOSED):
        # What is closed may have been harvested already: opening it again keeps that picture, too.
        shown = show(definition, state.bars, state.rated)
    if first is None and event.phase == RESULT and shown is not None and len(shown.authors) >= definition.minimum:
        first = _freeze(state, shown)
    return replace(state, shown=shown, first=first, phase=event.phase)


def _freeze(state: State, shown: Shown) -> First:
    bars: Map[Key, Answers] = Map({key: picture.answers for key, picture in shown.bars.items()})
    return First(bars, Map({author: group for author, (group, _seq) in state.groups.items()}))
