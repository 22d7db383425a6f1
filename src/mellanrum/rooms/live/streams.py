"""One stream per room, audience, language and form; every client of it gets the same bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

from mellanrum.rooms.live.frames import chunk

MAX_BUFFERED = 64 * 1024  # bytes a slow client may lag behind before it is dropped; it comes back to the current state

Send = Callable[[dict[str, Any]], Awaitable[None]]


class StreamKey(NamedTuple):
    """`form` is `json` (public) or `html` (our own pages)."""

    audience: str
    language: str
    form: str


class Connection:
    """One listening client. Writes straight to the transport, or through `send` where the server hides it."""

    __slots__ = ("_pending", "_wake", "holder_hash", "is_open", "send", "stream", "transport")

    def __init__(self, stream: Stream, holder_hash: str, send: Send, transport: asyncio.WriteTransport | None) -> None:
        self.stream = stream
        self.holder_hash = holder_hash
        self.send = send
        self.transport = transport
        self.is_open = False  # until head and current cells are on their way
        self._pending: list[bytes] = []
        self._wake = None if transport else asyncio.Event()

    def write(self, payload: bytes, framed: bytes) -> None:
        """Hand over one event; `framed` is the same payload as a ready chunk."""
        transport = self.transport
        if not self.is_open:
            return
        if transport is None:
            self._pending.append(payload)
            if self._wake:
                self._wake.set()
        elif transport.get_write_buffer_size() > MAX_BUFFERED:
            transport.abort()
        elif not transport.is_closing():
            transport.write(framed)

    async def pump(self) -> None:
        """Send what `write` left, where the transport is hidden; ends by cancellation."""
        while self._wake:
            await self._wake.wait()
            self._wake.clear()
            waiting, self._pending = self._pending, []
            await self.send({"type": "http.response.body", "body": b"".join(waiting), "more_body": True})


class Stream:
    """The clients of one key and the last bytes of every cell, so that a newcomer costs no rendering."""

    __slots__ = ("cells", "connections", "key", "ready", "v")

    def __init__(self, key: StreamKey) -> None:
        self.key = key
        self.v = 0
        self.cells: dict[str, bytes] = {}
        self.connections: set[Connection] = set()
        self.ready: asyncio.Task[None]

    def fill(self, v: int, cells: dict[str, bytes]) -> None:
        """Begin with all cells; they take the place of what an earlier stream of this key may still have been sent."""
        self.v, self.cells = v, cells

    def publish(self, v: int, cells: dict[str, bytes], gone: frozenset[str] = frozenset()) -> None:
        """Remember the events of changed cells and write them to everyone, as one chunk. Cells that are `gone` are told once."""
        self.v = v
        self.cells.update(cells)
        self.broadcast(b"".join(cells.values()))
        for name in gone:
            del self.cells[name]

    def broadcast(self, payload: bytes) -> None:
        """Write an event to every client."""
        framed = chunk(payload)
        for connection in tuple(self.connections):
            connection.write(payload, framed)

    def snapshot(self) -> bytes:
        """All current cells as events."""
        return b"".join(self.cells.values())
