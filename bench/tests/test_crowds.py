"""The crowds in C count rightly, the backups' judge finds what is missing, and a missing program is said."""

from __future__ import annotations

import socket
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

import bench.reference
from bench import programs
from bench.crowd import Step, hall, phones
from bench.frame import CannotMeasure
from bench.load import request
from bench.product import started
from bench.programs import compiled
from bench.rows.backup import Ack, Backup, has_all, sorted_by_backups
from tests.running import free_port

EPOLL = Path(bench.reference.__file__).parent / "epoll.c"
COOKIE = "mr-room=secret"


@contextmanager
def room(*, answers_all: bool = True) -> Iterator[tuple[str, list[bytes]]]:
    """A server that answers page, join and stream, and hangs up when it should not; and what it was asked."""
    asked: list[bytes] = []
    listener = socket.create_server(("127.0.0.1", 0), backlog=100)

    def serve(line: socket.socket) -> None:
        with line:
            while b"\r\n\r\n" in (came := line.recv(4096)):
                asked.append(came)
                if b"/events" in came:
                    line.sendall(b"HTTP/1.1 200 OK\r\n\r\nevent: hello\n\n")
                    line.sendall(b"event: cell\n\n")
                elif answers_all:
                    line.sendall(b"HTTP/1.1 200 OK\r\nSet-Cookie: %b; Path=/\r\nContent-Length: 2\r\n\r\nok" % COOKIE.encode())
                else:
                    return

    def take() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=serve, args=(line,), daemon=True).start()

    threading.Thread(target=take, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", asked
    finally:
        listener.close()


STEPS = [
    Step(1, "get", request("GET", "/r/1")),
    Step(2, "get", request("GET", "/a")),
    Step(2, "get", request("GET", "/b")),
    Step(3, "join", request("POST", "/join")),
    Step(4, "get", b"GET /state HTTP/1.1\r\nCookie: @COOKIE@\r\n\r\n"),
    Step(5, "stream", b"GET /events HTTP/1.1\r\nCookie: @COOKIE@\r\n\r\n"),
]


@pytest.mark.long  # compiled with gcc, which only these need
def test_phones_come_in_step_by_step_with_the_cookie_they_were_given() -> None:
    with room() as (base, asked), phones(base, STEPS, 10, 0.1) as arrival:
        assert (arrival.came_in, arrival.lost) == (10, 0)
        assert len(asked) == 10 * len(STEPS)
        assert sum(COOKIE.encode() in one for one in asked) == 20


@pytest.mark.long  # compiled with gcc, which only these need
def test_phones_that_are_hung_up_on_are_lost() -> None:
    with room(answers_all=False) as (base, _), phones(base, STEPS, 5, 0.1) as arrival:
        assert (arrival.came_in, arrival.lost) == (0, 5)


@pytest.mark.long  # compiled with gcc, which only these need
def test_a_hall_says_when_the_last_has_heard() -> None:
    port = free_port()
    dialogue = [("send", request("GET", "/events")), ("wait", b"event: hello")]
    with started(str(compiled(EPOLL)), str(port), port=port) as (base, _), hall(base, dialogue, [], 50) as listening:
        whole, among = listening.publish(request("POST", "/publish", b"Hej alla 001"), b"Hej alla 001")
        assert 0 < among < whole


def test_what_cannot_be_had_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(programs, "PLACE", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotMeasure, match=r"gcc.*could not be had"):
        compiled(EPOLL)
    with pytest.raises(CannotMeasure, match=r"nginx could not be had"):
        programs.unpacked("nginx")
    assert not list(tmp_path.glob("nginx"))


@pytest.mark.parametrize(
    ("rows", "last", "wanted", "is_whole"),
    [
        ([1, 2, 3], 3, {"c1", "c3"}, True),
        ([1, 3], 3, set(), False),
        ([1, 2], 3, set(), False),
        ([1, 2], 2, {"c3"}, False),
        ([], 0, set(), True),
    ],
)
def test_a_backup_is_judged_by_its_gaps_and_by_what_it_had_to_have(rows: list[int], last: int, wanted: set[str], is_whole: bool) -> None:
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("CREATE TABLE rooms_room (id, last_seq)")
        database.execute("CREATE TABLE rooms_contribution (id, room_id, seq)")
        database.execute("INSERT INTO rooms_room VALUES ('r', ?)", (last,))
        database.executemany("INSERT INTO rooms_contribution VALUES (?, 'r', ?)", [(f"c{seq}", seq) for seq in rows])
        assert has_all(database, wanted) is is_whole


def test_answers_are_sorted_by_whether_a_backup_touched_them() -> None:
    backups = [Backup(Path("a"), 10.0, 12.0), Backup(Path("b"), 20.0, 22.0)]
    acks = [Ack(9.0, 9.5, "1"), Ack(9.5, 10.5, "2"), Ack(11.9, 13.0, "3"), Ack(13.0, 13.25, "4"), Ack(30.0, 30.75, "5")]
    calm, busy = sorted_by_backups(acks, backups)
    assert calm == [0.5, 0.25, 0.75]
    assert [round(one, 3) for one in busy] == [1.0, 1.1]
