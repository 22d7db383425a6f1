"""How the crew meets a delay: other lengths for what comes, another start to count from, and what participants are told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from immutables import Map

from mellanrum.rooms.plan import LOBBY, Block
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import StageState, Told
from mellanrum.rooms.stage.timing import MINUTE_MS, day_start, leaves_at, walk
from mellanrum.rooms.stage.views import Moved

WORTH_TELLING_MS = 5 * MINUTE_MS


def met(course: Course, state: StageState, act: acts.Replan, at: int) -> StageState:
    """The state with what was decided; the same one when that is how it is already."""
    here = course.step(state.step).block
    coming = {block.key for block in coming_blocks(course, state)}
    lengths = state.lengths.update({key: minutes for key, minutes in act.lengths.items() if key in coming})
    from_start = act.base == "start" if act.base and here is None else state.from_start
    let_be = (here.key if here else LOBBY) if act.leave else ""
    after = replace(state, lengths=lengths, from_start=from_start, let_be=let_be)
    return state if after == state else replace(after, told=told(course, after, at))


def coming_blocks(course: Course, state: StageState) -> tuple[Block, ...]:
    here = course.step(state.step).block
    return course.plan.blocks[course.plan.blocks.index(here) + 1 :] if here else course.plan.blocks


def retold(course: Course, before: StageState, after: StageState, at: int) -> StageState:
    """Once participants have been told, they hear what later moves do to it; before that nobody is made uneasy."""
    began = after.from_start and before.entered_at is None
    is_same = (before.entered_at, before.timing) == (after.entered_at, after.timing)
    if is_same or after.is_closed or (after.told is None and not began):
        return after
    return replace(after, told=told(course, after, at))


def told(course: Course, state: StageState, at: int) -> Told:
    blocks = coming_blocks(course, state)
    ahead = walk(blocks, leaves_at(course.plan, state, at), state.lengths, day_start(course.plan, state))
    begins = {block.key: start for block, start in zip(blocks, ahead.starts, strict=False) if block.fixed is not None and block.agenda}
    return Told(ahead.starts[-1], Map(begins))


def moved(course: Course, state: StageState) -> Moved | None:
    """The one line for participants: the next time on their agenda that has moved, or else the end; None when nothing concerns them."""
    day = day_start(course.plan, state)
    if state.told is None or day is None or course.plan.starts_at is None or state.is_closed:
        return None
    return next((one for one in _moves(course, state, state.told, day) if abs(one.at - one.instead_of) >= WORTH_TELLING_MS), None)


def _moves(course: Course, state: StageState, said: Told, day: int) -> Iterator[Moved]:
    for block in coming_blocks(course, state):
        if block.key in said.begins and state.lengths.get(block.key) != 0:
            yield _moved(block.agenda, said.begins[block.key], day + (block.fixed or 0) * MINUTE_MS)
    yield _moved("", said.ends_at, walk(course.plan.blocks, day, {}, day).starts[-1])


def _moved(what: str, at: int, instead_of: int) -> Moved:
    """By whole minutes: seconds would tell when somebody pressed a button."""
    return Moved(what, instead_of + (at - instead_of + MINUTE_MS // 2) // MINUTE_MS * MINUTE_MS, instead_of)
