"""Bytes as nobody should send them: raw sockets for requests that no client library would make."""

from __future__ import annotations

import socket
import time
from contextlib import closing
from urllib.parse import urlsplit


def connect(base: str, timeout: float = 20.0) -> socket.socket:
    address = urlsplit(base)
    return socket.create_connection((address.hostname or "", address.port or 80), timeout=timeout)


def exchange(base: str, *parts: bytes, timeout: float = 10.0) -> bytes:
    """All that comes back until the server closes or is silent for a moment after an answer."""
    with closing(connect(base, timeout)) as wire:
        for part in parts:
            try:
                wire.sendall(part)
            except OSError:
                break
        return read_answer(wire)


def read_answer(wire: socket.socket) -> bytes:
    """One response: head and declared body, or what came before the connection ended."""
    got = b""
    try:
        while not _is_whole(got):
            part = wire.recv(65536)
            if not part:
                break
            got += part
    except (TimeoutError, ConnectionError):
        pass
    return got


def _is_whole(got: bytes) -> bool:
    head, found, body = got.partition(b"\r\n\r\n")
    length = head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0].strip()
    return bool(found) and (not length.isdigit() or len(body) >= int(length))


def status_of(answer: bytes) -> int:
    """The status line's number; 0 when there was no answer."""
    words = answer.split(b" ", 2)
    return int(words[1]) if len(words) > 2 and words[0].startswith(b"HTTP/") else 0


def closed_within(wire: socket.socket, seconds: float) -> bool:
    """True when the other side ends the connection in that time, whatever it says before."""
    deadline = time.monotonic() + seconds
    try:
        while (left := deadline - time.monotonic()) > 0:
            wire.settimeout(left)
            if not wire.recv(65536):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True
    return False
