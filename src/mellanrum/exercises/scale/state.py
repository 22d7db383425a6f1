"""The state of a rating and its fold.

What a room has been shown is a snapshot. Later answers move the numbers of one bar only when they are as many people's as the
minimum, so that no difference between two pictures points at somebody.
"""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercises.scale.contributions import Belong, Count, Rate, Write
from mellanrum.exercises.scale.definition import Definition
from mellanrum.insight.distribution import count_values

Key = tuple[str, str]
"""(item, subject): one bar."""
Given = tuple[int | str, int]
"""(value or `dk`, seq)."""
Answers = Map[str, Given]


class Written(msgspec.Struct, frozen=True, gc=False):
    """An open answer; `id` is its contribution's."""

    id: str
    text: str
    seq: int


class Tally(msgspec.Struct, frozen=True, gc=False):
    """The answers of one bar counted, from the scale's low to its high."""

    counts: tuple[int, ...]
    dont_know: int


class Shown(msgspec.Struct, frozen=True):
    """What the room may see: the answers behind each bar and their number, bars of too few left out of `tallies`.

    `past` holds every picture of a bar that anybody may have seen, this one too.
    """

    bars: Map[Key, Answers]
    tallies: Map[Key, Tally]
    past: Map[Key, tuple[Answers, ...]]
    people: int


class First(msgspec.Struct, frozen=True):
    """As it was at the first reveal: splits by group are decided on this for good."""

    bars: Map[Key, Answers]
    groups: Map[str, str]


class State(msgspec.Struct, frozen=True):
    """`rated` counts ratings per author; `changed` are authors per bar that differ from what is `shown`; `phase` as last told."""

    bars: Map[Key, Answers] = Map()
    rated: Map[str, int] = Map()
    texts: Map[str, Map[str, Written]] = Map()
    groups: Map[str, tuple[str, int]] = Map()
    counts: Map[Key, tuple[tuple[int, ...], int]] = Map()
    shown: Shown | None = None
    first: First | None = None
    changed: Map[Key, Map[str, bool]] = Map()
    phase: str = ""


NOBODY: Answers = Map()
NO_TEXTS: Map[str, Written] = Map()
EMPTY = State()
replace = msgspec.structs.replace


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if isinstance(event, Envelope):
        return _give(definition, state, event)
    if isinstance(event, Withdrawn):
        return _take_back(definition, state, event.target)
    return _change_phase(definition, state, event)


def bar(state: State, item: str, subject: str) -> Answers:
    """The answers of one bar by author."""
    return state.bars.get((item, subject), NOBODY)


def answered(state: State) -> int:
    """How many people have given a rating or a text."""
    return len(state.rated) + sum(author not in state.rated for author in state.texts)


def uncounted(state: State) -> int:
    """How many people have changed something that the shown numbers do not have yet."""
    return len({author for authors in state.changed.values() for author in authors})


def _give(definition: Definition, state: State, event: Envelope) -> State:
    data: Any = event.data
    if isinstance(data, Rate):
        given = None if data.value is None else (data.value, event.seq)
        return _rate(definition, state, (data.item, data.subject), event.author, given)
    if isinstance(data, Write):
        return _write(state, event.author, data.part, Written(event.id, data.text, event.seq) if data.text.strip() else None)
    if isinstance(data, Belong):
        return replace(state, groups=_put(state.groups, event.author, (data.group, event.seq) if data.group else None))
    if isinstance(data, Count):
        counts = (data.counts, event.seq) if any(data.counts) else None
        return replace(state, counts=_put(state.counts, (data.item, data.subject), counts))
    return state


def _rate(definition: Definition, state: State, key: Key, author: str, given: Given | None) -> State:
    before = state.bars.get(key, NOBODY)
    old = before.get(author)
    if given is None and old is None:
        return state
    bars = _put(state.bars, key, _put(before, author, given) or None)
    rated = state.rated
    if (old is None) != (given is None):
        rated = _put(rated, author, (rated.get(author, 0) + (1 if given else -1)) or None)
    after = replace(state, bars=bars, rated=rated)
    return after if state.shown is None else _weigh(definition, after, state.shown, key, author)


