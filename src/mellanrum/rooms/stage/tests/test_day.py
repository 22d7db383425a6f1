"""The day as participants follow it: headings only, and always the one they are in."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.rooms.plan import Block, Lasting, Plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.day import day
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import act
from mellanrum.rooms.stage.views import PhoneAgenda

SHEET = (
    Block("a", "Öppna för teamet", agenda="Välkomna", minutes=7),
    Block("b", "Kaffet ställs fram", minutes=31, responsible="Tariq", say="Hemligt"),
    Block("c", "Incheckning", agenda="Incheckning", minutes=23),
    Block("d", "Mer incheckning", agenda="Incheckning", minutes=11),
    Block("e", "Samling", agenda="Samling", minutes=17),
)


def seen(blocks: tuple[Block, ...], *steps: str, lasting: Lasting | None = None) -> PhoneAgenda | None:
    fold = RoomFold(course_of(Plan(blocks=blocks, lasting=lasting)), "r")
    for seq, step in enumerate(steps, 1):
        fold.apply(act("close", seq) if step == "close" else act("go", seq, to=step))
    return day(fold.snapshot.course, fold.snapshot.stage)


def told(agenda: PhoneAgenda | None) -> list[tuple[str, str]]:
    assert agenda
    return [(one.title, one.state) for one in agenda.items]


def test_who_waits_sees_the_whole_day() -> None:
    agenda = seen(SHEET)
    assert told(agenda) == [("Välkomna", "coming"), ("Incheckning", "coming"), ("Samling", "coming")]
    assert agenda
    assert (agenda.is_open, agenda.now, agenda.next) == (True, "", "Välkomna")


def test_a_block_without_heading_belongs_to_the_one_before_and_neighbours_are_one() -> None:
    for step in ("a", "b"):
        assert told(seen(SHEET, step)) == [("Välkomna", "now"), ("Incheckning", "coming"), ("Samling", "coming")]
    for step in ("c", "d"):
        agenda = seen(SHEET, step)
        assert agenda
        assert (agenda.now, agenda.next, agenda.is_open) == ("Incheckning", "Samling", False)


def test_no_day_when_it_is_over_when_nothing_is_told_and_for_what_is_open_for_days() -> None:
    assert seen(SHEET, "c", "close") is None
    assert seen((Block("x", "Bara för teamet", minutes=5),), "x") is None
    assert seen(SHEET[:1], lasting=Lasting()) is None


@given(st.lists(st.sampled_from(["", "Kaffe", "Samling"]), min_size=1, max_size=8), st.data())
def test_at_most_one_is_now_and_all_before_it_are_done(headings: list[str], data: st.DataObject) -> None:
    blocks = tuple(Block(f"b{n}", f"Team {n}", agenda=heading, minutes=n) for n, heading in enumerate(headings))
    agenda = seen(blocks, data.draw(st.sampled_from(blocks)).key)
    states = [one.state for one in agenda.items] if agenda else []
    assert states == sorted(states, key=["done", "now", "coming"].index)
    assert states.count("now") <= 1


def test_nothing_but_headings_is_in_the_bytes() -> None:
    sent = msgspec.json.encode(seen(SHEET, "c")).decode()
    assert "Incheckning" in sent
    for secret in ("31", "23", "Tariq", "Hemligt", "Kaffet", "teamet"):
        assert secret not in sent
