"""A real server on a free port in a thread of the test, and bare sockets to speak to it."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from mellanrum.rooms.live.http import App
from mellanrum.rooms.live.protocol import RoomProtocol
from mellanrum.rooms.live.server import bind, make_server


@contextmanager
def serving(app: App, http: Any = RoomProtocol) -> Iterator[int]:
    """Run the application; yields the port. Ends as a first signal would end it."""
    ready = threading.Event()
    listener = bind("127.0.0.1", 0)
    port: int = listener.getsockname()[1]
    server = make_server(app, http=http, on_ready=ready.set)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield port
    finally:
        server.handle_exit(15, None)
        thread.join(0.5)
        server.handle_exit(15, None)
        thread.join(15)
        assert not thread.is_alive()


def connect(port: int, sent: bytes = b"", *, seconds: float = 5) -> socket.socket:
    """A connection that has sent these bytes; reading from it waits `seconds` at most."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=seconds)
    if sent:
        connection.sendall(sent)
    return connection


def read_to_end(connection: socket.socket) -> bytes:
    """Everything until the server closes. Raises TimeoutError when it does not."""
    parts = []
    try:
        while part := connection.recv(65_536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def read_answer(connection: socket.socket) -> tuple[int, dict[str, str], bytes]:
    """One answer with a Content-Length from a connection that may stay open: status, headers, body."""
    data = b""
    while b"\r\n\r\n" not in data:
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError(f"closed after {data!r}")
        data += part
    head, _, body = data.partition(b"\r\n\r\n")
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    while len(body) < int(headers.get("content-length", "0")):
        part = connection.recv(65_536)
        if not part:
            raise ConnectionError(f"closed after {len(body)} bytes")
        body += part
    return int(status.split(" ")[1]), headers, body


def ask(port: int, request: bytes, *, seconds: float = 5) -> tuple[int, dict[str, str], bytes]:
    """One request on its own connection."""
    with connect(port, request, seconds=seconds) as connection:
        return read_answer(connection)


def seconds_until_closed(connection: socket.socket) -> float:
    """How long the server leaves the connection open from now on."""
    began = time.monotonic()
    read_to_end(connection)
    return time.monotonic() - began
