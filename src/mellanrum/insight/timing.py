"""When things begin and end: a day from its start and the lengths of its parts, and the order of those parts."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import Literal, TypeVar

import msgspec

Key = TypeVar("Key", bound=Hashable)
When = Literal["before", "meeting", "after"]
ORDER: tuple[When, ...] = ("before", "meeting", "after")


class Span(msgspec.Struct, frozen=True):
    """One part of a day; `offset` is whole minutes from the start, the moments are None while the day has no time.

    `slack` is the minutes between the part and what stands before it: above zero nothing goes on, below zero both do.
    """

    offset: int
    minutes: int
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    slack: int = 0

    @property
    def end(self) -> int:
        return self.offset + self.minutes

    @property
    def gap(self) -> int:
        return max(0, self.slack)

    @property
    def clash(self) -> int:
        return max(0, -self.slack)


class Length(msgspec.Struct, frozen=True):
    """A part to be placed: how long it takes, and where it stands; `fixed` is its offset where it does not move."""

    minutes: int
    fixed: int | None = None
    when: When = "meeting"


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


def placed(lengths: Sequence[Length], start: datetime | None) -> tuple[Span, ...]:
    """The parts of a day with points that do not move.

    The meeting's follow each other from the start, what comes before counts backwards from it, what comes after begins where the
    last of the meeting ends. A fixed part begins where it says, whatever that leaves or takes; those around it follow it.
    Raises ValueError as `spans` does, and for parts that are not in the order before, meeting, after.
    """
    ranks = [ORDER.index(length.when) for length in lengths]
    if ranks != sorted(ranks):
        raise ValueError("what comes before stands first, what comes after stands last")
    before, meeting, after = ([length for length in lengths if length.when == when] for when in ORDER)
    begins = _forwards(meeting, 0)
    over = max((at + length.minutes for at, length in zip(begins, meeting, strict=True)), default=0)
    offsets = (*_backwards(before), *begins, *_forwards(after, over))
    begin = _moment(start)
    found: list[Span] = []
    for place, (length, offset) in enumerate(zip(lengths, offsets, strict=True)):
        if length.minutes < 0:
            raise ValueError(f"a part cannot last {length.minutes} minutes")
        slack = offset - _end_before(place, lengths, found, over)
        found.append(Span(offset, length.minutes, _after(begin, offset), _after(begin, offset + length.minutes), slack))
    return tuple(found)


def _end_before(place: int, lengths: Sequence[Length], found: Sequence[Span], over: int) -> int:
    """Where what stands before the part ends: the whole meeting for the first after it, the start for the first of a day."""
    when = lengths[place].when
    if when == "after" and (place == 0 or lengths[place - 1].when != "after"):
        return over
    if found:
        return found[-1].end
    return 0 if when == "meeting" else _backwards([length for length in lengths if length.when == "before"])[0]


def _forwards(lengths: Iterable[Length], at: int) -> list[int]:
    found = []
    for length in lengths:
        at = at if length.fixed is None else length.fixed
        found.append(at)
        at += length.minutes
    return found


def _backwards(lengths: Sequence[Length]) -> list[int]:
    found: list[int] = []
    at = 0
    for length in reversed(lengths):
        at = at - length.minutes if length.fixed is None else length.fixed
        found.insert(0, at)
    return found


def fixed_offset(start: datetime, clock: time, when: When = "meeting") -> int:
    """Minutes from `start` until the wall where it is shows `clock`: the next time, or the last for what comes before.

    In the night that has an hour twice both count; an hour that a night leaves out is read as the clock before it was moved.
    """
    if start.tzinfo is None:
        raise ValueError("a start without a zone could be any hour")
    way = -1 if when == "before" else 1
    days = (start.date(), start.date() + timedelta(days=way))
    moments = (moment for day in days for moment in _shown(datetime.combine(day, clock, tzinfo=start.tzinfo))[::way])
    away = (int((moment - start.timestamp()) // 60) for moment in moments)
    return next(minutes for minutes in away if minutes * way >= 0)


def _shown(wall: datetime) -> tuple[float, float]:
    """When the wall shows it, as Unix time: twice in the night that has the hour twice, else both are the same."""
    first, second = wall.timestamp(), wall.replace(fold=1).timestamp()
    return first, max(first, second)


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
