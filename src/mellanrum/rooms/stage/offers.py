"""A proposal as the cockpit draws it: lines in the order of the day, times on the wall, and the act that says yes to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from mellanrum.insight.replan import Coming, Overrun, Proposal, Stretch
from mellanrum.rooms.plan import Block
from mellanrum.rooms.stage.contributions import Replan
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.delays import coming_blocks
from mellanrum.rooms.stage.replan import day_of, offer
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.timing import MINUTE_MS


class Line(msgspec.Struct, frozen=True):
    """A coming block: what it has now, what it would get, and what speaks against that. `lacks` is the least time it was said to need."""

    block: str
    title: str
    was: int
    minutes: int
    lacks: int | None = None
    overruns: tuple[Overrun, ...] = ()

    @property
    def less(self) -> int:
        return max(0, self.minutes - 1)


class Point(msgspec.Struct, frozen=True):
    """A time to keep, in Unix milliseconds: of a block, or the end (no title). `left` minutes are not won; without `skip` they are."""

    title: str
    at: int
    begins: int
    left: int
    skip: str = ""
    skip_title: str = ""


class OfferView(msgspec.Struct, frozen=True):
    """`kind` is late, short (not all can be won), early or even; `yes` is the data of the act that accepts, empty when nothing changes."""

    kind: str
    step: str
    lines: tuple[Line | Point, ...]
    yes: str
    leave: str
    cuts: int


def offer_view(course: Course, state: StageState, now: int, by_hand: Mapping[str, int] | None = None) -> OfferView:
    coming, found = offer(course, state, now, by_hand)
    changed = {one.key: new for one, new in zip(coming, found.minutes, strict=True) if new != one.minutes}
    points = [_point(course, one, day_of(course, state, now)) for one in found.stretches]
    return OfferView(
        kind=_kind(found),
        step=state.step,
        lines=tuple(_lines(coming_blocks(course, state), coming, found, points)),
        yes=_act(Replan(state.step, changed)) if changed else "",
        leave=_act(Replan(state.step, leave=True)),
        cuts=len(changed),
    )


def _kind(found: Proposal) -> str:
    if any(one.late > 0 for one in found.stretches):
        return "short" if any(one.left > 0 for one in found.stretches) else "late"
    return "early" if any(one.late < 0 for one in found.stretches) else "even"


def _lines(blocks: tuple[Block, ...], coming: tuple[Coming, ...], found: Proposal, points: list[Point]) -> Iterator[Line | Point]:
    until = {one.until: point for one, point in zip(found.stretches, points, strict=True)}
    for block, one, minutes in zip(blocks, coming, found.minutes, strict=True):
        if block.key in until:
            yield until[block.key]
        lacks = one.least if one.least and 0 < minutes < min(one.least, one.minutes) else None
        yield Line(block.key, block.title, one.minutes, minutes, lacks, tuple(o for o in found.overruns if o.key == block.key))
    yield until[""]


def _point(course: Course, stretch: Stretch, day: int) -> Point:
    titles = {block.key: block.title for block in course.plan.blocks}
    at = day + stretch.at * MINUTE_MS
    begins = at + stretch.left * MINUTE_MS if stretch.left > 0 or not stretch.until else at
    return Point(titles.get(stretch.until, ""), at, begins, max(0, stretch.left), stretch.skip, titles.get(stretch.skip, ""))


def _act(act: Replan) -> str:
    return msgspec.json.encode(act).decode()
