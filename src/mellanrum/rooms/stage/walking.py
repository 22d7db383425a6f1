"""Entering and leaving: what happens to clock, finished times and exercises when the room moves."""

from __future__ import annotations

from dataclasses import replace

from mellanrum.rooms.plan import CLOSED, Block, Step
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import Opened, StageState, Timing


def enter(course: Course, state: StageState, step: Step, at: int) -> StageState:
    """Stand in that step. Another block means: its clock starts, and the exercise of the block left behind closes."""
    here = course.step(state.step)
    if here.key == step.key:
        return _open_step(state, step, at)
    if here.block is not step.block:
        state = _start_block(_leave_block(state, here, at), step.block, at)
    return _open_step(replace(state, step=step.key), step, at)


def neighbour(course: Course, state: StageState, direction: int) -> Step | None:
    """Where *next* (1) or *back* (-1) leads, past blocks that the crew has left out; None at either end."""
    place = course.index.get(state.step, 0) + direction
    while 0 <= place < len(course.steps) and is_left_out(state, course.steps[place].block):
        place += direction
    return course.steps[place] if 0 <= place < len(course.steps) else None


def is_left_out(state: StageState, block: Block | None) -> bool:
    return block is not None and block.minutes > 0 and state.lengths.get(block.key) == 0


def put(state: StageState, exercise: str, phase: str, at: int) -> StageState:
    """Move an exercise to a phase, opening it when it is not open."""
    before = state.exercises.get(exercise)
    if before is None:
        return replace(state, exercises=state.exercises.set(exercise, Opened(phase, at)))
    if before.phase == phase:
        return state
    left = (*(one for one in before.left if one[0] != before.phase), (before.phase, at))
    opened_at = at if before.phase == CLOSED else before.opened_at
    closed_at = at if phase == CLOSED else None
    return replace(state, exercises=state.exercises.set(exercise, Opened(phase, opened_at, closed_at, left)))


def close(state: StageState, exercise: str, at: int) -> StageState:
    return put(state, exercise, CLOSED, at) if is_open(state, exercise) else state


def is_open(state: StageState, exercise: str) -> bool:
    opened = state.exercises.get(exercise)
    return opened is not None and opened.phase != CLOSED


def close_room(course: Course, state: StageState, at: int) -> StageState:
    """Thanks for today: everything closes, the step stays for a room that opens again."""
    state = _leave_block(state, course.step(state.step), at)
    for exercise in state.exercises:
        state = close(state, exercise, at)
    return replace(state, is_closed=True, closed_at=at)


def open_room(course: Course, state: StageState, at: int) -> StageState:
    if not state.is_closed:
        return state
    step = course.step(state.step)
    entered_at = at if step.block else None
    return _open_step(replace(state, is_closed=False, closed_at=None, entered_at=entered_at), step, at)


def _leave_block(state: StageState, here: Step, at: int) -> StageState:
    if here.block is None:
        return state
    if here.exercise:
        state = close(state, here.exercise, at)
    since = at if state.entered_at is None else state.entered_at
    took = state.took.get(here.block.key, 0) + max(0, at - since)
    left = state.left.set(here.block.key, max(at, since))
    return replace(state, took=state.took.set(here.block.key, took), left=left, entered_at=None)


def _start_block(state: StageState, block: Block | None, at: int) -> StageState:
    if block is None:
        return replace(state, timing=None, entered_at=None)
    if is_left_out(state, block):  # who goes there all the same wants it
        state = replace(state, lengths=state.lengths.delete(block.key))
    length = state.lengths.get(block.key, block.minutes) * 60_000
    timing = Timing(at, at + length, length) if length else None
    started_at = at if state.started_at is None else state.started_at
    began = state.began if block.key in state.began else state.began.set(block.key, at)
    return replace(state, timing=timing, entered_at=at, started_at=started_at, began=began)


def _open_step(state: StageState, step: Step, at: int) -> StageState:
    return put(state, step.exercise, step.phase, at) if step.exercise and step.phase else state
