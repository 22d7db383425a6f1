"""What each audience may see of the room's course. Texts come in the language that is active.

Participants never get minutes, scripts, who is responsible or what comes next: what is absent cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Phase, Script
from mellanrum.rooms.plan import CLOSED, Step
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.labels import label
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.views import ActDone, Clock, CrewStage, Now, PhoneStage, ProjectorStage, Row, StepOption


def phone(course: Course, state: StageState) -> PhoneStage:
    """For every participant the same."""
    plan = course.plan
    return PhoneStage(
        status=state.status,
        programme=plan.programme,
        title=plan.title,
        theme=plan.theme,
        now=_now(course, state, for_team=False),
        message=state.message,
        closed_at=state.closed_at,
    )


def projector(course: Course, state: StageState, *, address: str, code: str) -> ProjectorStage:
    """For the hall. `address` is where phones go, `code` opens the door."""
    plan = course.plan
    return ProjectorStage(
        status=state.status,
        programme=plan.programme,
        title=plan.title,
        theme=plan.theme,
        address=address,
        code=code,
        frozen=state.is_frozen,
        showing=state.showing,
        now=_now(course, state, for_team=False),
        clock=_clock(state),
        message=state.message,
    )


def crew(course: Course, state: StageState, *, code: str) -> CrewStage:
    """For the cockpit: the run sheet as it goes, script, what next leads to, and what can be undone."""
    plan, step, phase = course.plan, course.step(state.step), _phase(course, state)
    say, do, wait = _script(step, phase, course)
    return CrewStage(
        status=state.status,
        programme=plan.programme,
        title=plan.title,
        theme=plan.theme,
        code=code,
        step=CLOSED if state.is_closed else state.step,
        rows=tuple(_rows(course, state)),
        frozen=state.is_frozen,
        paused=bool(state.timing and state.timing.ends_at is None),
        showing=state.showing,
        now=_now(course, state, for_team=True),
        clock=_clock(state),
        phases=_phases(course, step),
        say=say,
        do=do,
        wait=wait,
        next=_next(course, state),
        back=_back(course, state),
        acts=tuple(ActDone(act.seq, act.kind, label(course, act), act.at) for act in state.undoable),
        message=state.message,
        planned_end=_planned_end(course, state),
        projected_end=_projected_end(course, state),
    )


def _now(course: Course, state: StageState, *, for_team: bool) -> Now | None:
    step = course.step(state.step)
    if state.is_closed or step.block is None:
        return None
    block = step.block
    opened = state.exercises.get(step.exercise or "")
    return Now(
        step=step.key,
        block=block.key,
        title=block.title if for_team else block.agenda or course.plan.title,
        exercise=step.exercise,
        slug=block.exercise.slug if block.exercise else None,
        phase=opened.phase if opened else None,
        phones=block.phones,
    )


def _clock(state: StageState) -> Clock | None:
    timing = state.timing
    if timing is None or state.is_closed:
        return None
    return Clock(timing.started_at, timing.ends_at, timing.length_ms, timing.left_ms)


def _phase(course: Course, state: StageState) -> Phase | None:
    step = course.step(state.step)
    return course.exercises[step.exercise].card.phase(step.phase) if step.exercise and step.phase else None


def _phases(course: Course, step: Step) -> tuple[tuple[str, str], ...]:
    """The steps of this block's exercise as (step, title)."""
    if step.block is None or step.exercise is None:
        return ()
    phases = course.exercises[step.exercise].card.phases
    return tuple((f"{step.block.key}:{phase.key}", str(phase.title)) for phase in phases)


def _script(step: Step, phase: Phase | None, course: Course) -> tuple[str, tuple[str, ...], str]:
    """The block's own words come first where it begins; later phases speak with the type's script."""
    script = phase.script if phase else Script()
    if step.block is None:
        return "", (), ""
    is_first = course.index[step.block.key] == course.index[step.key]
    own_say, own_do = (step.block.say, step.block.do) if is_first else ("", ())
    return own_say or str(script.say), (*own_do, *(str(line) for line in script.do)), str(script.wait)


def _rows(course: Course, state: StageState) -> Iterator[Row]:
    here = course.step(state.step).block
    starts_at = _start(course, state)
    passed = here is not None or state.is_closed
    for block in course.plan.blocks:
        is_here = block is here and not state.is_closed
        passed = passed and block is not here
        is_done = passed or (state.is_closed and block.key in state.took)
        yield Row(
            block=block.key,
            title=block.title,
            icon=block.icon,
            starts_at=starts_at,
            minutes=block.minutes,
            state="current" if is_here else "done" if is_done else "coming",
            took_ms=state.took.get(block.key) if is_done else None,
            responsible=block.responsible,
        )
        starts_at = None if starts_at is None else starts_at + block.length_ms


def _start(course: Course, state: StageState) -> int | None:
    return state.started_at if course.plan.starts_at is None else course.plan.starts_at


def _planned_end(course: Course, state: StageState) -> int | None:
    start = _start(course, state)
    return None if start is None else start + course.plan.length_ms


def _projected_end(course: Course, state: StageState) -> int | None:
    """When it ends if the rest keeps its time; unknown while the clock rests."""
    here = course.step(state.step).block
    if here is None or state.is_closed:
        return None
    ends_at = state.timing.ends_at if state.timing else state.entered_at
    rest = course.plan.blocks[course.plan.blocks.index(here) + 1 :]
    return None if ends_at is None else ends_at + sum(block.length_ms for block in rest)


def _next(course: Course, state: StageState) -> StepOption | None:
    if state.is_closed:
        return None
    place = course.index.get(state.step, 0)
    if place + 1 == len(course.steps):
        return StepOption(CLOSED, _("Avsluta"), "close")
    return _option(course, course.steps[place], course.steps[place + 1])


def _back(course: Course, state: StageState) -> StepOption | None:
    place = course.index.get(state.step, 0)
    if state.is_closed or place == 0:
        return None
    return _option(course, course.steps[place], course.steps[place - 1])


def _option(course: Course, here: Step, there: Step) -> StepOption:
    if there.block is None:
        return StepOption(there.key, _("Väntrummet"), "block")
    if there.block is here.block and there.exercise and there.phase:
        phase = course.exercises[there.exercise].card.phase(there.phase)
        return StepOption(there.key, str(phase.title) if phase else "", "phase")
    return StepOption(there.key, there.block.title, "block")
