"""What stands beside the course: ticks, who has the room, tables that call, a line for one table."""

from __future__ import annotations

import msgspec
import pytest

from mellanrum.rooms.stage import audiences
from mellanrum.rooms.stage.gate import STALE_MS, is_stale
from mellanrum.rooms.stage.tests.factory import START, act
from mellanrum.rooms.stage.tests.test_gate import item, reason, room
from mellanrum.rooms.stage.tests.test_stage import COURSE, play
from mellanrum.rooms.stage.views import AgendaItem, CrewStage, Leader, TableStage

NAMES = {"crew:1": "Elin", "crew:2": "Tariq"}
INSIDE = room(act("go", 1, to="block-2"))


def crew(*rows: object) -> CrewStage:
    return audiences.crew(COURSE, play(*rows), code="1", names=NAMES)  # type: ignore[arg-type]


def test_a_tick_is_seen_by_all_belongs_to_its_step_and_is_no_act():
    rows = (act("go", 1, to="block-2"), act("tick", 2, step="block-2:tap", line=0), act("tick", 3, step="block-1", line=4))
    assert crew(*rows).ticked == (0,)
    assert [one.kind for one in crew(*rows).acts] == ["go"]
    assert crew(*rows, act("go", 4, to="block-3")).ticked == ()
    assert crew(*rows, act("tick", 4, step="block-2", line=0, on=False)).ticked == ()


def test_ticks_stay_when_something_before_them_is_undone():
    rows = (act("message", 1, text="Hej"), act("go", 2, to="block-2"), act("tick", 3, step="block-2:tap", line=0))
    assert crew(*rows, act("undo", 4, seq=1)).ticked == (0,)


def test_nothing_is_ticked_in_a_closed_room_or_in_a_step_that_is_not_there():
    closed = (act("next", 1), act("close", 2))
    assert play(*closed, act("tick", 3, step="block-1", line=0)) == play(*closed)
    assert play(act("tick", 1, step="nowhere", line=0)) == play()


def test_handing_over_marks_who_has_the_room_and_can_be_undone():
    rows = (act("next", 1), act("lead", 2, to="crew:2"))
    view = crew(*rows)
    assert (view.leads, view.led_by) == (Leader("crew:2", "Tariq"), "crew:1")
    assert [(one.label, one.who) for one in view.acts] == [("Vidare till Välkommen", "Elin"), ("Tariq har rummet", "Elin")]
    assert crew(*rows, act("undo", 3)).leads is None
    assert crew(act("lead", 1, to="crew:9")).leads == Leader("crew:9", "Samtalsledare")


def test_a_table_calls_is_seen_and_is_done():
    assert audiences.table(play(act("call", 1, table="4")), "4") == TableStage("4", "", "waiting")
    rows = (act("call", 1, at=START, table="4"), act("call", 2, at=START + 9, table="4"))
    assert play(*rows).calls["4"].since == START  # who has called waits since then, however often they press
    assert audiences.table(play(*rows, act("heed", 3, table="4")), "4").calls == "seen"
    for last in (act("heed", 4, table="4"), act("call", 4, table="4", on=False)):
        assert not play(*rows, act("heed", 3, table="4"), last).calls
    assert play(*rows).acts == ()


def test_a_line_for_one_table_is_on_its_phones_alone_until_it_is_taken_away():
    state = play(act("message", 1, text="Alla"), act("message", 2, text="Kom fram", table="4"))
    assert (audiences.table(state, "4").message, audiences.table(state, "5").message) == ("Kom fram", "")
    assert audiences.phone(COURSE, state).message == "Alla"
    assert b"Kom fram" not in msgspec.json.encode(audiences.phone(COURSE, state))
    view = crew(act("message", 2, text="10:30 fika"), act("message", 3, text="Kom", table="4"), act("message", 4, table="4"))
    assert [one.label for one in view.acts] == ["Meddelande: 10:30 fika", "Till bord 4: Kom", "Tog bort meddelandet till bord 4"]


def test_the_wall_has_the_agenda_only_while_it_is_shown():
    def wall(*rows: object) -> tuple[AgendaItem, ...]:
        return audiences.projector(COURSE, play(*rows), address="a", code="1").agenda  # type: ignore[arg-type]

    assert wall(act("next", 1)) == ()
    shown = act("show", 9, what="agenda")
    assert wall(shown) == (AgendaItem("Hej", "", "coming"),)
    assert wall(act("go", 1, to="block-3"), shown) == (AgendaItem("Hej", "", "now"),)  # what has no heading belongs to the last one


def test_a_step_that_was_left_meanwhile_is_not_gone_from():
    rows = (act("go", 1, to="block-2"), act("go", 2, to="block-3", from_="block-2:tap"))
    assert play(*rows, act("go", 3, to="block-1", from_="block-2:tap")).step == "block-3:tap"


@pytest.mark.parametrize(
    ("kind", "data", "role", "expected"),
    [
        ("tick", {"step": "block-2:tap", "line": 0}, "crew", "stored"),
        ("tick", {"step": "block-9", "line": 0}, "crew", "invalid"),
        ("tick", {"step": "block-2:tap", "line": 100}, "crew", "invalid"),
        ("tick", {"step": "block-2:tap", "line": -1}, "crew", "invalid"),
        ("tick", {"step": "block-2:tap", "line": 0}, "helper", "no_right"),
        ("tick", {"step": "block-2:tap", "line": 0}, "table", "no_right"),
        ("lead", {"to": "crew:2"}, "crew", "stored"),
        ("lead", {"to": "Elin"}, "crew", "invalid"),
        ("lead", {"to": "crew:2"}, "helper", "no_right"),
        ("call", {}, "table", "stored"),
        ("call", {"table": "4", "on": False}, "crew", "stored"),
        ("call", {}, "participant", "no_right"),
        ("call", {}, "projector", "no_right"),
        ("call", {"table": "0"}, "table", "invalid"),
        ("call", {"table": "100"}, "table", "invalid"),
        ("heed", {"table": "4"}, "crew", "stored"),
        ("heed", {"table": "4"}, "table", "no_right"),
        ("heed", {"table": ""}, "crew", "invalid"),
        ("message", {"text": "x", "table": "<b>"}, "crew", "invalid"),
        ("message", {"text": "x" * 401, "table": "4"}, "crew", "too_large"),
        ("show", {"what": "agenda"}, "crew", "stored"),
        ("show", {"what": "everything"}, "crew", "invalid"),
        ("undo", {"seq": 7}, "crew", "not_found"),
    ],
)
def test_who_may_do_what_beside_the_course(kind: str, data: dict[str, object], role: str, expected: str):
    assert reason(INSIDE, item(kind, data, "stage"), role) == expected


def test_what_crew_pressed_long_ago_is_stale_and_what_a_table_called_is_not():
    old, fresh = START - STALE_MS - 1, START - STALE_MS
    assert [is_stale(item("next", {}, "stage", made_at=at), "crew", START) for at in (old, fresh, None, "2026")] == [
        True,
        False,
        False,
        False,
    ]
    assert not is_stale(item("call", {}, "stage", made_at=old), "table", START)
    assert not is_stale(item(made_at=old), "crew", START)
