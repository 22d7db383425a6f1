"""A rehearsal whose server is killed: the made-up people go home, and the next start clears what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conformance.client import new_id
from tests.rehearsal.facilitator import WITHIN, Facilitator, all_come, code_of, crowds, files, holds, tables
from tests.running import poll, start_demo

TYPED = "Kvarglömd kvast 9001"
PEOPLE = 5

pytestmark = pytest.mark.fault


def test_a_killed_server_leaves_nobody_and_the_next_start_nothing(tmp_path: Path) -> None:
    running = start_demo(tmp_path / "data")
    try:
        facilitator = Facilitator(running.base)
        before, tree = tables(running), files(running.data)
        crew = facilitator.rehearse(PEOPLE)
        code = code_of(crew)
        all_come(crew, PEOPLE - 1)
        crew.act("go", to="block-1")
        notes = next(one["id"] for one in crew.state()["exercises"] if "photo" in one["accepts"])
        assert crew.send({"id": new_id(), "exercise": notes, "type": "note", "data": {"text": TYPED}})[0]["status"] == "stored"
        assert crowds(code)
        running.kill()
        poll(lambda: not crowds(code), within=WITHIN, what="the made-up people have gone home")
        assert holds(running.data, TYPED), "it is still there to be cleared"
    finally:
        running.stop()
    again = start_demo(tmp_path / "data")
    try:
        poll(lambda: tables(again)["rooms_room"] == before["rooms_room"], within=WITHIN, what="the rehearsal is cleared")
        poll(lambda: not holds(again.data, TYPED), within=WITHIN, what="its words are in no file")
        mine = {name: rows for name, rows in tables(again).items() if name != "rooms_ticket"}  # the demo hands out one at each start
        assert mine == {name: rows for name, rows in before.items() if name != "rooms_ticket"}
        assert files(again.data) == tree
    finally:
        again.stop()


def test_a_server_that_stops_takes_its_people_along(tmp_path: Path) -> None:
    running = start_demo(tmp_path / "data")
    try:
        crew = Facilitator(running.base).rehearse(PEOPLE)
        code = code_of(crew)
        poll(lambda: crowds(code), within=WITHIN, what="people are made up")
        assert running.stop() == 0
        assert crowds(code) == []
    finally:
        running.stop()
