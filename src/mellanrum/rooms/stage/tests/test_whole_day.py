"""Three hours in a moment: at every half minute of a meeting that is run as meetings are, all screens have the same time to count from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.delays import coming_blocks
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.replan import offer
from mellanrum.rooms.stage.state import EMPTY, StageState
from mellanrum.rooms.stage.tests.factory import MINUTE, act
from mellanrum.rooms.stage.tests.test_delays import DAY, at
from mellanrum.rooms.stage.timing import leaves_at
from mellanrum.rooms.stage.views import Clock

# Minutes from the start and what the crew does: late from the beginning, a pause, a step back, time given and taken, a decision.
RUN: list[tuple[int, str, dict[str, Any]]] = [
    (5, "next", {}),
    (12, "extend", {"minutes": 3}),
    (20, "next", {}),
    (24, "pause", {}),
    (27, "pause", {"on": False}),
    (30, "back", {}),
    (31, "next", {}),
    (54, "next", {}),
    (60, "next", {}),
    (63, "next", {}),
    (110, "extend", {"minutes": -5}),
    (121, "next", {}),
    (180, "close", {}),
]


def left(clock: Clock | None, now: int) -> int | None:
    """Whole seconds as every page counts them."""
    if clock is None:
        return None
    return round(((clock.ends_at - now) if clock.ends_at is not None else clock.left_ms or 0) / 1000)


def half_minutes() -> Iterator[tuple[int, StageState]]:
    """Every half minute with the room as it is; in each new block the crew takes what is proposed."""
    state, seq, acts, seen = EMPTY, 0, list(RUN), ""
    for half in range(2 * 182):
        now = at(half / 2)
        while acts and at(acts[0][0]) <= now:
            _, kind, data = acts.pop(0)
            state, seq = fold(DAY, state, act(kind, seq := seq + 1, at=now, **data)), seq
        if state.step != seen:
            state, seq, seen = fold(DAY, state, agreed(state, now, seq := seq + 1)), seq, state.step
        yield now, state


def agreed(state: StageState, now: int, seq: int) -> Envelope:
    blocks, found = offer(DAY, state, now)
    lengths = {block.key: minutes for block, minutes in zip(blocks, found.minutes, strict=True) if minutes != block.minutes}
    return act("replan", seq, at=now, from_=state.step, lengths=lengths)


def test_all_screens_count_the_same_seconds_for_three_hours():
    counted = 0
    for now, state in half_minutes():
        crew = audiences.crew(DAY, state, code="")
        wall = audiences.projector(DAY, state, address="", code="")
        assert left(crew.clock, now) == left(wall.clock, now)
        counted += crew.clock is not None
        current = [row for row in crew.rows if row.state == "current"]
        assert len(current) == (crew.status == "running")
    assert counted > 300


def test_lunch_and_the_end_are_kept_whenever_they_can_be():
    """What the page moves on by itself (the clock over its time, a rest) and what the server offers at that moment are one sum."""
    for now, state in half_minutes():
        crew = audiences.crew(DAY, state, code="")
        if crew.heading is None or crew.status != "running":
            continue
        late = max(0, leaves_at(DAY.plan, state, now) - (crew.here_ends or 0))
        shown = (crew.heading.arrives + late - crew.heading.at + MINUTE // 2) // MINUTE
        stretch = offer(DAY, state, now)[1].stretches[0]
        assert max(0, shown) == max(0, stretch.late)
        begins = [row.starts_at for row in crew.rows if row.state == "coming"]
        assert begins == sorted(begins, key=lambda one: one or 0)
        assert len(begins) == len(coming_blocks(DAY, state))
