"""The one pure function that folds a crew act into the course of the room."""

from __future__ import annotations

from dataclasses import replace

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.stage import delays
from mellanrum.rooms.stage.beside import QUIET
from mellanrum.rooms.stage.contributions import Undo
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.moves import MOVES, about
from mellanrum.rooms.stage.state import EMPTY, Act, StageState


def fold(course: Course, state: StageState, envelope: Envelope) -> StageState:
    """The room after this act. Total: an act that means nothing now changes nothing."""
    if isinstance(envelope.data, Undo):
        return _undo(course, state, envelope.data)
    return _do(course, state, envelope)


def note(state: StageState, envelope: Envelope) -> StageState:
    """Something crew did in an exercise, which moves nothing here but can be undone like everything else."""
    act = Act(envelope.seq, envelope.kind, envelope.at or 0, envelope.exercise)
    return replace(state, acts=(*state.acts, act), log=(*state.log, envelope))


def _do(course: Course, state: StageState, envelope: Envelope) -> StageState:
    move = MOVES.get(type(envelope.data))
    if move is None:
        return state
    at = envelope.at or 0
    after = move(course, state, envelope.data, at)
    if after == state:
        return state
    log = (*state.log, envelope)
    if isinstance(envelope.data, QUIET):
        return replace(after, log=log)
    after = delays.retold(course, state, after, at)
    table = getattr(envelope.data, "table", "")
    act = Act(envelope.seq, envelope.kind, at, about(after, envelope.data), envelope.author, table)
    return replace(after, acts=(*state.acts, act), log=log)


def _undo(course: Course, state: StageState, undo: Undo) -> StageState:
    """Fold everything again without the act, as if it had never been: an undo leaves no trace of itself either."""
    seqs = [act.seq for act in state.undoable]
    target = undo.seq if undo.seq is not None else (seqs[-1] if seqs else None)
    if target not in seqs:
        return state
    again = EMPTY
    for envelope in state.log:
        if envelope.seq != target:
            again = _do(course, again, envelope) if type(envelope.data) in MOVES else note(again, envelope)
    return again
