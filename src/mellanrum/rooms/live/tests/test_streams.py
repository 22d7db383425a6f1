"""Streams: one framing for all, slow clients dropped, hidden transports pumped."""

from __future__ import annotations

import asyncio
from typing import Any

from mellanrum.rooms.live.frames import chunk, event
from mellanrum.rooms.live.streams import MAX_BUFFERED, Connection, Stream, StreamKey

KEY = StreamKey("phone", "sv", "json")


class Wire:
    """A transport that remembers; `lag` is how much it has not sent yet."""

    def __init__(self, lag: int = 0) -> None:
        self.lag = lag
        self.written: list[bytes] = []
        self.is_aborted = False

    def get_write_buffer_size(self) -> int:
        return self.lag

    def is_closing(self) -> bool:
        return self.is_aborted

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def abort(self) -> None:
        self.is_aborted = True

    def close(self) -> None: ...


async def _nowhere(message: dict[str, Any]) -> None: ...


def listener(stream: Stream, wire: Wire) -> Connection:
    connection = Connection(stream, "hash", _nowhere, wire)  # type: ignore[arg-type]
    stream.connections.add(connection)
    connection.is_open = True
    return connection


def test_every_client_gets_the_same_bytes_object() -> None:
    stream, wires = Stream(KEY), [Wire(), Wire()]
    for wire in wires:
        listener(stream, wire)
    stream.publish(7, {"stage": event("cell", {"cell": "stage"})})
    assert wires[0].written[0] is wires[1].written[0]
    assert wires[0].written[0] == chunk(b'event: cell\ndata: {"cell":"stage"}\n\n')
    assert stream.v == 7


def test_a_slow_client_is_dropped_and_the_others_go_on() -> None:
    stream, slow, quick = Stream(KEY), Wire(lag=MAX_BUFFERED + 1), Wire()
    listener(stream, slow)
    listener(stream, quick)
    stream.broadcast(b"x")
    assert slow.is_aborted
    assert slow.written == []
    assert quick.written == [chunk(b"x")]


def test_a_newcomer_sees_the_last_of_every_cell() -> None:
    stream = Stream(KEY)
    stream.publish(1, {"stage": b"a", "people": b"b"})
    stream.publish(2, {"stage": b"c"})
    assert stream.snapshot() == b"cb"


def test_where_the_transport_is_hidden_events_go_through_the_server() -> None:
    sent: list[bytes] = []

    async def scenario() -> None:
        arrived = asyncio.Event()

        async def send(message: dict[str, Any]) -> None:
            sent.append(message["body"])
            arrived.set()

        connection = Connection(Stream(KEY), "hash", send, None)
        connection.is_open = True
        pump = asyncio.create_task(connection.pump())
        connection.write(b"one", chunk(b"one"))
        connection.write(b"two", chunk(b"two"))
        await asyncio.wait_for(arrived.wait(), 2)
        pump.cancel()

    asyncio.run(scenario())
    assert b"".join(sent) == b"onetwo"


def test_nothing_is_written_before_head_and_cells() -> None:
    stream, wire = Stream(KEY), Wire()
    listener(stream, wire).is_open = False
    stream.publish(1, {"stage": b"a"})
    assert wire.written == []
    assert stream.snapshot() == b"a"


def test_a_cell_that_is_gone_is_told_once_and_to_no_newcomer() -> None:
    stream, wire = Stream(KEY), Wire()
    listener(stream, wire)
    stream.publish(1, {"stage": b"a", "exercise-x": b"b"})
    stream.publish(2, {"exercise-x": b"null"}, frozenset({"exercise-x"}))
    assert wire.written[-1] == chunk(b"null")
    assert stream.snapshot() == b"a"
