"""Codes that open nothing: unknown, not yet open, closed, and given on to another room."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conformance.client import API, Holder, example_item, join, new_id, open_exercises, post_json
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.running import Running, start_demo, start_serve

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def two_rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, Holder]]:
    """A product whose demo room lost its code to a newer room, and which has a third that opens in an hour."""
    running = start_demo(tmp_path_factory.mktemp("doors") / "data")
    crew = crew_of(running)
    find_rating(crew)
    old = join(running.base, running.code)
    running.stop()
    _give_the_code_on(running.data / "mellanrum.sqlite3", crew.room, running.code)
    again = start_serve(running.data, port=running.port)
    running.process = again.process
    yield running, old
    running.stop()


def _give_the_code_on(file: Path, room: str, code: str) -> None:
    with closing(sqlite3.connect(file)) as database, database:
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM rooms_room WHERE id = ?", (room,)).fetchone())
        database.execute("UPDATE rooms_room SET code = NULL WHERE id = ?", (room,))
        later = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() + 3600))
        for name, changes in (("n", {"code": code}), ("l", {"code": "11112222", "opens_at": later})):
            new = {**row, "id": name * 26, "key": name * 22, "key_hash": name * 64, "last_seq": 0, "opens_at": None, **changes}
            columns = ", ".join(new)
            database.execute(f"INSERT INTO rooms_room ({columns}) VALUES ({', '.join('?' * len(new))})", tuple(new.values()))


def test_a_door_that_is_not_open_yet_says_when(two_rooms: tuple[Running, Holder]) -> None:
    answer = post_json(two_rooms[0].base, f"{API}/join", {"code": "11112222"})
    assert answer.status == 409
    assert answer.json["type"] == "/problems/room-not-open"
    assert len(answer.json["detail"]) > 10
    assert "ticket" not in json.dumps(answer.json)


def test_a_recycled_code_opens_the_new_room_only(two_rooms: tuple[Running, Holder]) -> None:
    running, old = two_rooms
    assert join(running.base, running.code).room != old.room


def test_an_old_phone_stays_in_its_own_room(two_rooms: tuple[Running, Holder]) -> None:
    _, old = two_rooms
    item = example_item(next(open_exercises(old.state())))
    assert old.send(item)[0]["status"] == "stored"
    assert old.state()["mine"] == [item]


def test_an_old_ticket_opens_no_other_room(two_rooms: tuple[Running, Holder]) -> None:
    running, old = two_rooms
    new = join(running.base, running.code)
    stray = Holder(running.base, new.room, old.ticket)
    assert stray.get("state").status == 401
    assert stray.get("events").status == 401
    assert stray.post({"id": new_id(), "exercise": "scale-1", "type": "rate", "data": {}}).status == 401
    old_crew = Holder(running.base, new.room, running.ticket)
    assert old_crew.post({"id": new_id(), "exercise": "stage", "type": "next", "data": {}}).status == 401


def test_the_old_ticket_with_the_code_makes_a_new_person_in_the_new_room(two_rooms: tuple[Running, Holder]) -> None:
    running, old = two_rooms
    answer = post_json(running.base, f"{API}/join", {"code": running.code}, old.headers)
    assert answer.status == 200
    assert answer.json["room_id"] != old.room
    assert answer.json["ticket"] != old.ticket


def test_the_id_of_an_answer_counts_within_its_room(two_rooms: tuple[Running, Holder]) -> None:
    """The same id in two rooms is two contributions: a stale outbox cannot block anybody elsewhere."""
    running, old = two_rooms
    new = join(running.base, running.code)
    act = {"id": new_id(), "exercise": "stage", "type": "next", "data": {}}
    results = [holder.send(act)[0]["reason"] for holder in (old, new)]
    assert results == ["no_right", "no_right"]