def _weigh(definition: Definition, state: State, shown: Shown, key: Key, author: str) -> State:
    """Note that this person's answer differs from what is shown, and move the bar when enough people's do."""
    seen, now = shown.bars.get(key, NOBODY), state.bars.get(key, NOBODY)
    changed = state.changed.get(key, Map())
    changed = _put(changed, author, None if _value(seen.get(author)) == _value(now.get(author)) else True)
    if changed and _may_move(definition, shown, key, len(changed), now):
        return replace(state, shown=_move(definition, shown, key, now), changed=_put(state.changed, key, None))
    return replace(state, changed=_put(state.changed, key, changed or None))


def _may_move(definition: Definition, shown: Shown, key: Key, changed: int, now: Answers) -> bool:
    """Against every earlier picture of the bar the new one must differ by nobody or by enough people, not only against the last."""
    is_news = key not in shown.tallies and len(now) >= definition.minimum
    if changed < definition.minimum and not is_news:
        return False
    return all(not 0 < distance < definition.minimum for distance in _distances(shown, key, now))


def _move(definition: Definition, shown: Shown, key: Key, now: Answers) -> Shown:
    bars, tally = _put(shown.bars, key, now or None), _tally(definition, now)
    is_new = tally is not None and all(_distances(shown, key, now))
    past = _put(shown.past, key, (*shown.past.get(key, ()), now)) if is_new else shown.past
    return Shown(bars, _put(shown.tallies, key, tally), past, _people(bars))


def _distances(shown: Shown, key: Key, now: Answers) -> list[int]:
    """How many people's answers lie between each picture of the bar and this one."""
    return [sum(_value(past.get(author)) != _value(now.get(author)) for author in {*past, *now}) for past in shown.past.get(key, ())]


def _write(state: State, author: str, part: str, written: Written | None) -> State:
    mine = _put(state.texts.get(author, NO_TEXTS), part, written)
    return replace(state, texts=_put(state.texts, author, mine or None))


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
        return replace(state, groups=_put(state.groups, author, None)) if group and group[1] == target.seq else state
    if isinstance(data, Count):
        counted = state.counts.get((data.item, data.subject))
        gone = counted is not None and counted[1] == target.seq
        return replace(state, counts=_put(state.counts, (data.item, data.subject), None)) if gone else state
    return state


def _change_phase(definition: Definition, state: State, event: PhaseChanged) -> State:
    """The first time the room sees the result, what it sees is kept. Later reveals show that, with what has moved since."""
    if event.phase != "result":
        return replace(state, phase=event.phase)
    shown = state.shown or show(definition, state)
    first = state.first
    if first is None and shown.people >= definition.minimum:
        first = First(shown.bars, Map({author: group for author, (group, _seq) in state.groups.items()}))
    return replace(state, shown=shown, first=first, phase=event.phase)


def show(definition: Definition, state: State) -> Shown:
    """Everybody so far, counted."""
    tallies = {key: tally for key, answers in state.bars.items() if (tally := _tally(definition, answers))}
    past = {key: (state.bars[key],) for key in tallies}
    return Shown(state.bars, Map(tallies), Map(past), len(state.rated))


def _tally(definition: Definition, answers: Answers) -> Tally | None:
    if len(answers) < definition.minimum:
        return None
    values = [value for value, _seq in answers.values()]
    scale = definition.instrument
    return Tally(count_values(values, scale.low, scale.high), values.count("dk"))


def _people(bars: Map[Key, Answers]) -> int:
    return len({author for answers in bars.values() for author in answers})


def _value(given: Given | None) -> int | str | None:
    return None if given is None else given[0]


def _put(mapping: Map[Any, Any], key: Any, value: Any) -> Map[Any, Any]:
    """The map with the value there; None takes it away."""
    if value is not None:
        return mapping.set(key, value)
    return mapping.delete(key) if key in mapping else mapping
