"""A planned restart in the middle of a meeting: everyone is told when to come back, and comes back to the same room."""

from __future__ import annotations

import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from tests.conformance.client import Holder, example_item, join, open_exercises
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.hostile.wire import connect
from tests.running import Running, start_demo, start_serve

pytestmark = pytest.mark.fault


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = start_demo(tmp_path / "data")
    find_rating(crew_of(started))
    yield started
    started.stop()


def test_a_restart_is_told_to_every_listener_and_nothing_holds_it_up(running: Running) -> None:
    with ExitStack() as stack:
        people = [join(running.base, running.code) for _ in range(20)]
        streams = [stack.enter_context(person.events()) for person in people]
        for stream in streams:
            stream.until("hello")
        half = [stack.enter_context(closing(connect(running.base))) for _ in range(10)]
        for wire in half:
            wire.sendall(b"POST /api/v1/rooms/join HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{")
        start = time.monotonic()
        running.process.send_signal(signal.SIGTERM)
        byes = [stream.until("bye").data for stream in streams]
        assert running.process.wait(15) == 0
        assert time.monotonic() - start < 12
    assert {bye["reason"] for bye in byes} == {"restart"}
    assert all(bye["retry"] > 0 for bye in byes)


def test_after_a_restart_the_room_is_the_same(running: Running) -> None:
    person = join(running.base, running.code)
    item = example_item(next(open_exercises(person.state())))
    seq = person.send(item)[0]["seq"]
    before = _hello(person)
    assert running.stop() == 0
    running.process = start_serve(running.data, port=running.port).process
    after = _hello(person)
    assert (after["room"], after["v"], after["release"]) == (before["room"], before["v"], before["release"])
    assert after["epoch"] != before["epoch"]
    assert person.state()["mine"] == [item]
    again = person.send(item)[0]
    assert (again["status"], again["seq"]) == ("duplicate", seq)


def _hello(person: Holder) -> dict[str, object]:
    with person.events() as stream:
        return dict(stream.until("hello").data)


def test_a_picture_at_rest_still_rests_after_a_restart(running: Running) -> None:
    crew = crew_of(running)
    resting = crew.state("?audience=projector")["cells"]["stage"]["now"]["step"]
    assert crew.act("freeze")["status"] == "stored"
    assert crew.act("next")["status"] == "stored"
    assert running.stop() == 0
    running.process = start_serve(running.data, port=running.port).process
    crew = crew_of(running)
    assert crew.state("?audience=crew")["cells"]["stage"]["step"] != resting
    assert crew.state("?audience=projector")["cells"]["stage"]["now"]["step"] == resting


def test_what_a_kill_kept_from_the_lists_is_written_down_when_the_room_is_read(running: Running) -> None:
    crew = crew_of(running)
    assert crew.act("close")["status"] == "stored"
    assert running.stop() == 0
    assert _closed_at(running, crew.room), "stopping in order writes it down"
    _forget_closing(running)  # as a kill between the two would have left it
    running.process = start_serve(running.data, port=running.port).process
    crew.state()
    assert running.stop() == 0
    assert _closed_at(running, crew.room)


def _closed_at(running: Running, room: str) -> str | None:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3")) as database:
        found: str | None = database.execute("SELECT closed_at FROM rooms_room WHERE id = ?", (room,)).fetchone()[0]
    return found


def _forget_closing(running: Running) -> None:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3")) as database, database:
        database.execute("UPDATE rooms_room SET closed_at = NULL")
