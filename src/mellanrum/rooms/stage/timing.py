"""When blocks began and will begin, as pure arithmetic on the run sheet and on what has happened; Unix milliseconds throughout."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from mellanrum.rooms.plan import Block, Plan
from mellanrum.rooms.stage.state import StageState

MINUTE_MS = 60_000
REHEARSAL_MS = 3 * 3_600_000  # begun further than this from the planned time it is a rehearsal, with a day of its own


@dataclass(frozen=True, slots=True)
class Heading:
    """What the day is heading for: the next block with a fixed time (`block` is None for the end), at `at`.

    `arrives` is when the room gets there as it looks, `planned` when the plan got there: a pause may lie between that and `at`.
    """

    block: Block | None
    at: int
    arrives: int
    planned: int


@dataclass(frozen=True, slots=True)
class Times:
    """`starts` has one entry per block: when it began, or begins if the rest keeps its length; None when that is not known.

    `here_ends` is when the current block ends (the start, while waiting); `planned_end` and `projected_end` are the whole day's.
    `slacks`, the end's last, tell how long a delay each can take before it moves: pauses before fixed times take it up.
    """

    starts: tuple[int | None, ...]
    planned_end: int | None
    here_ends: int | None = None
    projected_end: int | None = None
    slacks: tuple[int, ...] = ()
    heading: Heading | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """Blocks after each other: when each begins, the end last, and how much pause lies before each."""

    starts: tuple[int, ...]
    pauses: tuple[int, ...]

    @property
    def slacks(self) -> tuple[int, ...]:
        return tuple(accumulate(self.pauses))


def times(plan: Plan, state: StageState, here: Block | None) -> Times:
    """`here` is the block the room stands in, None in the lobby."""
    begins, day = planned_start(plan, state), day_start(plan, state)
    planned = None if begins is None else walk(plan.blocks, begins, {}, day)
    planned_end = planned.starts[-1] if planned else None
    if state.is_closed:
        return Times(tuple(state.began.get(block.key) for block in plan.blocks), planned_end)
    place = 0 if here is None else plan.blocks.index(here) + 1
    here_ends = ends_at(state) if here else begins
    if planned is None or here_ends is None:
        return Times((None,) * len(plan.blocks), None)
    coming = walk(plan.blocks[place:], here_ends, state.lengths, day)
    passed = (*(state.began.get(block.key) for block in plan.blocks[: place - 1]), state.entered_at) if here else ()
    heading = _heading(plan.blocks[place:], coming, planned, day)
    return Times((*passed, *coming.starts[:-1]), planned_end, here_ends, coming.starts[-1], (*(0,) * place, *coming.slacks), heading)


def walk(blocks: Sequence[Block], at: int, lengths: Mapping[str, int], day: int | None) -> Walk:
    """From `at` on, with the lengths that differ from the plan; fixed times count from `day`."""
    starts, pauses = [], []
    for block in blocks:
        begins = at if block.fixed is None or day is None else max(at, day + block.fixed * MINUTE_MS)
        starts.append(begins)
        pauses.append(begins - at)
        at = begins + lengths.get(block.key, block.minutes) * MINUTE_MS
    return Walk((*starts, at), (*pauses, 0))


def planned_start(plan: Plan, state: StageState) -> int | None:
    """From where the plan counts: the day's start, or when it really began if the crew has said so."""
    return state.started_at if state.from_start and state.started_at is not None else day_start(plan, state)


def day_start(plan: Plan, state: StageState) -> int | None:
    """The time on the invitation; the time it began when there is none, or when it is rehearsed on another day."""
    began, said = state.started_at, plan.starts_at
    if said is None or began is None:
        return began if said is None else said
    return began if abs(began - said) > REHEARSAL_MS else said


def ends_at(state: StageState) -> int:
    """When the current block's clock is out; while it rests, as it looked when it was stopped. A block without clock takes no time."""
    timing, entered_at = state.timing, state.entered_at or 0
    if timing is None:
        return entered_at
    return timing.ends_at if timing.ends_at is not None else (timing.paused_at or entered_at) + (timing.left_ms or 0)


def leaves_at(plan: Plan, state: StageState, now: int) -> int:
    """When the current block ends as it looks at `now`: over its time it ends now at the earliest, and a clock that rests has not moved.

    While waiting it is when the first block begins; so far from the planned time that it must be a rehearsal, nobody is late.
    """
    if state.entered_at is None:
        begins = day_start(plan, state) or now
        return begins if abs(now - begins) > REHEARSAL_MS else max(begins, now)
    if state.timing is not None and state.timing.left_ms is not None:
        return now + max(0, state.timing.left_ms)
    return max(ends_at(state), now)


def _heading(rest: Sequence[Block], coming: Walk, planned: Walk, day: int | None) -> Heading:
    until = next((number for number, block in enumerate(rest) if block.fixed is not None), len(rest))
    place = len(planned.starts) - 1 - len(rest) + until  # in the whole plan
    arrives, meant = coming.starts[until] - coming.pauses[until], planned.starts[place] - planned.pauses[place]
    if until == len(rest) or day is None:
        return Heading(None, meant, arrives, meant)
    fixed = day + (rest[until].fixed or 0) * MINUTE_MS
    return Heading(rest[until], fixed, arrives, min(meant, fixed))
