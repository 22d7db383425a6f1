"""What a room has been shown of a rating, and when it may change.

A picture stays. A bar moves to a new one only when the new one differs from every picture of it that anybody may have seen by
nobody's answer or by those of as many people as the minimum: so no difference between two pictures points at somebody.
"""

from __future__ import annotations

from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercises.scale.definition import Definition
from mellanrum.insight.distribution import count_values

Key = tuple[str, str]
"""(item, subject): one bar."""
Given = tuple[int | str, int]
"""(value or `dk`, seq)."""
Answers = Map[str, Given]

NOBODY: Answers = Map()
UNCHANGED: Map[str, bool] = Map()
replace = msgspec.structs.replace


class Tally(msgspec.Struct, frozen=True, gc=False):
    """The answers of one bar counted, from the scale's low to its high."""

    counts: tuple[int, ...]
    dont_know: int


class Picture(msgspec.Struct, frozen=True):
    """One bar as it is shown: the answers behind it and their tally, which is None for too few.

    `past` are all its pictures anybody may have seen; `away` tells how many people's answers now differ from each of them;
    `changed` are the people whose answer differs from this one.
    """

    answers: Answers = NOBODY
    tally: Tally | None = None
    past: tuple[Answers, ...] = ()
    away: tuple[int, ...] = ()
    changed: Map[str, bool] = UNCHANGED


class Shown(msgspec.Struct, frozen=True):
    """All pictures; `authors` are the people behind them, with the number of bars each is in."""

    bars: Map[Key, Picture]
    authors: Map[str, int]


UNSEEN = Picture()


def show(definition: Definition, bars: Map[Key, Answers], authors: Map[str, int]) -> Shown:
    """Everybody so far."""
    return Shown(Map({key: _first_picture(definition, answers) for key, answers in bars.items()}), authors)


def note(shown: Shown, key: Key, author: str, old: Given | None, new: Given | None) -> Shown:
    """Remember that this person's answer is another now."""
    picture = shown.bars.get(key, UNSEEN)
    was, now = value_of(old), value_of(new)
    away = tuple(
        distance + (value_of(past.get(author)) != now) - (value_of(past.get(author)) != was)
        for distance, past in zip(picture.away, picture.past, strict=True)
    )
    is_same = value_of(picture.answers.get(author)) == now
    changed = put(picture.changed, author, None if is_same else True)
    return replace(shown, bars=shown.bars.set(key, replace(picture, away=away, changed=changed)))


def settle(definition: Definition, shown: Shown, key: Key, now: Answers) -> Shown:
    """Move the bar to the answers of now if it may."""
    picture = shown.bars.get(key, UNSEEN)
    if not _may_move(definition, picture, now):
        return shown
    tally = _tally(definition, now)
    past, away = picture.past, picture.away
    if tally is not None and all(away):
        past, away = (*past, now), (*away, 0)
    authors = _authors(shown.authors, picture, now)
    return Shown(shown.bars.set(key, Picture(now, tally, past, away)), authors)


def uncounted(shown: Shown) -> int:
    """How many people have changed something that the shown numbers do not have yet."""
    return len({author for picture in shown.bars.values() for author in picture.changed})


def value_of(given: Given | None) -> int | str | None:
    return None if given is None else given[0]


def put(mapping: Map[Any, Any], key: Any, value: Any) -> Map[Any, Any]:
    """The map with the value there; None takes it away."""
    if value is not None:
        return mapping.set(key, value)
    return mapping.delete(key) if key in mapping else mapping


def _first_picture(definition: Definition, answers: Answers) -> Picture:
    tally = _tally(definition, answers)
    return Picture(answers, tally, (answers,), (0,)) if tally else Picture(answers)


def _may_move(definition: Definition, picture: Picture, now: Answers) -> bool:
    is_news = picture.tally is None and len(now) >= definition.minimum
    if not picture.changed or (len(picture.changed) < definition.minimum and not is_news):
        return False
    return all(not 0 < distance < definition.minimum for distance in picture.away)


def _tally(definition: Definition, answers: Answers) -> Tally | None:
    if len(answers) < definition.minimum:
        return None
    values = [value for value, _seq in answers.values()]
    scale = definition.instrument
    return Tally(count_values(values, scale.low, scale.high), values.count("dk"))


def _authors(authors: Map[str, int], picture: Picture, now: Answers) -> Map[str, int]:
    for author in picture.changed:
        more = (author in now) - (author in picture.answers)
        authors = put(authors, author, (authors.get(author, 0) + more) or None)
    return authors
