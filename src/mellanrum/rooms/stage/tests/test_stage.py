"""The course of the room: where acts lead, what the clock does, what undo gives back."""

from __future__ import annotations

from functools import reduce

from hypothesis import given, settings
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.state import EMPTY, StageState, Timing
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act, room_course

COURSE = room_course()
STEPS = ["lobby", "block-1", "block-2:tap", "block-2:result", "block-3:tap", "block-3:result"]


def play(*envelopes: Envelope) -> StageState:
    return reduce(lambda state, envelope: fold(COURSE, state, envelope), envelopes, EMPTY)


def timing(state: StageState) -> Timing:
    assert state.timing
    return state.timing


def test_steps_are_lobby_blocks_and_phases():
    assert [step.key for step in COURSE.steps] == STEPS


def test_next_walks_every_step_and_stops_at_the_last():
    states = [play(*(act("next", seq) for seq in range(1, count + 1))) for count in range(8)]
    assert [state.step for state in states] == [*STEPS, STEPS[-1], STEPS[-1]]
    assert {state.status for state in states} == {"waiting", "running"}


def test_two_next_from_the_same_step_are_one_step():
    state = play(act("next", 1, from_="lobby"), act("next", 2, from_="lobby"), act("next", 3, from_="lobby"))
    assert state.step == "block-1"
    assert [done.seq for done in state.acts] == [1]


def test_back_returns_and_opens_the_exercise_again_in_that_phase():
    state = play(*(act("next", seq) for seq in range(1, 5)), act("back", 5, at=START + 9))
    assert state.step == "block-2:result"
    assert state.exercises["taps-2"].phase == "result"
    assert state.exercises["taps-3"].phase == "closed"
    assert state.exercises["taps-3"].closed_at == START + 9


def test_leaving_a_block_closes_its_exercise_and_keeps_its_time():
    state = play(act("go", 1, to="block-2"), act("go", 2, at=START + 3 * MINUTE, to="block-3"))
    assert state.exercises["taps-2"].phase == "closed"
    assert state.exercises["taps-2"].left == (("tap", START + 3 * MINUTE),)
    assert state.took["block-2"] == 3 * MINUTE
    assert state.step == "block-3:tap"


def test_entering_a_block_starts_its_clock_but_a_new_phase_does_not():
    state = play(act("go", 1, to="block-2"), act("next", 2, at=START + 7))
    assert timing(state) == Timing(START, START + 20 * MINUTE, 20 * MINUTE)


def test_pause_and_extend_move_the_end():
    state = play(
        act("go", 1, to="block-1"),
        act("pause", 2, at=START + MINUTE),
        act("extend", 3, minutes=5),
        act("pause", 4, at=START + 3 * MINUTE, on=False),
        act("extend", 5, minutes=-1),
    )
    assert timing(state) == Timing(START, START + 16 * MINUTE, 14 * MINUTE)


def test_a_paused_clock_knows_what_is_left():
    state = play(act("go", 1, to="block-1"), act("pause", 2, at=START + MINUTE), act("pause", 3, at=START + 2 * MINUTE))
    assert timing(state) == Timing(START, None, 10 * MINUTE, 9 * MINUTE, START + MINUTE)


def test_close_closes_everything_and_open_stands_where_it_was():
    closed = play(act("go", 1, to="block-2"), act("open", 2, exercise="taps-3"), act("close", 3, at=START + 5))
    assert (closed.status, closed.closed_at, closed.step) == ("closed", START + 5, "block-2:tap")
    assert {opened.phase for opened in closed.exercises.values()} == {"closed"}
    assert fold(COURSE, closed, act("next", 4)) == closed
    again = fold(COURSE, closed, act("open", 5))
    assert (again.status, again.step, again.exercises["taps-2"].phase) == ("running", "block-2:tap", "tap")


def test_open_and_close_beside_the_current_block():
    state = play(act("go", 1, to="block-2"), act("open", 2, exercise="taps-3"))
    assert (state.step, state.exercises["taps-3"].phase) == ("block-2:tap", "tap")
    state = fold(COURSE, state, act("close", 3, exercise="taps-3"))
    assert (state.step, state.exercises["taps-3"].phase) == ("block-2:tap", "closed")


def test_reveal_steps_the_room_in_the_current_block_and_only_there():
    state = play(act("go", 1, to="block-2"), act("reveal", 2))
    assert state.step == "block-2:result"
    state = fold(COURSE, fold(COURSE, state, act("go", 3, to="block-3")), act("reveal", 4, exercise="taps-2"))
    assert (state.step, state.exercises["taps-2"].phase) == ("block-3:tap", "result")


def test_undo_takes_the_last_act_and_then_the_one_before():
    state = play(act("next", 1), act("next", 2), act("message", 3, text="Hej"))
    once = fold(COURSE, state, act("undo", 4))
    assert (once.step, once.message) == ("block-2:tap", "")
    assert fold(COURSE, once, act("undo", 5)) == play(act("next", 1))


def test_undo_of_a_named_act_leaves_the_later_ones():
    state = play(act("next", 1), act("message", 2, text="Hej"), act("next", 3), act("undo", 4, seq=2))
    assert state == play(act("next", 1), act("next", 3))


