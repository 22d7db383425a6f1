"""`GET events`: a client listens to one stream of a room until either side goes."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

from mellanrum import __version__
from mellanrum.rooms.live.frames import LAST, PADDING, chunk, event
from mellanrum.rooms.live.http import Receive
from mellanrum.rooms.live.streams import Connection, Stream, StreamKey

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder

PROTOCOL = "1.0"
STREAMS_PER_TICKET = 4
ASK_AT_ONCE = 300  # milliseconds
BEAT_SECONDS = 5

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
]


async def listen(engine: Engine, room: LiveRoom, holder: Holder, key: StreamKey, request: Request) -> None:
    """Answer with the stream: `hello` and every current cell in one write, then what changes."""
    if engine.tickets.is_unknown(holder.hash):  # taken back while the room was read
        return await request.refuse("ticket")
    transport = request.scope.get("extensions", {}).get("mellanrum.transport")
    connection = Connection(engine.stream(room, key), holder.hash, request.send, transport)
    _make_place(engine, holder)
    engine.connect(connection)
    try:
        await _begin(engine, room, connection)
        await _until_gone(connection, request.receive)
    finally:
        engine.disconnect(room, connection)


async def _begin(engine: Engine, room: LiveRoom, connection: Connection) -> None:
    """Head, hello and all cells. What is published until then stands in the snapshot, so the connection stays shut that long."""
    stream = connection.stream
    await asyncio.shield(stream.ready)
    await connection.send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
    first = PADDING + b"retry: %d\n\n" % random.randint(1000, 5000) + _hello(engine, room, stream) + stream.snapshot()  # noqa: S311 - spreads reconnects
    connection.is_open = True
    await connection.send({"type": "http.response.body", "body": first, "more_body": True})


async def _until_gone(connection: Connection, receive: Receive) -> None:
    pump = None if connection.transport else asyncio.create_task(connection.pump())
    try:
        while (await receive())["type"] != "http.disconnect":
            pass
    finally:
        if pump:
            pump.cancel()


def _hello(engine: Engine, room: LiveRoom, stream: Stream) -> bytes:
    return event(
        "hello",
        {
            "protocol": PROTOCOL,
            "release": __version__,
            "assets": engine.assets_release,
            "room": room.id,
            "epoch": room.epoch,
            "now": room.now_ms(),
            "v": stream.v,
            "cells": list(stream.cells),
        },
    )


def _make_place(engine: Engine, holder: Holder) -> None:
    """A ticket has at most four streams; the oldest gives way and is told so."""
    theirs = engine.listening.get(holder.hash, ())
    for oldest in list(theirs)[: max(0, len(theirs) - STREAMS_PER_TICKET + 1)]:
        say_bye(oldest, "elsewhere")


def say_bye(connection: Connection, reason: str) -> None:
    """Tell a client that its stream ends and when to come back, then close it."""
    # Whose ticket was taken back is one person, who should read so at once; a whole hall comes back spread out.
    retry = ASK_AT_ONCE if reason == "revoked" else random.randint(1000, 10_000)  # noqa: S311 - spreads reconnects
    payload = event("bye", {"reason": reason, "retry": retry})
    connection.write(payload, chunk(payload) + LAST)  # a browser complains of an answer that only breaks off
    connection.is_open = False  # nothing comes after it, also where the transport is hidden and cannot be closed from here
    if connection.transport:
        connection.transport.close()


def beat(room: LiveRoom) -> None:
    """The heartbeat, which is also everyone's clock, to all who follow the room."""
    payload = event("beat", {"now": room.now_ms()})
    for stream in tuple(room.streams.values()):
        stream.broadcast(payload)
