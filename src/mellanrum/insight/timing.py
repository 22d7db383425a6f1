"""When things begin and end: a day from its start and the lengths of its parts, and the order of those parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeVar

import msgspec

Key = TypeVar("Key", bound=Hashable)


class Span(msgspec.Struct, frozen=True):
    """One part of a day; `offset` is whole minutes from the start, the moments are None while the day has no time."""

    offset: int
    minutes: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None


def spans(lengths: Iterable[int], start: datetime | None) -> tuple[Span, ...]:
    """The parts one after another. Minutes are real ones: across a change of clocks a part lasts as long as it says.

    `start` knows its zone. Raises ValueError when it does not, and for a length below zero.
    """
    found: list[Span] = []
    offset = 0
    begin = _moment(start)
    for minutes in lengths:
        if minutes < 0:
            raise ValueError(f"a part cannot last {minutes} minutes")
        found.append(Span(offset, minutes, _after(begin, offset), _after(begin, offset + minutes)))
        offset += minutes
    return tuple(found)


def moved(keys: Sequence[Key], key: Key, *, before: Key | None) -> tuple[Key, ...]:
    """The keys with `key` placed before another one, or last when `before` is None. Raises ValueError for a key that is not there."""
    if key not in keys or (before is not None and before not in keys):
        raise ValueError("no such key")
    if key == before:
        return tuple(keys)
    rest = [other for other in keys if other != key]
    place = len(rest) if before is None else rest.index(before)
    return (*rest[:place], key, *rest[place:])


def follower(keys: Sequence[Key], key: Key) -> Key | None:
    """What stands after `key`: with `moved(…, before=…)` it undoes a move. None for the last one."""
    place = list(keys).index(key) + 1
    return keys[place] if place < len(keys) else None


def shares(parts: Iterable[tuple[Key, int]]) -> dict[Key, int]:
    """Minutes by kind, in the order in which kinds first come; kinds without minutes are left out."""
    found: dict[Key, int] = {}
    for kind, minutes in parts:
        if minutes:
            found[kind] = found.get(kind, 0) + minutes
    return found


def minutes_out(parts: Iterable[tuple[int, bool]]) -> tuple[int, int]:
    """For how many minutes phones are out, of how many; a part is its minutes and whether they are."""
    rows = tuple(parts)
    return sum(minutes for minutes, is_out in rows if is_out), sum(minutes for minutes, _is_out in rows)


def _moment(start: datetime | None) -> datetime | None:
    if start is None:
        return None
    if start.tzinfo is None:
        raise ValueError("a start without a zone could be any hour")
    return start.astimezone(UTC)  # where an hour is always sixty minutes; a zone's own arithmetic follows the clock on the wall


def _after(begin: datetime | None, minutes: int) -> datetime | None:
    return begin + timedelta(minutes=minutes) if begin else None
