"""The participant's HTTP: answers and streams however the bytes are cut, and Lost when they break off."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from mellanrum.commands.simulate import http
from mellanrum.commands.simulate.http import Client, Event, Lost

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
STREAM = 'event: hello\ndata: {"v":1}\n\nevent: cell\ndata: {"cell":"å",\ndata: "v":2}\n\n: comment\n\nretry: 5\n\n'.encode()
SEEN = [Event("hello", {"v": 1}), Event("cell", {"cell": "å", "v": 2})]


def run(sent: list[bytes], talk: Callable[[Client], Any], *, ends: bool = True) -> tuple[Any, bytes]:
    """What `talk` gives with a server that answers with these bytes, and what it was asked."""

    async def main() -> tuple[Any, bytes]:
        async with server(sent, ends=ends) as (base, asked):
            given = await talk(Client(base))
        return given, b"".join(asked)

    return asyncio.run(main())


@asynccontextmanager
async def server(sent: list[bytes], *, ends: bool) -> AsyncIterator[tuple[str, list[bytes]]]:
    asked: list[bytes] = []
    over = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.readuntil(b"\r\n\r\n"))
        for part in sent:
            writer.write(part)
            await writer.drain()
        if not ends:
            await over.wait()
        writer.close()

    listening = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = listening.sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}", asked
    finally:
        over.set()
        listening.close()


async def events(client: Client) -> list[Event]:
    return [event async for event in client.events("/events")]


def chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def test_a_request_carries_the_ticket_and_the_body() -> None:
    async def talk(client: Client) -> Any:
        client.ticket = "secret"
        return await client.request("POST", "/x", {"a": "å"})

    answer, asked = run([b"HTTP/1.1 201 Created\r\nContent-Length: 8\r\nX-Y: z\r\n\r\n", b'{"b": 1}'], talk)
    assert (answer.status, answer.body, answer.headers["x-y"]) == (201, {"b": 1}, "z")
    assert asked.startswith(b"POST /x HTTP/1.1\r\nHost: 127.0.0.1:")
    assert b"\r\nAuthorization: Bearer secret\r\n" in asked
    assert b"\r\nContent-Type: application/json\r\n" in asked


@pytest.mark.parametrize(
    "sent",
    [
        [b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"],
        [CHUNKED, chunk(b"{"), chunk(b"}"), b"0\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\n\r\n", b"{}"],
    ],
)
def test_a_body_comes_in_any_of_three_ways(sent: list[bytes]) -> None:
    answer, _asked = run(sent, lambda client: client.request("GET", "/"))
    assert answer.body == {}


def test_waiting_is_said_in_seconds() -> None:
    head = b"HTTP/1.1 503 Busy\r\nRetry-After: 7\r\nContent-Length: 0\r\n\r\n"
    answer, _asked = run([head], lambda client: client.request("GET", "/"))
    assert (answer.status, answer.retry_after, answer.body) == (503, 7.0, None)


@pytest.mark.parametrize(
    "sent",
    [
        [],
        [b"HTTP/1.1 200 OK\r\n"],
        [b"nonsense\r\n\r\n"],
        [b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}"],
        [CHUNKED, b"zz\r\n"],
        [CHUNKED],
    ],
)
def test_what_breaks_off_is_lost(sent: list[bytes]) -> None:
    with pytest.raises(Lost):
        run(sent, lambda client: client.request("GET", "/"))


def test_nobody_there_is_lost() -> None:
    with pytest.raises(Lost):
        asyncio.run(Client("http://127.0.0.1:1").request("GET", "/"))


@pytest.mark.parametrize("base", ["", "127.0.0.1:8000", "ftp://x", "http://"])
def test_what_is_no_address(base: str) -> None:
    with pytest.raises(ValueError, match=r"^$|:"):
        Client(base)


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_a_stream_may_be_cut_anywhere(size: int) -> None:
    parts = [STREAM[start : start + size] for start in range(0, len(STREAM), size)]
    assert run([CHUNKED, *map(chunk, parts), b"0\r\n\r\n"], events)[0] == SEEN
    assert run([b"HTTP/1.1 200 OK\r\n\r\n", *parts], events)[0] == SEEN


def test_a_stream_that_breaks_off_is_lost_after_what_came() -> None:
    async def talk(client: Client) -> list[Event]:
        seen = []
        try:
            async for event in client.events("/events"):
                seen.append(event)
        except Lost:
            return seen
        raise AssertionError(seen)

    assert run([CHUNKED, chunk(STREAM), b"ff"], talk)[0] == SEEN


def test_a_silent_stream_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "SILENT_SECONDS", 0.05)
    with pytest.raises(Lost):
        run([CHUNKED], events, ends=False)


def test_a_stream_that_is_refused_is_lost() -> None:
    with pytest.raises(Lost, match="503"):
        run([b"HTTP/1.1 503 Busy\r\nContent-Length: 0\r\n\r\n"], events)
