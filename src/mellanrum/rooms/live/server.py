"""The launcher: binds the port first, runs uvicorn with our protocol, and says goodbye before it stops."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import signal
import socket
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from types import FrameType
from typing import Any

import uvicorn
from django.utils.translation import gettext as _

from mellanrum.rooms.live.protocol import RoomProtocol

BACKLOG = 4096
GOODBYE_SECONDS = 2.0
Hook = Callable[[], Awaitable[None] | None]

_log = logging.getLogger("mellanrum.server")


class CannotListen(Exception):
    """The address cannot be used. `str()` is the sentence for the operator (translated when asked for)."""

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host, port)
        self.host, self.port = host, port

    def __str__(self) -> str:
        return _("Det går inte att lyssna på %(host)s, port %(port)s. Välj en adress som datorn har, till exempel --host 127.0.0.1.") % (
            {"host": self.host, "port": self.port}
        )


class PortInUse(CannotListen):
    """Another program listens there."""

    def __str__(self) -> str:
        return _(
            "Port %(port)s används redan av ett annat program, kanske av ett Mellanrum som redan är igång. "
            "Stäng det, eller välj en annan port, till exempel --port %(next)s."
        ) % {"port": self.port, "next": self.port + 1 if self.port < 65_535 else 8000}


class PortNotAllowed(CannotListen):
    """The port is reserved for the machine's administrator."""

    def __str__(self) -> str:
        return _("Port %(port)s kräver administratörsrätt. Välj en port över 1023, till exempel --port 8000.") % {"port": self.port}


_SENTENCES: dict[int, type[CannotListen]] = {errno.EADDRINUSE: PortInUse, errno.EACCES: PortNotAllowed}


def bind(host: str, port: int) -> socket.socket:
    """A socket that listens on the address; port 0 takes a free one. Connections wait in line until `serve` runs.

    It listens at once: two sockets may share an address as long as neither listens, and the refusal would come too late.
    Raises CannotListen (PortInUse, PortNotAllowed).
    """
    try:
        family, kind, number, _name, address = socket.getaddrinfo(host or "::", port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, kind, number)
    except OSError as error:
        raise CannotListen(host, port) from error
    try:
        if sys.platform != "win32":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, int(host not in ("", "::")))
        listener.bind(address)
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        raise _SENTENCES.get(error.errno or 0, CannotListen)(host, port) from error
    listener.setblocking(False)
    return listener


class RoomServer(uvicorn.Server):
    """uvicorn's server with hooks around its life; a first signal stops it in order, a second at once."""

    def __init__(
        self, config: uvicorn.Config, *, on_start: Hook | None = None, on_ready: Hook | None = None, on_stop: Hook | None = None
    ) -> None:
        super().__init__(config)
        self.on_start, self.on_ready, self.on_stop = on_start, on_ready, on_stop

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await _run(self.on_start)
        await super().startup(sockets)
        await _run(self.on_ready)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        if not self.force_exit:
            try:
                await asyncio.wait_for(_run(self.on_stop), GOODBYE_SECONDS)
            except Exception:  # noqa: BLE001 -- a hook that fails must not keep the server running
                _log.exception("Saying goodbye to the streams failed; stopping anyway.")
        await super().shutdown(sockets)
        if self.force_exit:
            for connection in list(self.server_state.connections):
                connection.transport.abort()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        self.force_exit = self.should_exit
        self.should_exit = True

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """As uvicorn's, but the signal is not raised again: whoever called `serve` has a writer to close."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


async def _run(hook: Hook | None) -> None:
    result = hook() if hook else None
    if result is not None:
        await result


def make_server(app: Any, *, keep_alive: int = 5, log_level: str = "warning", http: Any = RoomProtocol, **hooks: Hook | None) -> RoomServer:
    """A server for the ASGI application. No access log: nothing that names a person, a ticket or an address is written.

    `keep_alive`: seconds an idle connection is kept; behind a proxy set it above the proxy's own.
    """
    config = uvicorn.Config(
        app,
        http=http,
        ws="none",
        lifespan="off",
        interface="asgi3",
        log_config=None,
        log_level=log_level,
        access_log=False,
        proxy_headers=False,
        server_header=False,
        backlog=BACKLOG,
        timeout_keep_alive=keep_alive,
        timeout_graceful_shutdown=10,
    )
    return RoomServer(config, **hooks)


def serve(
    app: Any,
    listener: socket.socket,
    *,
    on_start: Hook | None = None,
    on_ready: Hook | None = None,
    on_stop: Hook | None = None,
    keep_alive: int = 5,
) -> None:
    """Serve until SIGTERM or SIGINT, then return. All hooks run on the loop.

    `on_start` before the first request is taken (what it raises ends everything), `on_ready` when requests are answered,
    `on_stop` (2 s at most) while still accepting: it says `bye` to every stream and closes them.
    """
    _raise_file_limit()
    sys.setswitchinterval(0.0005)  # page threads hand the interpreter back sooner: answers 1.6 ms instead of 16 under load
    make_server(app, keep_alive=keep_alive, on_start=on_start, on_ready=on_ready, on_stop=on_stop).run(sockets=[listener])


def _raise_file_limit() -> None:
    """Every connection is an open file; many systems start a process with room for only 1,024."""
    if sys.platform == "win32":
        return
    import resource  # absent on Windows

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard == resource.RLIM_INFINITY or soft < hard:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (hard if hard != resource.RLIM_INFINITY else 65_536, hard))
