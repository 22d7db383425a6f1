"""A whole room from its ledger: every row goes to the stage or to its exercise, and snapshots come out."""

from __future__ import annotations

from collections.abc import Container, Iterable
from typing import Any

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import CLOSED, Audience, ClockChanged, Envelope, PhaseChanged, Withdraw, Withdrawn
from mellanrum.exercise_kit.runner import Runner
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage import fold as stage_fold
from mellanrum.rooms.stage.course import Course, Placed
from mellanrum.rooms.stage.state import EMPTY, Opened, StageState

UNOPENED = Opened("", 0)


class ExerciseSnapshot(msgspec.Struct, frozen=True):
    """One exercise as it is. `phase` is empty before it opened and `closed` after; `left` as in `Opened`."""

    placed: Placed
    state: Any
    opened: Opened = UNOPENED

    @property
    def id(self) -> str:
        return self.placed.id

    @property
    def slug(self) -> str:
        return self.placed.slug

    @property
    def definition(self) -> Any:
        return self.placed.definition

    @property
    def phase(self) -> str:
        return self.opened.phase

    @property
    def is_open(self) -> bool:
        return self.opened.phase not in {"", CLOSED}

    @property
    def is_companion(self) -> bool:
        return self.placed.is_companion


class RoomSnapshot(msgspec.Struct, frozen=True):
    """A room at one version; safe to hand to any thread.

    `exercises` holds all of the plan, opened or not; `rows` is every contribution by id, stage acts too.
    """

    v: int
    course: Course
    stage: StageState
    exercises: Map[str, ExerciseSnapshot]
    rows: Map[str, Envelope]

    @property
    def companions(self) -> tuple[ExerciseSnapshot, ...]:
        """What the block that the room stands in carries beside its own exercise."""
        here = self.course.step(self.stage.step).block
        return tuple(one for one in self.exercises.values() if one.is_companion and here and one.placed.block == here.key)

    def view(self, exercise: str, audience: Audience) -> msgspec.Struct:
        """What that audience may see of an exercise. Raises KeyError for one the plan does not have."""
        one = self.exercises[exercise]
        return one.placed.type.views[audience](one.definition, one.state, one.phase)

    def hidden_from(self, authors: Container[str]) -> list[tuple[str, str]]:
        """What crew has hidden of what these names gave, with the reason: (id, reason)."""
        hidden = self.stage.hidden.items()
        return [(name, reason) for name, reason in hidden if name in self.rows and self.rows[name].author in authors]

    def own(self, exercise: str, author: str) -> msgspec.Struct:
        """One person's part of an exercise."""
        one = self.exercises[exercise]
        return one.placed.type.own(one.definition, one.state, author)


def opened_of(stage: StageState, placed: Placed) -> Opened:
    """Where an exercise is. A companion is open in every step, the waiting room too, until the room closes."""
    if not placed.is_companion:
        return stage.exercises.get(placed.id, UNOPENED)
    if not stage.is_closed:
        return Opened(placed.first_phase, 0)
    at = stage.closed_at or 0
    return Opened(CLOSED, 0, at, ((placed.first_phase, at),))


