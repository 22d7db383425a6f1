"""What each crew act does to the room; every function gives the state after it, the same one when it means nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mellanrum.rooms.plan import CLOSED
from mellanrum.rooms.stage import beside, delays, walking
from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import Course, Placed
from mellanrum.rooms.stage.state import StageState


def next_step(course: Course, state: StageState, act: acts.Next, at: int) -> StageState:
    """One step on; from the last step, closing is an act of its own."""
    return _walk(course, state, act.from_step, 1, at)


def back(course: Course, state: StageState, act: acts.Back, at: int) -> StageState:
    return _walk(course, state, act.from_step, -1, at)


def go(course: Course, state: StageState, act: acts.Go, at: int) -> StageState:
    place = course.index.get(act.to)
    if place is None or state.is_closed or _is_elsewhere(state, act.from_step):
        return state
    return walking.enter(course, state, course.steps[place], at)


def open_up(course: Course, state: StageState, act: acts.Open, at: int) -> StageState:
    """An exercise beside the current block, or the closed room at the step it had."""
    if act.exercise is None:
        return walking.open_room(course, state, at)
    placed = course.exercises.get(act.exercise)
    if placed is None or state.is_closed or walking.is_open(state, placed.id):
        return state
    here = course.step(state.step)
    phase = here.phase if here.exercise == placed.id and here.phase else placed.first_phase
    return walking.put(state, placed.id, phase, at)


def close(course: Course, state: StageState, act: acts.Close, at: int) -> StageState:
    if state.is_closed:
        return state
    return walking.close_room(course, state, at) if act.exercise is None else walking.close(state, act.exercise, at)


def reveal(course: Course, state: StageState, act: acts.Reveal, at: int) -> StageState:
    """Show a result; in the current block the room steps there."""
    here = course.step(state.step)
    placed = course.exercises.get(act.exercise or here.exercise or "")
    if placed is None or state.is_closed or placed.showing_phase is None or _shows(state, placed):
        return state
    if here.exercise == placed.id:
        return walking.enter(course, state, course.step(f"{placed.block}:{placed.showing_phase}"), at)
    return walking.put(state, placed.id, placed.showing_phase, at)


def hide(course: Course, state: StageState, act: acts.Hide, at: int) -> StageState:
    return state if act.id in state.hidden else replace(state, hidden=state.hidden.set(act.id, act.reason))


def admit(course: Course, state: StageState, act: acts.Admit, at: int) -> StageState:
    return state if act.id in state.admitted else replace(state, admitted=state.admitted.set(act.id, at))


def extend(course: Course, state: StageState, act: acts.Extend, at: int) -> StageState:
    timing = state.timing
    if timing is None or state.is_closed:
        return state
    more = act.minutes * 60_000
    ends_at = None if timing.ends_at is None else timing.ends_at + more
    left = None if timing.left_ms is None else timing.left_ms + more
    longer = replace(timing, ends_at=ends_at, left_ms=left, length_ms=max(0, timing.length_ms + more))
    return replace(state, timing=longer)


def pause(course: Course, state: StageState, act: acts.Pause, at: int) -> StageState:
    timing = state.timing
    if timing is None or state.is_closed:
        return state
    if act.on and timing.ends_at is not None:
        return replace(state, timing=replace(timing, ends_at=None, left_ms=timing.ends_at - at, paused_at=at))
    if not act.on and timing.left_ms is not None:
        return replace(state, timing=replace(timing, ends_at=at + timing.left_ms, left_ms=None, paused_at=None))
    return state


def freeze(course: Course, state: StageState, act: acts.Freeze, at: int) -> StageState:
    return replace(state, is_frozen=act.on)


def show(course: Course, state: StageState, act: acts.Show, at: int) -> StageState:
    return replace(state, showing=act.what or "step")


def until(course: Course, state: StageState, act: acts.Until, at: int) -> StageState:
    return replace(state, until=act.at) if course.plan.lasting else state


def replan(course: Course, state: StageState, act: acts.Replan, at: int) -> StageState:
    return state if state.is_closed or act.from_step != state.step else delays.met(course, state, act, at)


MOVES: dict[type, Callable[[Course, StageState, Any, int], StageState]] = {
    acts.Next: next_step,
    acts.Back: back,
    acts.Go: go,
    acts.Open: open_up,
    acts.Close: close,
    acts.Reveal: reveal,
    acts.Hide: hide,
    acts.Admit: admit,
    acts.Extend: extend,
    acts.Pause: pause,
    acts.Freeze: freeze,
    acts.Message: beside.message,
    acts.Show: show,
    acts.Until: until,
    acts.Tick: beside.tick,
    acts.Lead: beside.lead,
    acts.Call: beside.call,
    acts.Heed: beside.heed,
    acts.Replan: replan,
}


def about(after: StageState, act: Any) -> str:
    """What the act was about, in one word, for the list of things that can be undone."""
    match act:
        case (
            acts.Hide(reason=subject)
            | acts.Admit(id=subject)
            | acts.Message(text=subject)
            | acts.Show(what=subject)
            | acts.Lead(to=subject)
        ):
            return str(subject)
        case acts.Open(exercise=str(subject)) | acts.Close(exercise=str(subject)) | acts.Reveal(exercise=str(subject)):
            return subject
        case acts.Extend(minutes=minutes):
            return f"{minutes:+d}"
        case acts.Pause(on=on) | acts.Freeze(on=on):
            return "on" if on else "off"
        case acts.Replan():
            return act.base or ("leave" if act.leave else "")
    return CLOSED if after.is_closed else after.step


def _walk(course: Course, state: StageState, seen: str | None, direction: int, at: int) -> StageState:
    if state.is_closed or _is_elsewhere(state, seen):
        return state
    there = walking.neighbour(course, state, direction)
    return state if there is None else walking.enter(course, state, there, at)


def _is_elsewhere(state: StageState, seen: str | None) -> bool:
    """Whoever pressed saw another step than the one the room stands in by now."""
    return seen is not None and seen != state.step


def _shows(state: StageState, placed: Placed) -> bool:
    opened = state.exercises.get(placed.id)
    phase = placed.card.phase(opened.phase) if opened else None
    return bool(phase and phase.shows)
