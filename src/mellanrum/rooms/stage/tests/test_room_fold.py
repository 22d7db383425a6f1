"""A room from its ledger: what counts, what does not, and that any ledger can be folded."""

from __future__ import annotations

from itertools import count

from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope, Withdraw
from mellanrum.rooms.stage.resting import resting
from mellanrum.rooms.stage.room_fold import RoomFold, RoomSnapshot
from mellanrum.rooms.stage.tests.factory import START, Tap, Taps, act, give, room_course
from mellanrum.rooms.stage.tests.test_stage import ACTS

COURSE = room_course()


def folded(*rows: Envelope) -> RoomFold:
    room = RoomFold(COURSE)
    room.apply_all(rows)
    return room


def taps(room: RoomFold | RoomSnapshot, name: str = "taps-2") -> Taps:
    snapshot = room.snapshot if isinstance(room, RoomFold) else room
    state: Taps = snapshot.exercises[name].state
    return state


def words(room: RoomFold) -> dict[str, str]:
    return dict(taps(room).words)


def withdraw(seq: int, target: str, author: str = "a") -> Envelope:
    return Envelope(seq, f"w-{seq}", author, "participant", "withdraw", Withdraw(target), exercise="taps-2")


def test_an_empty_room_has_every_exercise_unopened():
    snapshot = folded().snapshot
    assert (snapshot.v, snapshot.stage.status) == (0, "waiting")
    assert {name: one.phase for name, one in snapshot.exercises.items()} == {"taps-2": "", "taps-3": ""}


def test_rows_reach_their_exercise_and_phases_are_told():
    room = folded(act("go", 1, to="block-2"), give(2), give(3, "b", "y"), act("next", 4), act("next", 5))
    assert words(room) == {"a": "x", "b": "y"}
    assert taps(room).phases == ("tap", "result", "closed")
    assert room.snapshot.exercises["taps-3"].phase == "tap"


def test_undoing_a_reveal_is_told_as_another_phase():
    room = folded(act("go", 1, to="block-2"), act("reveal", 2), act("undo", 3))
    assert taps(room).phases == ("tap", "result", "tap")
    assert folded(act("go", 1, to="block-2"), act("undo", 2)).snapshot.exercises["taps-2"].phase == ""


def test_hide_and_its_undo():
    rows = (act("go", 1, to="block-2"), give(2, word="bad"), give(3, "b", "y"), act("hide", 4, id="gift-2", reason="namn"))
    room = folded(*rows)
    assert words(room) == {"b": "y"}
    assert room.snapshot.hidden_from(["a"]) == [("gift-2", "namn")]
    assert room.snapshot.hidden_from(["b"]) == []
    assert words(folded(*rows, act("undo", 5))) == {"a": "bad", "b": "y"}


def test_hiding_does_not_bring_back_what_was_replaced_and_lets_a_new_one_count():
    rows = (give(1, word="worse"), give(2, word="bad"), act("hide", 3, id="gift-2"))
    assert words(folded(*rows)) == {}
    assert words(folded(*rows, give(4, word="kind"))) == {"a": "kind"}


def test_only_the_author_takes_back_and_nothing_replaced_comes_again():
    rows = (give(1, word="old"), give(2, word="new"), give(3, "b", "y"))
    assert words(folded(*rows, withdraw(4, "gift-2", "b"))) == {"a": "new", "b": "y"}
    assert words(folded(*rows, withdraw(4, "gift-2"))) == {"b": "y"}
    assert words(folded(*rows, withdraw(4, "gift-2"), withdraw(5, "gift-2"), withdraw(6, "no"))) == {"b": "y"}


def test_mine_is_what_stands():
    room = folded(give(1, word="old"), give(2, word="new"), give(3, "b"), give(4, exercise="taps-3"))
    assert [(one.id, one.exercise) for one in room.mine("a")] == [("gift-2", "taps-2"), ("gift-4", "taps-3")]
    assert [one.data for one in room.mine("a")] == [Tap("new"), Tap("x")]
    room.apply(withdraw(5, "gift-2"))
    assert [one.id for one in room.mine("a")] == ["gift-4"]
    assert room.mine("stranger") == []


