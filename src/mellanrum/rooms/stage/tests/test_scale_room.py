"""A real rating in a room: what was seen stays seen, whatever crew and people do afterwards."""

from __future__ import annotations

from itertools import count
from typing import Any

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope, Withdraw
from mellanrum.exercise_kit.examples import read_samples
from mellanrum.exercise_kit.registry import exercise_type
from mellanrum.exercises.scale.audiences import result
from mellanrum.exercises.scale.contributions import KINDS
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.gate import Accepted, Item, decide
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import START, act

DEFINITION = read_samples(exercise_type("scale")).definitions["one-item"]
EXERCISE = {"id": "scale-2", "slug": "scale", "definition": DEFINITION}
COURSE = course_of(read_plan({"blocks": [{"key": "block-2", "title": "Skatta", "minutes": 9, "exercise": EXERCISE}]}))


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(data, KINDS[kind]), exercise="scale-2")


def rate(seq: int, author: str, value: int | None) -> Envelope:
    return give(seq, author, "rate", item="know", subject="me", value=value)


def withdraw(seq: int, author: str, target: str) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", "withdraw", Withdraw(target), exercise="scale-2")


def folded(*rows: Envelope) -> RoomFold:
    room = RoomFold(COURSE)
    room.apply_all(rows)
    return room


def counts(room: RoomFold) -> tuple[tuple[int, ...], int]:
    one = room.snapshot.exercises["scale-2"]
    found = result(one.definition, one.state)
    return (found.items[0].bars[0].counts if found.items else ()), found.uncounted


BEGIN = [act("go", 1, to="block-2"), *(rate(seq, f"p{seq}", 3) for seq in range(2, 9))]
TEXT = give(9, "p2", "write", part="hard", text="Kim på tredje våningen")
SHOWN = [*BEGIN, TEXT, act("reveal", 10)]


def test_undoing_the_reveal_keeps_what_was_seen():
    room = folded(*SHOWN, act("undo", 11), rate(12, "p2", 5))
    assert room.snapshot.exercises["scale-2"].phase == "rate"
    assert counts(room) == ((0, 0, 7, 0, 0), 1)
    view: Any = room.snapshot.view("scale-2", "projector")
    assert view.result is None


def test_hiding_a_text_takes_the_text_and_moves_no_number():
    room = folded(*SHOWN, act("hide", 11, id="gift-9", reason="namn"))
    assert counts(room) == ((0, 0, 7, 0, 0), 0)
    for audience in ("phone", "projector", "crew"):
        assert b"Kim" not in msgspec.json.encode(room.snapshot.view("scale-2", audience))
    assert b"Kim" in msgspec.json.encode(folded(*SHOWN).snapshot.view("scale-2", "projector"))
    one = room.snapshot.exercises["scale-2"]
    assert "Kim" not in str(one.placed.type.harvest(one.definition, one.state, "scale-2"))


def test_a_rating_cannot_be_hidden():
    assert counts(folded(*SHOWN, act("hide", 11, id="gift-2"))) == ((0, 0, 7, 0, 0), 0)


def test_a_rating_taken_back_after_the_reveal_waits_and_is_no_longer_mine():
    room = folded(*SHOWN, withdraw(11, "p3", "gift-3"))
    assert counts(room) == ((0, 0, 7, 0, 0), 1)
    assert room.mine("p3") == []
    assert room.snapshot.own("scale-2", "p3") == room.snapshot.own("scale-2", "nobody")


def test_nothing_is_harvested_before_the_room_has_seen_it_or_it_is_closed():
    for rows, is_harvested in ((BEGIN, False), (SHOWN, True), ([*BEGIN, act("close", 10)], True)):
        one = folded(*rows).snapshot.exercises["scale-2"]
        assert bool(one.placed.type.harvest(one.definition, one.state, "scale-2")) == is_harvested


def test_what_the_gate_lets_in_is_what_the_fold_gets():
    snapshot = folded(*BEGIN).snapshot
    good = Item("i" * 22, "scale-2", "rate", msgspec.Raw(b'{"item":"know","subject":"me","value":"dk"}'))
    decision = decide(snapshot, good, "participant", START)
    assert isinstance(decision, Accepted)
    assert COURSE.decode("scale-2", decision.kind, decision.version, decision.body) == ("rate", decision.data)
    for wrong in (b'{"item":"know","subject":"me","value":6}', b'{"item":"x","subject":"me","value":1}', b'{"item":"know","subject":"me"}'):
        assert not isinstance(decide(snapshot, Item("i" * 22, "scale-2", "rate", msgspec.Raw(wrong)), "participant", START), Accepted)


PEOPLE = st.sampled_from(["p2", "p3", "p4", "late"])
ROWS = st.one_of(
    st.tuples(st.just("rate"), PEOPLE, st.one_of(st.none(), st.integers(1, 5))),
    st.tuples(st.just("write"), PEOPLE, st.sampled_from(["a", "b", ""])),
    st.tuples(st.just("withdraw"), PEOPLE, st.integers(2, 30)),
    st.tuples(st.sampled_from(["hide", "admit"]), st.just(""), st.integers(2, 30)),
    st.tuples(st.sampled_from(["reveal", "undo", "back", "next", "close", "open"]), st.just(""), st.none()),
)


@st.composite
def ledgers(draw: st.DrawFn) -> list[Envelope]:
    rows, seqs = list(BEGIN), count(9)
    drawn: list[tuple[str, str, Any]] = draw(st.lists(ROWS, max_size=25))
    for kind, who, about in drawn:
        seq = next(seqs)
        if kind == "rate":
            rows.append(rate(seq, who, about))
        elif kind == "write":
            rows.append(give(seq, who, "write", part="hard", text=about))
        elif kind == "withdraw":
            rows.append(withdraw(seq, who, f"gift-{about}"))
        else:
            data: dict[str, Any] = {"id": f"gift-{about}"} if about else {}
            rows.append(act(kind, seq, **data))
    return rows


@given(ledgers())
def test_looking_on_the_way_and_folding_again_at_the_end_agree(rows):
    watched = RoomFold(COURSE)
    for row in rows:
        watched.apply(row)
        assert watched.snapshot.exercises
    again = folded(*rows)
    assert watched.snapshot.stage == again.snapshot.stage
    assert watched.snapshot.exercises["scale-2"].state == again.snapshot.exercises["scale-2"].state
    assert all(watched.mine(author) == again.mine(author) for author in ("p2", "p3", "p4", "late"))
