"""Slow and half clients are let go, streams and quick clients are not."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from typing import ClassVar

import pytest
import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mellanrum.rooms.live.http import Message, Receive, Scope, Send, TooLarge, problem, read_body, send_bytes
from mellanrum.rooms.live.protocol import TRANSPORT, USED_OF_UVICORN, RoomProtocol
from mellanrum.rooms.live.tests.serving import ask, connect, read_answer, read_to_end, seconds_until_closed, serving

pytestmark = pytest.mark.fault

GET = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n"
POST = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n"
STREAM = b"GET /stream HTTP/1.1\r\nhost: x\r\n\r\n"
HALVES = {"nothing": b"", "half a head": b"GET / HTTP/1.1\r\nhost:", "empty lines": b"\r\n\r\n", "half a body": POST + b"abc"}


class Hasty(RoomProtocol):
    """The same rules in little time."""

    head_seconds: ClassVar[float] = 0.3
    body_seconds: ClassVar[float] = 0.3
    write_seconds: ClassVar[float] = 0.3


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """`/stream` never ends, `/large` is more than any buffer holds, everything else tells the size of the body."""
    if scope["path"] == "/stream":
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"hello", "more_body": True})
        while (await receive())["type"] != "http.disconnect":
            pass
        return
    if scope["path"] == "/large":
        await send_bytes(send, 200, [], bytes(30_000_000))
        return
    try:
        body = await read_body(receive, 100_000, scope)
    except TooLarge:
        await problem(send, "too-large", 413, "För stort", "Skicka mindre.")
        return
    await send_bytes(send, 200, [], b"%d" % len(body))


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving(app, http=Hasty) as port:
        yield port


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_request_is_closed(port: int, half: bytes) -> None:
    with connect(port, half) as connection:
        assert seconds_until_closed(connection) < 4


@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_half_a_request_stays_open_without_our_protocol(half: bytes) -> None:
    with serving(app, http=HttpToolsProtocol) as port, connect(port, half, seconds=1.5) as connection, pytest.raises(TimeoutError):
        read_to_end(connection)


def test_a_dribbled_head_is_closed(port: int) -> None:
    with connect(port) as connection:
        assert _dribble(connection, GET[:-2] + b"x: " + b"y" * 1000, each=0.05) < 4


def test_a_dribbled_head_on_a_used_connection_is_closed(port: int) -> None:
    with connect(port, GET) as connection:
        assert read_answer(connection)[0] == 200
        assert _dribble(connection, GET[:-2] + b"x: " + b"y" * 1000, each=0.05) < 4


def test_a_body_that_keeps_coming_is_taken(port: int) -> None:
    with connect(port, POST) as connection:
        for _part in range(10):
            time.sleep(0.08)  # in all longer than the deadline; this is the client's slowness, not a wait for the server
            connection.sendall(b"x" * 100)
        assert read_answer(connection)[2] == b"1000"


def test_a_stream_and_a_kept_connection_outlive_the_deadlines(port: int) -> None:
    with connect(port, STREAM, seconds=1.2) as stream, connect(port, GET) as kept:
        read_answer(kept)
        with pytest.raises(TimeoutError):
            read_to_end(stream)
        kept.sendall(GET)
        assert read_answer(kept)[0] == 200


def test_a_slow_reader_is_let_go(port: int) -> None:
    assert _read_after_a_rest(port) < 30_000_000


def test_a_slow_reader_is_waited_for_without_our_protocol() -> None:
    with serving(app, http=HttpToolsProtocol) as port:
        assert _read_after_a_rest(port) > 30_000_000


def test_a_reader_that_keeps_reading_gets_everything(port: int) -> None:
    status, _headers, body = ask(port, b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n")
    assert (status, len(body)) == (200, 30_000_000)


@pytest.mark.parametrize("pieces", [1, 40])
def test_a_large_head_is_refused(port: int, pieces: int) -> None:
    head = b"GET / HTTP/1.1\r\nhost: x\r\n" + b"".join(b"x-%d: %s\r\n" % (n, b"y" * 500) for n in range(40)) + b"\r\n"
    with connect(port) as connection:
        for start in range(0, len(head), len(head) // pieces):
            try:
                connection.sendall(head[start : start + len(head) // pieces])
            except ConnectionError:
                break
        assert read_to_end(connection).startswith(b"HTTP/1.1 431") or pieces > 1


def test_a_small_head_with_a_large_body_is_no_large_head(port: int) -> None:
    request = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 50000\r\n\r\n" + bytes(50_000)
    assert ask(port, request)[2] == b"50000"


def test_a_client_that_sends_too_much_gets_to_read_why(port: int) -> None:
    with connect(port, b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3000000\r\n\r\n") as connection:
        connection.sendall(bytes(3_000_000))
        assert read_answer(connection)[0] == 413
        connection.sendall(GET)
        assert read_answer(connection)[0] == 200


def test_what_follows_a_refusal_is_not_taken_for_ever(port: int) -> None:
    with connect(port, b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 3000000\r\n\r\n") as connection:
        assert _dribble(connection, bytes(1000), each=0.05) < 4


def test_requests_in_one_segment_are_all_answered(port: int) -> None:
    with connect(port, GET + GET + GET[:10]) as connection:
        received = b""
        while received.count(b"200 OK") < 2:
            received += connection.recv(1000)
        connection.sendall(GET[10:])
        while received.count(b"200 OK") < 3:
            received += connection.recv(1000)


def test_nonsense_is_refused_and_an_offer_to_upgrade_ignored(port: int) -> None:
    with connect(port, b"nonsense\r\n\r\n") as connection:
        assert read_to_end(connection).startswith(b"HTTP/1.1 400")
    assert ask(port, GET[:-2] + b"connection: upgrade\r\nupgrade: websocket\r\n\r\n")[0] == 200


def test_the_application_gets_the_transport() -> None:
    async def straight(scope: Scope, receive: Receive, send: Send) -> None:
        scope["extensions"][TRANSPORT].write(b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi")
        scope["extensions"][TRANSPORT].close()
        await asyncio.sleep(0)
        await send(_START)

    with serving(straight) as port, connect(port, GET) as connection:
        assert read_to_end(connection).endswith(b"hi")


def test_uvicorn_is_the_one_we_know() -> None:
    sentence = "RoomProtocol uses unpublished parts of uvicorn 0.54: read its httptools_impl.py again, then move this pin. Changed: "
    missing: list[str] = []

    class Inspected(HttpToolsProtocol):
        def on_message_complete(self) -> None:
            for part, names in USED_OF_UVICORN.items():
                missing.extend(name for name in names if not hasattr(self if part == "connection" else getattr(self, part), name))
            super().on_message_complete()

    with serving(app, http=Inspected) as port:
        assert ask(port, GET)[0] == 200
    assert missing == [], sentence + str(missing)
    assert uvicorn.__version__.startswith("0.54."), sentence + uvicorn.__version__


_START: Message = {"type": "http.response.start", "status": 200, "headers": []}


def _dribble(connection: socket.socket, data: bytes, *, each: float) -> float:
    """Send one byte at a time until the server has closed; seconds taken."""
    began = time.monotonic()
    connection.settimeout(each)
    for byte in data:
        try:
            connection.sendall(bytes([byte]))
            while connection.recv(65_536):
                pass
        except TimeoutError:
            continue
        except ConnectionError:
            pass
        return time.monotonic() - began
    raise AssertionError("the server took it all")


def _read_after_a_rest(port: int) -> int:
    """Bytes that a client gets which asks for a lot, rests for two looks of the server, and then reads."""
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.settimeout(5)
        connection.connect(("127.0.0.1", port))
        connection.sendall(b"GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
        connection.recv(100)
        time.sleep(1.2)
        return len(read_to_end(connection))


def test_what_lies_ready_is_dated_anew_with_every_new_date() -> None:
    then, now = [(b"date", b"then")], [(b"date", b"now")]

    assert RoomProtocol._begun_with(then).endswith(b"date: then\r\n")
    assert RoomProtocol._begun_with(then).endswith(b"date: then\r\n")
    assert RoomProtocol._begun_with(now).endswith(b"date: now\r\n")
