"""What phones, projector and crew see of the course, and what only crew sees."""

from __future__ import annotations

import msgspec
from hypothesis import given

from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.state import EMPTY, StageState
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act, plan_json, room_course
from mellanrum.rooms.stage.tests.test_stage import COURSE, histories, play
from mellanrum.rooms.stage.views import Clock, CrewStage, Now, Row, StepOption


def crew(state: StageState) -> CrewStage:
    return audiences.crew(COURSE, state, code="12345678")


def test_phones_see_where_the_room_is_by_its_agenda():
    view = audiences.phone(COURSE, play(act("next", 1)))
    assert (view.status, view.programme, view.title, view.theme) == ("running", "Fabelå", "Träff 1", "Mod")
    assert view.now == Now("block-1", "block-1", "Hej")
    view = audiences.phone(COURSE, play(act("go", 1, to="block-2"), act("message", 2, text="Fika")))
    assert view.now == Now("block-2:tap", "block-2", "Träff 1", "taps-2", "taps", "tap")  # without agenda word: not the team's
    assert view.message == "Fika"


def test_before_and_after_there_is_no_now():
    assert audiences.phone(COURSE, EMPTY).now is None
    closed = audiences.phone(COURSE, play(act("next", 1), act("close", 2)))
    assert (closed.status, closed.now, closed.closed_at) == ("closed", None, START)


def test_the_projector_knows_door_and_clock():
    view = audiences.projector(COURSE, play(act("next", 1), act("freeze", 2)), address="fabela.test", code="12345678")
    assert (view.address, view.code, view.frozen, view.showing) == ("fabela.test", "12345678", True, "step")
    assert view.clock == Clock(START, START + 10 * MINUTE, 10 * MINUTE)


def test_crew_sees_the_run_sheet_as_it_goes():
    view = crew(play(act("next", 1), act("next", 2, at=START + 12 * MINUTE)))
    assert view.rows == (
        Row("block-1", "Välkommen", "", START, 10, "done", 12 * MINUTE, "Kim", on_agenda=True),
        Row("block-2", "Knacka", "", START + 12 * MINUTE, 20, "current"),
        Row("block-3", "Igen", "", START + 32 * MINUTE, 5, "coming"),
    )
    assert view.phases == (("block-2:tap", "Knacka"), ("block-2:result", "Visa"))
    assert (view.planned_end, view.projected_end) == (START + 35 * MINUTE, START + 37 * MINUTE)


def test_next_and_back_say_where_they_lead():
    views = [crew(play(*(act("next", seq) for seq in range(1, count + 1)))) for count in (0, 1, 2, 5)]
    assert [view.next for view in views] == [
        StepOption("block-1", "Välkommen", "block"),
        StepOption("block-2:tap", "Knacka", "block"),
        StepOption("block-2:result", "Visa", "phase"),
        StepOption("closed", "Avsluta", "close"),
    ]
    assert [view.back for view in views][:3] == [
        None,
        StepOption("lobby", "Väntrummet", "block"),
        StepOption("block-1", "Välkommen", "block"),
    ]
    closed = crew(play(act("next", 1), act("close", 2)))
    assert (closed.step, closed.next, closed.back, closed.clock) == ("closed", None, None, None)
    assert [row.state for row in closed.rows] == ["done", "skipped", "skipped"]


def test_script_is_the_blocks_own_words_first_and_the_types_after():
    assert crew(play(act("next", 1))).say == "Hej alla"
    view = crew(play(act("go", 1, to="block-2")))
    assert (view.say, view.do, view.wait) == ("Säg", ("Gör",), "Vänta")
    assert crew(EMPTY).say == ""
    assert crew(play(act("next", 1), act("close", 2))).say == ""  # what was said last is not said again


def test_a_block_that_was_jumped_over_is_not_told_as_done():
    rows = crew(play(act("go", 1, to="block-2"), act("go", 2, to="block-3"))).rows
    assert [(row.state, row.took_ms) for row in rows] == [("skipped", None), ("done", 0), ("current", None)]
    assert [row.state for row in crew(play(act("go", 1, to="block-3"), act("go", 2, to="block-1"))).rows] == ["current", "coming", "coming"]


def test_acts_can_be_read():
    view = crew(play(act("next", 1), act("open", 2, exercise="taps-3"), act("message", 3, text="Fika"), act("extend", 4, minutes=5)))
    assert [done.label for done in view.acts] == ["Vidare till Välkommen", "Öppnade Igen", "Meddelande: Fika", "+5 min"]


@given(histories())
def test_every_state_can_be_seen_by_everybody(history):
    state = EMPTY
    for one in history:
        state = fold(COURSE, state, one)
        views = (audiences.phone(COURSE, state), audiences.projector(COURSE, state, address="", code=""), crew(state))
        assert all(msgspec.json.encode(view) for view in views)
        assert all(done.label for done in views[2].acts)


@given(histories())
def test_phones_never_get_script_people_minutes_or_what_comes(history):
    """The markers are found in what crew sees, so this would find them on phones."""
    marked = plan_json()
    for number, block in enumerate(marked["blocks"]):
        block |= {key: f"{key}-{number}" for key in ("title", "agenda", "say", "responsible")} | {"do": [f"do-{number}"]}
    course = room_course(marked)
    state = EMPTY
    for one in history:
        state = fold(course, state, one)
        here = course.step(state.step).block
        seen = msgspec.json.encode(audiences.phone(course, state)).decode()
        for number, block in enumerate(course.plan.blocks):
            hidden = [f"title-{number}", f"say-{number}", f"do-{number}", f"responsible-{number}"]
            hidden += [] if block is here else [f"agenda-{number}"]
            assert not any(mark in seen for mark in hidden)
        assert "minutes" not in seen
        team = msgspec.json.encode(audiences.crew(course, state, code="")).decode()
        assert "title-2" in team
        assert "responsible-2" in team