def test_undo_reaches_ten_acts_back_and_no_further():
    state = play(*(act("message", seq, text=str(seq)) for seq in range(1, 13)))
    assert fold(COURSE, state, act("undo", 20, seq=2)) == state
    assert fold(COURSE, state, act("undo", 20, seq=3)) != state


def test_freeze_show_message_hide_and_admit_are_kept():
    state = play(
        act("freeze", 1),
        act("show", 2, what="code"),
        act("message", 3, text="Fika"),
        act("hide", 4, id="x", reason="namn"),
        act("admit", 5, id="y", at=START),
    )
    assert (state.is_frozen, state.showing, state.message) == (True, "code", "Fika")
    assert (dict(state.hidden), dict(state.admitted)) == ({"x": "namn"}, {"y": START})
    state = fold(COURSE, fold(COURSE, state, act("show", 6)), act("freeze", 7, on=False))
    assert (state.is_frozen, state.showing) == (False, "step")


def test_what_the_plan_does_not_have_changes_nothing():
    for one in (
        act("go", 1, to="block-9"),
        act("open", 1, exercise="x"),
        act("reveal", 1, exercise="x"),
        act("close", 1, exercise="x"),
        act("back", 1),
        act("extend", 1, minutes=5),
        act("pause", 1),
        act("undo", 1),
        act("open", 1),
    ):
        assert play(one) == EMPTY


NAMES = st.sampled_from(["taps-2", "taps-3", "no-such", None])
PLACES = st.sampled_from([*STEPS, "x"])
ACTS = st.one_of(
    st.tuples(st.sampled_from(["next", "back"]), st.fixed_dictionaries({}, optional={"from_": st.sampled_from([*STEPS, "closed", "x"])})),
    st.tuples(st.just("go"), st.fixed_dictionaries({"to": st.sampled_from([*STEPS, "block-2", "nowhere", "closed"])})),
    st.tuples(st.sampled_from(["open", "close", "reveal"]), st.fixed_dictionaries({}, optional={"exercise": NAMES})),
    st.tuples(st.sampled_from(["pause", "freeze"]), st.fixed_dictionaries({"on": st.booleans()})),
    st.tuples(st.just("extend"), st.fixed_dictionaries({"minutes": st.integers(-60, 60)})),
    st.tuples(st.just("message"), st.fixed_dictionaries({"text": st.sampled_from(["", "a", "b"])})),
    st.tuples(st.just("show"), st.fixed_dictionaries({"what": st.sampled_from(["", "code", "time"])})),
    st.tuples(st.just("message"), st.fixed_dictionaries({"text": st.sampled_from(["", "a"]), "table": st.sampled_from(["1", "7"])})),
    st.tuples(st.just("lead"), st.fixed_dictionaries({"to": st.sampled_from(["crew", "crew:1", "crew:2"])})),
    st.tuples(
        st.just("tick"), st.fixed_dictionaries({"step": st.sampled_from([*STEPS, "x"]), "line": st.integers(0, 3), "on": st.booleans()})
    ),
    st.tuples(st.just("call"), st.fixed_dictionaries({"table": st.sampled_from(["", "1", "7"]), "on": st.booleans()})),
    st.tuples(st.just("heed"), st.fixed_dictionaries({"table": st.sampled_from(["1", "7"])})),
    st.tuples(st.sampled_from(["hide", "admit"]), st.fixed_dictionaries({"id": st.sampled_from(["gift-1", "gift-2", "no"])})),
    st.tuples(
        st.just("replan"),
        st.fixed_dictionaries(
            {"from_": st.sampled_from([*STEPS, "block-9"])},
            optional={
                "lengths": st.dictionaries(st.sampled_from(["block-1", "block-2", "block-3", "block-9"]), st.integers(0, 600)),
                "base": st.sampled_from(["", "start", "plan"]),
                "leave": st.booleans(),
            },
        ),
    ),
    st.tuples(st.just("undo"), st.fixed_dictionaries({}, optional={"seq": st.one_of(st.none(), st.integers(0, 30))})),
)


def histories(kinds: st.SearchStrategy = ACTS) -> st.SearchStrategy[list[Envelope]]:
    """Any acts in any order at any times, the clock going wherever it likes."""
    times = st.one_of(st.none(), st.integers(0, 2 * START))
    rows = st.lists(st.tuples(kinds, times), max_size=25)
    return rows.map(lambda acts: [act(kind, seq, at=at, **data) for seq, ((kind, data), at) in enumerate(acts, 1)])


@given(histories())
def test_no_act_raises_and_the_room_always_stands_on_a_step(history):
    state = play(*history)
    assert state.step in STEPS
    assert state.status in {"waiting", "running", "closed"}
    assert set(state.exercises) <= {"taps-2", "taps-3"}


@given(histories())
def test_the_same_acts_give_the_same_room(history):
    assert play(*history) == play(*history)


@given(histories(), ACTS.filter(lambda kind: kind[0] not in {"undo", "tick", "call", "heed"}))
@settings(max_examples=150)
def test_undo_gives_back_exactly_what_was(history, last):
    before = play(*history)
    after = fold(COURSE, before, act(last[0], 90, **last[1]))
    if after != before:
        assert fold(COURSE, after, act("undo", 91)) == before