class RoomFold:
    """Folds a room. Owned by one thread; hand `snapshot` to the others.

    Rows come in seq order; a seq already seen is skipped. Nothing that can stand in a ledger makes it raise.
    """

    def __init__(self, course: Course, room: str = "") -> None:
        self.course = course
        self.room = room
        self.v = 0
        self.stage: StageState = EMPTY
        self.runners = {name: Runner(placed.type, placed.definition) for name, placed in course.exercises.items()}
        self._rows: Map[str, Envelope] = Map()
        self._dirty: set[str] = {STAGE, *self.runners}
        self._changed: set[str] = set(self.runners)
        self._snapshots: Map[str, ExerciseSnapshot] = Map()

    def apply(self, row: Envelope) -> None:
        """Fold the next row of the ledger."""
        if row.seq <= self.v:
            return
        self.v = row.seq
        if row.data is None:
            return
        self._rows = self._rows.set(row.id, row)
        if row.exercise == STAGE:
            self._act(row)
        elif row.exercise in self.runners and (not row.late or row.id in self.stage.admitted):
            self._give(row)

    def apply_all(self, rows: Iterable[Envelope]) -> None:
        for row in rows:
            self.apply(row)

    @property
    def snapshot(self) -> RoomSnapshot:
        """The room now. Take it once per batch: exercises that did not change are shared with the last one."""
        for name in self._changed:
            placed = self.course.exercises[name]
            taken = ExerciseSnapshot(placed, self.runners[name].state, opened_of(self.stage, placed))
            self._snapshots = self._snapshots.set(name, taken)
        self._changed.clear()
        return RoomSnapshot(self.v, self.course, self.stage, self._snapshots, self._rows)

    def take_dirty(self) -> frozenset[str]:
        """What has changed since the last take: exercise ids, and `stage`. At first everything."""
        dirty = frozenset(self._dirty)
        self._dirty.clear()
        return dirty

    def show_hidden(self) -> None:
        """Let everything count that crew has hidden. For a fold that nobody sees: it tells what rests from what is gone."""
        for name, runner in self.runners.items():
            for seq in tuple(runner.voided):
                runner.unvoid(seq)
            self._touch(name)

    def mine(self, author: str) -> list[Envelope]:
        """What this person gave that still stands, in all exercises: `id`, `exercise`, `kind`, `data`. From any thread."""
        return [one for runner in self.runners.values() for one in runner.mine(author)]

    def _give(self, row: Envelope) -> None:
        runner = self.runners[row.exercise]
        self._touch(row.exercise)
        if isinstance(row.data, Withdraw):
            self._withdraw(runner, row)
            return
        if row.id in self.stage.hidden and row.kind in runner.exercise.card.hideable:
            runner.void(row.seq)
        runner.apply(row)
        if row.kind in runner.exercise.acts and not row.late:
            self.stage = stage_fold.note(self.stage, row)
            self._dirty.add(STAGE)

    def _withdraw(self, runner: Runner, row: Envelope) -> None:
        target = self._rows.get(row.data.id)
        if target is None or target.author != row.author or target.exercise != row.exercise or isinstance(target.data, Withdraw):
            return
        if not runner.exercise.refolds_withdrawals:
            runner.apply(Withdrawn(row.seq, target))
        for seq in runner.replaced_by(target):
            runner.withdraw(seq)

    def _act(self, row: Envelope) -> None:
        before = self.stage
        self.stage = stage_fold.fold(self.course, before, row)
        if self.stage is before:
            return
        self._dirty.add(STAGE)
        self._tell_clock(before, row)
        self._tell_phases(before, row)
        self._tell_hidden(before)
        self._tell_admitted(before)
        self._tell_undone(before)

    def _tell_clock(self, before: StageState, row: Envelope) -> None:
        """The exercise of the block the room is in hears of its block's clock, before it hears of a phase in it."""
        timing, here = self.stage.timing, self.course.step(self.stage.step).block
        if timing is None or here is None or timing == before.timing or here.exercise is None:
            return
        runner = self.runners[here.exercise.id]
        was = runner.state
        runner.apply(ClockChanged(row.seq, row.at or 0, timing.ends_at, timing.left_ms))
        if runner.state is not was:
            self._touch(here.exercise.id)

    def _tell_phases(self, before: StageState, row: Envelope) -> None:
        """Phases go into the exercise's own log for good: what has been shown stays seen whatever is undone."""
        for name, runner in self.runners.items():
            placed = self.course.exercises[name]
            was, now = opened_of(before, placed), opened_of(self.stage, placed)
            if was != now:
                self._touch(name)
            if was.phase != now.phase:
                runner.apply(PhaseChanged(row.seq, now.phase, row.at or 0))
                if _is_seen_meanwhile(self.course, placed, now.phase):
                    runner.apply(PhaseChanged(row.seq, placed.showing_phase or "", row.at or 0))

    def _tell_hidden(self, before: StageState) -> None:
        for exercise in {self._rows[name].exercise for name in _differing(before.hidden, self.stage.hidden) if name in self._rows}:
            runner = self.runners.get(exercise)
            if runner is None:
                continue
            wanted = {seq for name in self.stage.hidden for seq in self._voided_by(name, exercise, runner)}
            for seq in wanted - runner.voided:
                runner.void(seq)
            for seq in runner.voided - wanted:
                runner.unvoid(seq)
            self._touch(exercise)

    def _voided_by(self, name: str, exercise: str, runner: Runner) -> tuple[int, ...]:
        target = self._rows.get(name)
        if target is None or target.exercise != exercise or target.kind not in runner.exercise.card.hideable:
            return ()
        return runner.replaced_by(target)

    def _tell_admitted(self, before: StageState) -> None:
        for name in _differing(before.admitted, self.stage.admitted):
            target = self._rows.get(name)
            if target is None or not target.late or target.exercise not in self.runners:
                continue
            if name in self.stage.admitted:
                self._give(target)
            else:
                self.runners[target.exercise].forget(target.seq)
            self._touch(target.exercise)

    def _tell_undone(self, before: StageState) -> None:
        """What crew did in an exercise and undid has never been."""
        if len(self.stage.log) >= len(before.log):
            return
        kept = {row.seq for row in self.stage.log}
        for row in before.log:
            if row.seq not in kept and row.exercise in self.runners:
                self.runners[row.exercise].forget(row.seq)
                self._touch(row.exercise)

    def _touch(self, exercise: str) -> None:
        self._dirty.add(exercise)
        self._changed.add(exercise)


def _is_seen_meanwhile(course: Course, placed: Placed, phase: str) -> bool:
    """Open for days, with the result for whoever has answered: the exercise must know, so that it moves in steps that point at nobody."""
    lasting = course.plan.lasting
    return lasting is not None and lasting.results == "after" and phase == placed.lasting_phase and placed.showing_phase is not None


def _differing(before: Map[str, Any], after: Map[str, Any]) -> list[str]:
    if before is after or before == after:
        return []
    return [*(name for name in before if name not in after), *(name for name in after if name not in before)]
