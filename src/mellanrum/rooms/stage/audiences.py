"""What each audience may see of the room's course. Texts come in the language that is active.

Participants never get minutes, scripts, who is responsible or what comes next: what is absent cannot be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Phase, Script
from mellanrum.rooms.plan import CLOSED, LOBBY, Block, Step
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.day import day
from mellanrum.rooms.stage.delays import moved
from mellanrum.rooms.stage.labels import called, label
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.timing import Times, times
from mellanrum.rooms.stage.views import (
    ActDone,
    AgendaItem,
    Clock,
    CrewStage,
    Heading,
    Leader,
    Now,
    OpenForDays,
    PhoneStage,
    ProjectorStage,
    Row,
    StepOption,
    TableStage,
)
from mellanrum.rooms.stage.walking import neighbour


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
        lasting=OpenForDays(plan.lasting.results, state.until) if plan.lasting else None,
        moved=moved(course, state),
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
        changes=_changes(course, state),
        agenda=_headings(course, state) if state.showing == "agenda" else (),
    )


def _headings(course: Course, state: StageState) -> tuple[AgendaItem, ...]:
    agenda = day(course, state)
    return agenda.items if agenda else ()


def _changes(course: Course, state: StageState) -> tuple[str, ...]:
    """The lines of what has changed since the last time, while the room is in its first block and nothing else is on there."""
    block = course.step(state.step).block
    is_opening = block is not None and block is course.plan.blocks[0] and block.exercise is None and not state.is_closed
    return tuple(line for part in course.plan.changes.split("\n") if is_opening and (line := part.strip()))


def table(state: StageState, number: str) -> TableStage:
    """For the phones of one table."""
    call = state.calls.get(number)
    calls = "" if call is None or state.is_closed else "seen" if call.is_seen else "waiting"
    return TableStage(number, state.lines.get(number, ""), calls)


def crew(course: Course, state: StageState, *, code: str, names: Mapping[str, str] | None = None) -> CrewStage:
    """For the cockpit: run sheet, script, what next leads to, what can be undone. `names` are of those who have had it open."""
    names = names or {}
    plan, step, phase = course.plan, course.step(state.step), _phase(course, state)
    say, do, wait = ("", (), "") if state.is_closed else _script(step, phase, course)
    when = times(plan, state, step.block)
    return CrewStage(
        status=state.status,
        programme=plan.programme,
        title=plan.title,
        theme=plan.theme,
        code=code,
        step=CLOSED if state.is_closed else state.step,
        rows=tuple(_rows(course, state, when)),
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
        acts=tuple(ActDone(act.seq, act.kind, label(course, act, names), act.at, called(act.by, names)) for act in state.undoable),
        message=state.message,
        planned_end=when.planned_end,
        projected_end=when.projected_end,
        here_ends=when.here_ends,
        ticked=tuple(sorted(state.ticked.get(step.key, ()))) if do else (),
        crew=tuple(Leader(who, called(who, names)) for who in names),
        leads=Leader(state.leads, called(state.leads, names)) if state.leads else None,
        led_by=next((act.by for act in reversed(state.acts) if act.kind == "lead"), ""),
        slack_ms=when.slacks[-1] if when.slacks else 0,
        heading=_heading(when),
        let_be=state.let_be == (step.block.key if step.block else LOBBY),
        from_start=state.from_start,
    )


def _heading(when: Times) -> Heading | None:
    found = when.heading
    if found is None:
        return None
    return Heading(found.block.title if found.block else "", found.at, found.arrives, found.planned)


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
    phases = course.exercises[step.exercise].phases
    return tuple((f"{step.block.key}:{phase.key}", str(phase.title)) for phase in phases)


def _script(step: Step, phase: Phase | None, course: Course) -> tuple[str, tuple[str, ...], str]:
    """The block's own words come first where it begins; later phases speak with the type's script."""
    script = phase.script if phase else Script()
    if step.block is None:
        return "", (), ""
    is_first = course.index[step.block.key] == course.index[step.key]
    own_say, own_do = (step.block.say, step.block.do) if is_first else ("", ())
    return own_say or str(script.say), (*own_do, *(str(line) for line in script.do)), str(script.wait)


def _rows(course: Course, state: StageState, when: Times) -> Iterator[Row]:
    here = None if state.is_closed else course.step(state.step).block
    is_behind = here is not None
    slacks = when.slacks or (0,) * len(when.starts)
    for block, starts_at, slack in zip(course.plan.blocks, when.starts, slacks, strict=False):
        is_behind = is_behind and block is not here
        kind = "current" if block is here else _row_state(state, block, is_behind=is_behind)
        minutes = state.lengths.get(block.key, block.minutes)
        yield Row(
            block=block.key,
            title=block.title,
            icon=block.icon,
            starts_at=starts_at,
            minutes=minutes,
            state=kind,
            took_ms=state.took.get(block.key) if kind == "done" else None,
            responsible=block.responsible,
            on_agenda=bool(block.agenda),
            planned=None if minutes == block.minutes else block.minutes,
            slack_ms=slack,
        )


def _row_state(state: StageState, block: Block, *, is_behind: bool) -> str:
    """Of a block the room does not stand in: what has been left behind is done, or was jumped over."""
    if block.key in state.took and (is_behind or state.is_closed):
        return "done"
    return "skipped" if is_behind or state.is_closed else "coming"


def _next(course: Course, state: StageState) -> StepOption | None:
    if state.is_closed:
        return None
    there = neighbour(course, state, 1)
    return _option(course, course.step(state.step), there) if there else StepOption(CLOSED, _("Avsluta"), "close")


def _back(course: Course, state: StageState) -> StepOption | None:
    there = None if state.is_closed else neighbour(course, state, -1)
    return _option(course, course.step(state.step), there) if there else None


def _option(course: Course, here: Step, there: Step) -> StepOption:
    if there.block is None:
        return StepOption(there.key, _("Väntrummet"), "block")
    if there.block is here.block and there.exercise and there.phase:
        phase = course.exercises[there.exercise].card.phase(there.phase)
        return StepOption(there.key, str(phase.title) if phase else "", "phase")
    return StepOption(there.key, there.block.title, "block")