def test_late_rows_wait_for_admit_and_its_undo_puts_them_aside_again():
    rows = (give(1), give(2, "b", "late", late=True))
    assert words(folded(*rows)) == {"a": "x"}
    assert words(folded(*rows, act("admit", 3, id="gift-2"))) == {"a": "x", "b": "late"}
    assert words(folded(*rows, act("admit", 3, id="gift-2"), act("undo", 4))) == {"a": "x"}
    assert words(folded(*rows, withdraw(3, "gift-2", "b"), act("admit", 4, id="gift-2"))) == {"a": "x"}


def test_erased_rows_and_rows_of_elsewhere_only_move_the_version():
    room = folded(Envelope(1, "gone", "", "participant", "tap", None, exercise="taps-2"), give(2, exercise="words-9"))
    assert room.snapshot.v == 2
    assert words(room) == {}


def test_a_seq_already_seen_is_skipped():
    room = folded(give(5, word="x"), give(5, word="again"), give(4, "b"))
    assert words(room) == {"a": "x"}


def test_dirty_is_what_changed_since_the_last_take():
    room = folded()
    assert room.take_dirty() == {"stage", "taps-2", "taps-3"}
    room.apply(give(1))
    assert room.take_dirty() == {"taps-2"}
    room.apply(act("message", 2, text="Fika"))
    assert room.take_dirty() == {"stage"}
    room.apply(act("go", 3, to="block-2"))
    assert room.take_dirty() == {"stage", "taps-2"}
    assert room.take_dirty() == frozenset()


def test_a_snapshot_stays_as_it_was_and_shares_what_did_not_change():
    room = folded(give(1))
    first = room.snapshot
    room.apply(give(2, "b"))
    second = room.snapshot
    assert (dict(taps(first).words), dict(taps(second).words)) == ({"a": "x"}, {"a": "x", "b": "x"})
    assert first.exercises["taps-3"] is second.exercises["taps-3"]


IDS = st.sampled_from([f"gift-{number}" for number in range(1, 8)] + ["act-2", "w-3", "no"])
EXERCISES = st.sampled_from(["taps-2", "taps-3", "elsewhere"])
ROWS = st.one_of(
    ACTS,
    st.tuples(st.just("tap"), st.fixed_dictionaries({"author": st.sampled_from("abc"), "exercise": EXERCISES, "late": st.booleans()})),
    st.tuples(st.just("withdraw"), st.fixed_dictionaries({"target": IDS, "author": st.sampled_from("abc")})),
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Envelope]:
    """Any rows in any order."""
    seqs = count(1)
    rows = []
    for kind, data in draw(st.lists(ROWS, max_size=25)):
        seq = next(seqs)
        if kind == "tap":
            rows.append(give(seq, word=str(seq), **data))
        elif kind == "withdraw":
            rows.append(withdraw(seq, **data))
        else:
            rows.append(act(kind, seq, at=START + seq, **data))
    return rows


def state_of(room: RoomFold) -> object:
    snapshot = room.snapshot
    return snapshot.v, snapshot.stage, [(name, one.state, one.opened) for name, one in sorted(snapshot.exercises.items())]


@given(ledgers(), st.integers(0, 25))
def test_any_ledger_folds_and_taking_snapshots_on_the_way_changes_nothing(rows, stop):
    watched = RoomFold(COURSE)
    for row in rows:
        watched.apply(row)
        state_of(watched)
    assert state_of(watched) == state_of(folded(*rows))
    again = folded(*rows[:stop])
    again.apply_all(rows)
    assert state_of(again) == state_of(watched)


def test_a_writer_is_told_what_rests_until_it_is_written_anew_or_taken_back():
    rows = (act("go", 1, to="block-2"), give(2, word="bad"), give(3, "b", "y"), act("hide", 4, id="gift-2", reason="namn"))
    assert resting(folded(*rows).snapshot, ["a"]) == [("", "namn")]  # this type's words do not lie in `text`
    assert resting(folded(*rows).snapshot, ["b"]) == []
    assert resting(folded(*rows, give(5, word="kind")).snapshot, ["a"]) == []
    assert resting(folded(*rows, withdraw(5, "gift-2")).snapshot, ["a"]) == []
    assert resting(folded(*rows, act("undo", 5)).snapshot, ["a"]) == []
