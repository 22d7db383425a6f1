"""When blocks began and will begin, as pure arithmetic on the run sheet and on what has happened; Unix milliseconds throughout."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate

from mellanrum.rooms.plan import Block, Plan
from mellanrum.rooms.stage.state import StageState

REHEARSAL_MS = 3 * 3_600_000  # begun further than this from the planned time it is a rehearsal, with a day of its own


@dataclass(frozen=True, slots=True)
class Times:
    """`starts` has one entry per block: when it began, or begins if the rest keeps its length; None when that is not known.

    `here_ends` is when the current block ends (the start, while waiting); `planned_end` and `projected_end` are the whole day's.
    """

    starts: tuple[int | None, ...]
    planned_end: int | None
    here_ends: int | None = None
    projected_end: int | None = None


def times(plan: Plan, state: StageState, here: Block | None) -> Times:
    """`here` is the block the room stands in, None in the lobby."""
    planned = planned_start(plan, state)
    planned_end = None if planned is None else planned + plan.length_ms
    if state.is_closed:
        return Times(tuple(state.began.get(block.key) for block in plan.blocks), planned_end)
    if here is None:
        ends = None if planned is None else tuple(accumulate((block.length_ms for block in plan.blocks), initial=planned))
        return Times(ends[:-1] if ends else (None,) * len(plan.blocks), planned_end, planned)
    place, here_ends = plan.blocks.index(here), ends_at(state)
    coming = tuple(accumulate((block.length_ms for block in plan.blocks[place + 1 :]), initial=here_ends))
    passed = tuple(state.began.get(block.key) for block in plan.blocks[:place])
    return Times((*passed, state.entered_at, *coming[:-1]), planned_end, here_ends, coming[-1])


def planned_start(plan: Plan, state: StageState) -> int | None:
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
