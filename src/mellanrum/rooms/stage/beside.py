"""What crew and tables do beside the course: lines ticked off, who has the room, and tables that call or are told something."""

from __future__ import annotations

from dataclasses import replace

from mellanrum.rooms.stage import contributions as acts
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import StageState, TableCall

# Taken back by doing the opposite, so that they do not drown what can be undone.
QUIET = (acts.Tick, acts.Call, acts.Heed)


def tick(course: Course, state: StageState, act: acts.Tick, at: int) -> StageState:
    if act.step not in course.index or state.is_closed:
        return state
    key = course.step(act.step).key
    before = state.ticked.get(key, frozenset())
    after = before | {act.line} if act.on else before - {act.line}
    return state if after == before else replace(state, ticked=state.ticked.set(key, after))


def lead(course: Course, state: StageState, act: acts.Lead, at: int) -> StageState:
    return replace(state, leads=act.to)


def call(course: Course, state: StageState, act: acts.Call, at: int) -> StageState:
    """Calling again while nobody has come changes nothing: the first call counts."""
    if not act.table or act.on == (act.table in state.calls):
        return state
    calls = state.calls.set(act.table, TableCall(at)) if act.on else state.calls.delete(act.table)
    return replace(state, calls=calls)


def heed(course: Course, state: StageState, act: acts.Heed, at: int) -> StageState:
    """Seen for the first time it stands on the table's phone; a second time somebody has been there."""
    called = state.calls.get(act.table)
    if called is None:
        return state
    if called.is_seen:
        return replace(state, calls=state.calls.delete(act.table))
    return replace(state, calls=state.calls.set(act.table, replace(called, is_seen=True)))


def message(course: Course, state: StageState, act: acts.Message, at: int) -> StageState:
    """To all, or to one table."""
    if not act.table:
        return replace(state, message=act.text)
    if act.text == state.lines.get(act.table, ""):
        return state
    lines = state.lines.set(act.table, act.text) if act.text else state.lines.delete(act.table)
    return replace(state, lines=lines)
