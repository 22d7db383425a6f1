"""uvicorn's HTTP protocol with deadlines for slow clients, and the transport handed to the application.

uvicorn closes idle keep-alive connections, but neither half-open requests nor readers that stopped reading. What is used of it
is listed in `USED_OF_UVICORN` and guarded by a test, since it is not a published interface.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from mellanrum.rooms.live.at_hand import Ready

TRANSPORT: Final = "mellanrum.transport"
USED_OF_UVICORN: Final[dict[str, list[str]]] = {
    "connection": [
        *("connection_made", "connection_lost", "data_received", "on_headers_complete", "on_message_complete", "pause_writing"),
        *("timeout_keep_alive_handler", "send_400_response", "_unsupported_upgrade_warning"),
        *("transport", "loop", "flow", "scope", "cycle", "headers", "url", "timeout_keep_alive_task", "server_state"),
        *("app", "timeout_keep_alive", "_unset_keepalive_if_required"),
    ],
    "flow": ["read_paused", "write_paused"],
    "cycle": ["response_complete"],
}

# What the connection is reading.
_HEAD, _BODY, _NOTHING = 0, 1, 2
_NEVER = 0.0


class _HeadTooLarge(Exception):
    """Raised inside the parser's callback; the parser turns it into its own error."""


class RoomProtocol(HttpToolsProtocol):
    """One connection. A request's head has a fixed time, its body must keep coming, an answer must keep being read.

    One timer per connection looks at `deadline` and is armed again only when it fires too early: a request that arrives
    whole (nearly all do) costs two attribute assignments.
    """

    head_seconds: ClassVar[float] = 10.0  # in all, from the connection or the first byte after an answer
    body_seconds: ClassVar[float] = 10.0  # without a byte; in all for what comes after the answer was sent
    write_seconds: ClassVar[float] = 10.0  # with a full buffer that does not shrink
    head_limit: ClassVar[int] = 16 * 1024
    _begun: ClassVar[tuple[list[tuple[bytes, bytes]], bytes]] = [], b""

    _reading = _HEAD
    _received = 0
    _draining = False
    _too_large = False
    _deadline = _NEVER
    _timer: asyncio.TimerHandle | None = None
    _write_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._extensions: dict[str, Any] = {TRANSPORT: transport}
        self._at_hand: Callable[[bytes], Ready | None] | None = getattr(self.app, "at_hand", None)
        self._set_deadline(self.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        for timer in (self._timer, self._write_timer):
            if timer is not None:
                timer.cancel()
        self._timer = self._write_timer = None
        super().connection_lost(exc)

    # --- reading ---

    def data_received(self, data: bytes) -> None:
        if self._at_hand is not None and self._is_between() and (found := self._at_hand(data)) is not None:
            self._answer(found)
        else:
            self._read(data)

    def _read(self, data: bytes) -> None:
        if self._reading == _NOTHING:
            self._deadline = _NEVER
            self._reading = _HEAD
            self._received = 0
            self._draining = False
        self._received += len(data)
        super().data_received(data)
        if self._reading == _NOTHING:
            self._deadline = _NEVER
            if self.cycle.response_complete and self.timeout_keep_alive_task is None:
                # The answer went out before the body had come; uvicorn's idle timer is spent, so ours takes over.
                self._set_deadline(self.head_seconds)
        else:
            self._wait_for_more()

    def _is_between(self) -> bool:
        """Nothing is being read, answered or still on its way out: what comes now is the beginning of a request."""
        if self._received if self._reading == _HEAD else self._reading == _BODY:
            return False
        is_answered = self.cycle is None or self.cycle.response_complete
        return is_answered and not self.flow.write_paused and not self.transport.is_closing()

    def _answer(self, found: Ready) -> None:
        """Write what lies ready; then the connection is idle, as after any answer."""
        self._unset_keepalive_if_required()
        self._reading = _NOTHING
        self.transport.writelines((self._begun_with(self.server_state.default_headers), *found))
        self.server_state.total_requests += 1
        self._set_deadline(self.timeout_keep_alive)

    @classmethod
    def _begun_with(cls, lines: list[tuple[bytes, bytes]]) -> bytes:
        """Status and date as bytes. uvicorn makes a new list once a second, for all connections."""
        made_of, begun = cls._begun
        if made_of is not lines:
            begun = STATUS_LINE[200] + b"".join(b"%b: %b\r\n" % line for line in lines)
            cls._begun = lines, begun
        return begun

    def _wait_for_more(self) -> None:
        if self._reading == _HEAD:
            if self._received > self.head_limit:
                self._refuse_head()
            elif self._deadline == _NEVER:
                self._set_deadline(self.head_seconds)
        elif not self.cycle.response_complete:
            self._set_deadline(self.body_seconds)
        elif not self._draining:
            # Answered already (413): take the rest for a while so that the client gets to read why, then close.
            self._draining = True
            self._set_deadline(self.body_seconds)

    def on_headers_complete(self) -> None:
        if self._received > self.head_limit and self._head_size() > self.head_limit:
            self._too_large = True
            raise _HeadTooLarge
        self._reading = _BODY
        self.scope["extensions"] = self._extensions
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._reading = _NOTHING
        super().on_message_complete()

    def _head_size(self) -> int:
        return len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)

    def _refuse_head(self) -> None:
        if not self.transport.is_closing():
            self._too_large = True
            self.send_400_response("")

    def send_400_response(self, msg: str) -> None:
        """The way out of anything the parser refuses; 431 when it was our limit."""
        if not self._too_large:
            super().send_400_response(msg)
            return
        self.transport.write(STATUS_LINE[431] + b"content-length: 0\r\nconnection: close\r\n\r\n")
        self.transport.close()

    def _unsupported_upgrade_warning(self) -> None:
        """An offer to upgrade (h2c, websocket) is simply not taken up."""

    # --- deadlines ---

    def _set_deadline(self, seconds: float) -> None:
        self._deadline = self.loop.time() + seconds
        if self._timer is None:
            self._timer = self.loop.call_at(self._deadline, self._look)

    def _look(self) -> None:
        self._timer = None
        if self._deadline == _NEVER:
            return
        if self.flow.read_paused:
            # It is us who do not read: the application has not taken what came.
            self._set_deadline(self.body_seconds)
        elif self.loop.time() < self._deadline:
            self._timer = self.loop.call_at(self._deadline, self._look)
        else:
            self._close()

    # --- writing ---

    def pause_writing(self) -> None:
        super().pause_writing()
        self._watch_writing()

    def timeout_keep_alive_handler(self) -> None:
        """Idle after an answer: uvicorn's own limit; but the answer may still be on its way out."""
        self._close()

    def _close(self) -> None:
        self.transport.close()
        if self.transport.get_write_buffer_size():
            self._watch_writing()

    def _watch_writing(self) -> None:
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(self.write_seconds, self._look_at_writing, self.transport.get_write_buffer_size())

    def _look_at_writing(self, before: int) -> None:
        self._write_timer = None
        size = self.transport.get_write_buffer_size()
        if size and size >= before:
            self.transport.abort()
        elif size:
            self._watch_writing()
