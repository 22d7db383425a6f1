"""A delay and how the crew meets it: what is agreed changes what comes, whoever was first counts, and undo takes all of it back."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.replan import offer
from mellanrum.rooms.stage.state import EMPTY, StageState
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act, plan_json, room_course
from mellanrum.rooms.stage.tests.test_stage import histories
from mellanrum.rooms.stage.views import CrewStage, Heading, Moved

LENGTHS = {"talk": 30, "hall": 15, "stretch": 5, "lunch": 60, "walk": 40}


def long_day(**more: dict[str, Any]) -> Course:
    """A welcome of ten minutes, then the blocks of LENGTHS; lunch begins an hour after the start, and stands on the agenda."""
    blocks: list[dict[str, Any]] = [{"key": "hi", "title": "Välkommen", "minutes": 10}]
    blocks += [{"key": key, "title": key.capitalize(), "minutes": minutes} for key, minutes in LENGTHS.items()]
    blocks[4] |= {"fixed": 60, "agenda": "Lunch"}
    return room_course(plan_json() | {"blocks": [block | more.get(block["key"], {}) for block in blocks]})


DAY = long_day()


def at(minutes: float) -> int:
    return START + round(minutes * MINUTE)


def play(*acts: Envelope, course: Course = DAY) -> StageState:
    return reduce(lambda state, one: fold(course, state, one), acts, EMPTY)


def crew(state: StageState, course: Course = DAY) -> CrewStage:
    return audiences.crew(course, state, code="12345678")


def proposed(state: StageState, now: float, course: Course = DAY) -> dict[str, int]:
    blocks, found = offer(course, state, at(now))
    return {block.key: new for block, new in zip(blocks, found.minutes, strict=True) if new != block.minutes}


LATE = play(act("next", 1, at=at(4)))
HERE, YES = LATE.step, {"talk": 27, "hall": 14}


def test_what_comes_moves_and_lunch_moves_only_by_what_is_too_much():
    view = crew(LATE)
    assert [((row.starts_at or 0) - START) // MINUTE for row in view.rows] == [4, 14, 44, 59, 64, 124]
    assert view.heading == Heading("Lunch", at(60), at(64), at(60))
    early = crew(play(act("next", 1, at=at(-4))))
    assert [((row.starts_at or 0) - START) // MINUTE for row in early.rows[3:]] == [51, 60, 120]
    assert [row.slack_ms for row in early.rows[3:]] == [0, 4 * MINUTE, 4 * MINUTE]
    assert (early.slack_ms, early.projected_end) == (4 * MINUTE, early.planned_end)


def test_the_proposal_brings_lunch_back_and_yes_makes_it_so():
    lengths = proposed(LATE, 5)
    assert lengths == {"talk": 27, "hall": 14}
    view = crew(fold(DAY, LATE, act("replan", 2, at=at(5), from_=HERE, lengths=lengths)))
    assert view.heading == Heading("Lunch", at(60), at(60), at(60))
    assert view.projected_end == view.planned_end
    assert [row.minutes for row in view.rows if row.planned] == list(lengths.values())


def test_the_clock_of_a_shortened_block_is_the_shorter_one():
    state = play(act("next", 1), act("replan", 2, from_=HERE, lengths={"talk": 27}), act("next", 3, at=at(10)))
    assert state.timing is not None
    assert state.timing.length_ms == 27 * MINUTE


def test_of_two_who_decide_in_different_steps_the_later_changes_nothing():
    gone_on = fold(DAY, LATE, act("next", 2, at=at(15)))
    assert fold(DAY, gone_on, act("replan", 3, at=at(15), from_=HERE, lengths=YES)) == gone_on
    twice = fold(DAY, LATE, act("replan", 2, at=at(5), from_=HERE, lengths=YES))
    assert fold(DAY, twice, act("replan", 3, at=at(6), from_=HERE, lengths=YES)) == twice


def test_what_is_over_or_on_keeps_its_length():
    state = play(act("go", 1, to="hall"), act("replan", 2, from_="hall", lengths={"talk": 5, "hall": 5, "walk": 30, "none": 3}))
    assert dict(state.lengths) == {"walk": 30}


def test_left_alone_it_is_quiet_until_the_next_block():
    state = fold(DAY, LATE, act("replan", 2, at=at(5), from_=HERE, leave=True))
    assert crew(state).let_be
    assert not crew(fold(DAY, state, act("next", 3, at=at(14)))).let_be
    assert not crew(LATE).let_be


def test_next_goes_past_what_is_left_out_and_who_goes_there_gets_it_whole():
    state = play(act("go", 1, to="hall"), act("replan", 2, from_="hall", lengths={"stretch": 0}))
    assert crew(state).next.title == "Lunch"  # type: ignore[union-attr]
    assert fold(DAY, state, act("next", 3)).step == "lunch"
    assert fold(DAY, fold(DAY, state, act("next", 3)), act("back", 4)).step == "hall"
    there = fold(DAY, state, act("go", 3, to="stretch"))
    assert there.timing is not None
    assert there.timing.length_ms == 5 * MINUTE


def test_with_the_last_block_left_out_the_one_before_leads_to_the_end():
    state = play(act("go", 1, to="lunch"), act("replan", 2, from_="lunch", lengths={"walk": 0}))
    assert crew(state).next.kind == "close"  # type: ignore[union-attr]
    assert fold(DAY, state, act("next", 3)) == state


def test_a_late_start_counts_from_the_plan_or_from_when_it_begins():
    waiting = act("replan", 1, at=at(12), from_="lobby", base="start")
    assert (crew(play(waiting)).from_start, crew(EMPTY).from_start) == (True, False)
    begun = play(waiting, act("next", 2, at=at(13)))
    assert crew(begun).planned_end == at(13 + 160) == at(173)
    assert crew(begun).heading == Heading("Lunch", at(60), at(73), at(60))  # lunch stands where it stood
    again = play(waiting, act("replan", 2, at=at(13), from_="lobby", base="plan"), act("next", 3, at=at(13)))
    assert crew(again).planned_end == at(160)
    assert fold(DAY, LATE, act("replan", 9, from_=HERE, base="start")) == LATE  # once it is on, the plan has its start


def test_while_waiting_the_proposal_counts_from_now():
    assert sum(LENGTHS.values()) + 10 - sum(proposed(EMPTY, 12).get(key, ideal) for key, ideal in {"hi": 10, **LENGTHS}.items()) == 12
    assert proposed(EMPTY, -5) == {}
    assert proposed(EMPTY, 60 * 24) == {}  # on another day it is rehearsed


def test_a_paused_clock_makes_it_later_by_the_minute():
    state = play(act("next", 1), act("pause", 2, at=at(5)))
    assert offer(DAY, state, at(5))[1].stretches[0].late == 0
    assert offer(DAY, state, at(9))[1].stretches[0].late == 4


def test_over_its_time_it_is_later_by_the_minute():
    assert [offer(DAY, LATE, at(now))[1].stretches[0].late for now in (5, 14, 14.4, 14.5, 16)] == [4, 4, 4, 5, 6]


# What participants are told


def told(*acts: Envelope, course: Course = DAY) -> Moved | None:
    return audiences.phone(course, play(*acts, course=course)).moved


def test_nobody_is_told_before_the_crew_has_decided():
    begun = act("next", 1, at=at(12))
    assert told(begun) is None
    assert told(begun, act("replan", 2, at=at(12), from_=HERE, leave=True)) == Moved("Lunch", at(72), at(60))
    assert told(begun, act("replan", 2, at=at(12), from_=HERE, leave=True), act("undo", 3)) is None


def test_after_lunch_the_end_is_what_concerns_them():
    left = (act("go", 1, at=at(66), to="lunch"), act("replan", 2, at=at(70), from_="lunch", leave=True))
    assert told(*left) == Moved("", at(166), at(160))
    assert told(*left, act("extend", 3, at=at(70), minutes=5)) == Moved("", at(171), at(160))
    assert told(*left, act("extend", 3, at=at(70), minutes=-2)) is None


def test_less_than_five_minutes_and_headings_kept_from_them_are_not_told():
    begun = (act("next", 1, at=at(4)), act("replan", 2, at=at(4), from_=HERE, leave=True))
    assert told(*begun) is None
    hidden = long_day(lunch={"agenda": ""})
    late = (act("next", 1, at=at(12)), act("replan", 2, at=at(12), from_=HERE, leave=True))
    assert told(*late, course=hidden) == Moved("", at(172), at(160))


def test_a_start_that_counts_from_then_is_told_when_it_comes():
    waiting = act("replan", 1, at=at(12), from_="lobby", base="start")
    assert told(waiting, act("next", 2, at=at(20))) == Moved("Lunch", at(80), at(60))


def test_a_meeting_without_a_time_promised_nothing():
    course = room_course(plan_json() | {"starts_at": None})
    assert told(act("next", 1), act("replan", 2, at=at(30), from_="block-1", leave=True), course=course) is None


@given(histories(), st.integers(1, 600))
def test_phones_get_no_length_of_any_block(history: list[Envelope], minutes: int):
    """Lengths that crew's bytes tell of: the same phone whatever they are, until the crew has said what it comes to."""
    other = plan_json()
    for block in other["blocks"]:
        block |= {
            "least": minutes,
            "most": minutes,
            "tracks": [{"key": "t", "title": "Spår", "rows": [{"title": "x", "minutes": minutes}]}],
        }
    course, plain = room_course(other), room_course()
    phones = [msgspec.json.encode(audiences.phone(one, play(*history, course=one))) for one in (course, plain)]
    assert phones[0] == phones[1]
    seen = msgspec.json.decode(phones[0])
    assert not {"minutes", "least", "most", "fixed", "tracks", "slack_ms", "planned", "heading", "lengths", "rows"} & set(seen)
    assert seen["moved"] is None or set(seen["moved"]) == {"what", "at", "instead_of"}


def test_that_test_could_find_lengths():
    assert b'"minutes":10' in msgspec.json.encode(crew(LATE))
    assert b'"planned":30' in msgspec.json.encode(crew(fold(DAY, LATE, act("replan", 2, from_=HERE, lengths=YES))))


@given(histories(), st.integers(-3, 3))
def test_whatever_has_happened_something_is_offered(history: list[Envelope], hours: int):
    course = room_course()
    state = play(*history, course=course)
    blocks, found = offer(course, state, START + hours * 60 * MINUTE)
    assert len(found.minutes) == len(blocks)
    lengths = {block.key: new for block, new in zip(blocks, found.minutes, strict=True)}
    after = fold(course, state, act("replan", 99, from_=state.step, lengths=lengths))
    assert all(after.lengths.get(key, None) == new or state.is_closed for key, new in lengths.items())


@pytest.mark.parametrize("by_hand", [{}, {"talk": 1}, {"talk": 600, "walk": 0}])
def test_by_hand_all_is_kept(by_hand: dict[str, int]):
    blocks, found = offer(DAY, LATE, at(5), by_hand)
    assert dict(zip((block.key for block in blocks), found.minutes, strict=True)) == LENGTHS | by_hand
