"""The run sheet's times: what has been keeps its own, what comes moves with what happens."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from mellanrum.rooms.plan import Plan, read_plan
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.state import EMPTY, StageState
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act, plan_json
from mellanrum.rooms.stage.tests.test_stage import COURSE, histories, play
from mellanrum.rooms.stage.timing import REHEARSAL_MS, Heading, Times, planned_start, times

PLAN = COURSE.plan
HOUR = 60 * MINUTE


def of(state: StageState, plan: Plan = PLAN) -> Times:
    return times(plan, state, COURSE.step(state.step).block)


def test_in_the_lobby_the_plan_is_what_is_known():
    lobby, end = of(EMPTY), START + 35 * MINUTE
    assert lobby.starts == (START, START + 10 * MINUTE, START + 30 * MINUTE)
    assert (lobby.planned_end, lobby.here_ends, lobby.projected_end) == (end, START, end)  # a page that waits longer moves it on
    assert lobby.heading == Heading(None, end, end, end)
    assert of(EMPTY, read_plan(plan_json() | {"starts_at": None})) == Times((None, None, None), None)


def test_four_minutes_late_move_all_that_comes():
    late = of(play(act("next", 1, at=START + MINUTE), act("next", 2, at=START + 14 * MINUTE)))
    assert late.starts == (START + MINUTE, START + 14 * MINUTE, START + 34 * MINUTE)
    assert (late.planned_end, late.projected_end) == (START + 35 * MINUTE, START + 39 * MINUTE)


def test_ahead_of_the_plan_it_ends_earlier():
    early = of(play(act("next", 1), act("next", 2, at=START + 7 * MINUTE)))
    assert early.projected_end == START + 32 * MINUTE


def test_a_clock_that_rests_keeps_the_times_of_when_it_was_stopped():
    running, paused = act("next", 1), act("pause", 2, at=START + 3 * MINUTE)
    assert of(play(running, paused)) == of(play(running))
    assert of(play(running, paused, act("pause", 3, at=START + 5 * MINUTE, on=False))).projected_end == START + 37 * MINUTE


def test_a_block_that_was_jumped_over_has_no_time_and_takes_none():
    assert of(play(act("go", 1, to="block-3"))).starts == (None, None, START)
    assert of(play(act("go", 1, to="block-3"))).projected_end == START + 5 * MINUTE


def test_a_closed_room_tells_when_things_began_and_nothing_more():
    closed = of(play(act("next", 1, at=START + 5), act("close", 2, at=START + 9)))
    assert (closed.starts, closed.projected_end, closed.here_ends) == ((START + 5, None, None), None, None)


def test_a_rehearsal_on_another_day_has_a_start_of_its_own():
    rehearsed = play(act("next", 1, at=START + REHEARSAL_MS + 1))
    assert planned_start(PLAN, rehearsed) == START + REHEARSAL_MS + 1
    assert planned_start(PLAN, play(act("next", 1, at=START + REHEARSAL_MS))) == START


@given(histories())
def test_what_comes_follows_without_gaps_or_overlaps(history):
    state = EMPTY
    for one in history:
        state = fold(COURSE, state, one)
        when, here = of(state), COURSE.step(state.step).block
        assert len(when.starts) == len(PLAN.blocks)
        if state.is_closed or here is None:
            continue
        place, begins = PLAN.blocks.index(here) + 1, when.here_ends
        for block, starts_at in zip(PLAN.blocks[place:], when.starts[place:], strict=True):
            assert starts_at == begins
            begins = (starts_at or 0) + state.lengths.get(block.key, block.minutes) * MINUTE
        assert when.projected_end == begins


@given(histories(), some.integers(-60, 60))
def test_a_minute_more_is_a_minute_later_for_all_that_comes(history, minutes):
    state = play(*history)
    longer = fold(COURSE, state, act("extend", 999, minutes=minutes))
    if state.timing is None or state.is_closed or not minutes:
        assert of(longer) == of(state)
        return
    place = PLAN.blocks.index(COURSE.step(state.step).block) + 1
    before, after = of(state), of(longer)
    assert after.starts[:place] == before.starts[:place]
    assert [at - minutes * MINUTE for at in after.starts[place:]] == list(before.starts[place:])
    assert after.projected_end == before.projected_end + minutes * MINUTE


@given(histories())
def test_what_is_done_keeps_the_time_it_began(history):
    state, began = EMPTY, {}
    for one in history:
        state = fold(COURSE, state, one)
        if one.kind == "undo":
            began = dict(state.began)  # as if it had never been
        assert all(state.began[key] == at for key, at in began.items())
        began = dict(state.began)
