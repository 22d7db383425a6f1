"""What the crew is offered when the room is late or ahead, reckoned at one moment from the plan and from what has happened."""

from __future__ import annotations

from collections.abc import Mapping

from mellanrum.insight.replan import Coming, Proposal, Track, judge, propose
from mellanrum.rooms.plan import Block
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.delays import coming_blocks
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.timing import MINUTE_MS, day_start, leaves_at, planned_start, walk


def offer(course: Course, state: StageState, now: int, by_hand: Mapping[str, int] | None = None) -> tuple[tuple[Coming, ...], Proposal]:
    """What comes, and the lengths proposed for it; `by_hand` are lengths that somebody wants instead, by block, of which all are kept.

    Minutes count from `day_of`.
    """
    blocks = coming_of(course, state)
    arrives = leaves_at(course.plan, state, now)
    day = day_of(course, state, now)
    planned = _planned(course, state, arrives)
    at = {"arrives": _minutes(arrives - day), "planned": _minutes(planned - day)}
    if by_hand is None:
        return blocks, propose(blocks, **at)
    return blocks, judge(blocks, [by_hand.get(block.key, block.minutes) for block in blocks], **at)


def coming_of(course: Course, state: StageState) -> tuple[Coming, ...]:
    is_fixed = course.plan.starts_at is not None
    return tuple(_coming(block, state.lengths.get(block.key, block.minutes), is_fixed=is_fixed) for block in coming_blocks(course, state))


def day_of(course: Course, state: StageState, now: int) -> int:
    """The moment from which fixed times count, in Unix milliseconds; any moment will do where there are none."""
    day = day_start(course.plan, state)
    return now if day is None else day


def _coming(block: Block, minutes: int, *, is_fixed: bool) -> Coming:
    tracks = tuple(Track(track.title, sum(row.minutes if row.least is None else row.least for row in track.rows)) for track in block.tracks)
    return Coming(block.key, block.minutes, minutes, block.least, block.most, block.fixed if is_fixed else None, tracks)


def _planned(course: Course, state: StageState, arrives: int) -> int:
    """When the plan had the current block's end; the plan that counts from the real start cannot be late before it."""
    begins = planned_start(course.plan, state)
    here = course.step(state.step).block
    if begins is None or (here is None and state.from_start):
        return arrives
    if here is None:
        return begins
    place = course.plan.blocks.index(here)
    return walk(course.plan.blocks, begins, {}, day_start(course.plan, state)).starts[place] + here.length_ms


def _minutes(milliseconds: int) -> int:
    """The nearest whole minute, as the page counts."""
    return (milliseconds + MINUTE_MS // 2) // MINUTE_MS
