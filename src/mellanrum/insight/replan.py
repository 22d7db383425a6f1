"""What is left of a day made to fit again: shorter where there is time to win, longer where there is time to give back.

Everything is in whole minutes from one moment of the day; which one does not matter. A day falls into stretches, each up to the next
fixed time and the last up to the planned end. Time is won in the stretch that is late, nearest first, because what is won later comes
too late for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

THIRD = 3  # where nobody has said how short a block can be, a third of it at most


class Track(msgspec.Struct, frozen=True):
    """What goes on beside others in the same block; `needs` is the minutes it cannot do without."""

    title: str
    needs: int


class Coming(msgspec.Struct, frozen=True):
    """A block that has not begun. `minutes` is what it has now, `ideal` what it should have; `least` and `most` None when nobody has said.

    `fixed` is when it begins whatever came before.
    """

    key: str
    ideal: int
    minutes: int
    least: int | None = None
    most: int | None = None
    fixed: int | None = None
    tracks: tuple[Track, ...] = ()

    @property
    def floor(self) -> int:
        """As short as it may be; never under one minute, and never longer than it is now."""
        shortest = self.ideal - self.ideal // THIRD if self.least is None else self.least
        return min(self.minutes, max(1, shortest))

    @property
    def ceiling(self) -> int:
        return max(self.minutes, self.ideal if self.most is None else self.most)


class Overrun(msgspec.Struct, frozen=True):
    """A track that has `short` minutes too few in that block."""

    key: str
    track: str
    short: int


class Stretch(msgspec.Struct, frozen=True):
    """The way up to `until`, the key of a block with a fixed time or "" for the end.

    `late` is how many minutes were to be won before it (below zero: to give back) and `left` how many of them are still there
    afterwards; `skip` is the block to leave out when that is too many.
    """

    until: str
    at: int
    late: int
    left: int
    skip: str = ""


class Proposal(msgspec.Struct, frozen=True):
    """`minutes` has a length for every coming block, in their order."""

    minutes: tuple[int, ...]
    stretches: tuple[Stretch, ...]
    overruns: tuple[Overrun, ...] = ()


Choose = Callable[[Sequence[Coming], int], list[int]]  # a stretch, and how late it is → its lengths


def propose(blocks: Sequence[Coming], *, arrives: int, planned: int) -> Proposal:
    """New lengths for what comes. `arrives` is when the current block ends as it looks, `planned` when it should have ended."""
    return _along(blocks, arrives, planned, _fitted)


def judge(blocks: Sequence[Coming], lengths: Sequence[int], *, arrives: int, planned: int) -> Proposal:
    """The same sums for lengths that somebody chose by hand."""
    chosen = {block.key: minutes for block, minutes in zip(blocks, lengths, strict=True)}
    return _along(blocks, arrives, planned, lambda part, _late: [chosen[block.key] for block in part])


def overruns(blocks: Sequence[Coming], lengths: Sequence[int]) -> tuple[Overrun, ...]:
    """The tracks that a changed block is too short for."""
    return tuple(
        Overrun(block.key, track.title, track.needs - minutes)
        for block, minutes in zip(blocks, lengths, strict=True)
        for track in block.tracks
        if minutes != block.minutes and track.needs > minutes
    )


def split(amount: int, rooms: Sequence[int]) -> list[int]:
    """Whole minutes shared out in proportion to the room each has, never more than that; the largest remainders are rounded up."""
    total = sum(rooms)
    amount = min(amount, total)
    if amount <= 0:
        return [0] * len(rooms)
    parts = [amount * room // total for room in rooms]
    order = sorted(range(len(rooms)), key=lambda place: -(amount * rooms[place] % total))
    for place in order[: amount - sum(parts)]:
        parts[place] += 1
    return parts


def _stretches(blocks: Sequence[Coming]) -> list[tuple[Sequence[Coming], Coming | None]]:
    """Each with the block with a fixed time that it leads to; the last one leads to the end."""
    places = [place for place, block in enumerate(blocks) if block.fixed is not None]
    begins, ends = [0, *places], [*places, len(blocks)]
    return [(blocks[begin:end], blocks[end] if end < len(blocks) else None) for begin, end in zip(begins, ends, strict=True)]


def _along(blocks: Sequence[Coming], arrives: int, planned: int, choose: Choose) -> Proposal:
    lengths: list[int] = []
    stretches: list[Stretch] = []
    for part, until in _stretches(blocks):
        reached = planned + sum(block.ideal for block in part)
        target = reached if until is None or until.fixed is None else until.fixed
        late = _late(arrives + sum(block.minutes for block in part), target, reached)
        new = choose(part, late)
        left = _late(arrives + sum(new), target, reached)
        stretches.append(Stretch(until.key if until else "", target, late, left, _skip(part, new, left)))
        lengths += new
        arrives, planned = max(target, arrives + sum(new)), max(target, reached)
    return Proposal(tuple(lengths), tuple(stretches), overruns(blocks, lengths))


def _late(arrives: int, target: int, reached: int) -> int:
    """Between the planned arrival and a fixed time there is a pause that nobody has to fill."""
    return max(0, arrives - target) or min(0, arrives - min(target, reached))


def _fitted(part: Sequence[Coming], late: int) -> list[int]:
    if late < 0:
        return _longer(part, -late)
    cuts = split(late, [block.minutes - block.floor for block in part])
    return [block.minutes - cut for block, cut in zip(part, cuts, strict=True)]


def _longer(part: Sequence[Coming], spare: int) -> list[int]:
    """First towards what each should have, then towards the most it can use."""
    new = [block.minutes for block in part]
    for goals in ([min(block.ideal, block.ceiling) for block in part], [block.ceiling for block in part]):
        rooms = [max(0, goal - minutes) if minutes else 0 for goal, minutes in zip(goals, new, strict=True)]
        more = split(spare, rooms)
        new, spare = [minutes + extra for minutes, extra in zip(new, more, strict=True)], spare - sum(more)
    return new


def _skip(part: Sequence[Coming], lengths: Sequence[int], left: int) -> str:
    """The shortest block that is enough by itself, else the longest; what has a fixed time stays."""
    found = [(minutes, block.key) for block, minutes in zip(part, lengths, strict=True) if minutes and block.fixed is None]
    if left <= 0 or not found:
        return ""
    enough = [one for one in found if one[0] >= left]
    return min(enough)[1] if enough else max(found)[1]
