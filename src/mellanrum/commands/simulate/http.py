"""The little HTTP a participant needs: JSON requests and one stream of events, over asyncio alone."""

from __future__ import annotations

import asyncio
import json
import ssl
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

REQUEST_SECONDS = 15.0
SILENT_SECONDS = 12.0  # a beat comes every 5 s; longer silence is a lost connection
BROKEN = (OSError, EOFError, ValueError, IndexError, TimeoutError, asyncio.LimitOverrunError)
_LARGEST = 4 * 1024 * 1024


class Lost(Exception):
    """No answer: refused, cut off, too slow or not HTTP. Worth trying again."""


@dataclass(frozen=True)
class Answer:
    """A response with its decoded body; `retry_after` in seconds, 0 without that header."""

    status: int
    headers: dict[str, str]
    body: Any

    @property
    def retry_after(self) -> float:
        value = self.headers.get("retry-after", "")
        return float(value) if value.isdecimal() else 0.0


@dataclass(frozen=True)
class Event:
    name: str
    data: Any


class Client:
    """One person's way to a server; every request has a connection of its own, as over a bad network."""

    def __init__(self, base: str) -> None:
        parts = urlsplit(base)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError(base)
        self.host = parts.hostname
        self.tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.port = parts.port or (443 if self.tls else 80)
        self.authority = parts.netloc.rpartition("@")[2]
        self.ticket = ""

    async def request(self, method: str, path: str, body: object = None) -> Answer:
        """Send a request and read the whole answer. Raises Lost."""
        try:
            async with asyncio.timeout(REQUEST_SECONDS), self._connection(method, path, body, accept="application/json") as reader:
                status, headers = await _head(reader)
                content = b"".join([chunk async for chunk in _body(reader, headers)])
        except BROKEN as error:
            raise Lost(str(error)) from error
        return Answer(status, headers, _decoded(content))

    async def events(self, path: str) -> AsyncGenerator[Event, None]:
        """The events of a stream until it ends. Raises Lost when it breaks off, falls silent or does not answer 200."""
        try:
            async with self._connection("GET", path, None, accept="text/event-stream") as reader:
                status, headers = await asyncio.wait_for(_head(reader), REQUEST_SECONDS)
                if status != 200:
                    raise Lost(str(status))
                async for event in _events(_body(reader, headers)):
                    yield event
        except BROKEN as error:
            raise Lost(str(error)) from error

    @asynccontextmanager
    async def _connection(self, method: str, path: str, body: object, *, accept: str) -> AsyncIterator[asyncio.StreamReader]:
        reader, writer = await asyncio.open_connection(self.host, self.port, ssl=self.tls)
        try:
            writer.write(self._request(method, path, body, accept))
            await writer.drain()
            yield reader
        finally:
            writer.close()

    def _request(self, method: str, path: str, body: object, accept: str) -> bytes:
        content = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", f"Host: {self.authority}", f"Accept: {accept}", "Connection: close"]
        if self.ticket:
            lines.append(f"Authorization: Bearer {self.ticket}")
        if body is not None:
            lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
        return "\r\n".join([*lines, "", ""]).encode() + content


async def _head(reader: asyncio.StreamReader) -> tuple[int, dict[str, str]]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    first, *lines = head.rstrip().split("\r\n")
    pairs = (line.partition(":") for line in lines)
    return int(first.split()[1]), {name.strip().lower(): value.strip() for name, _colon, value in pairs}


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> AsyncIterator[bytes]:
    """Chunked, of a known length, or until the connection ends."""
    if headers.get("transfer-encoding", "").lower() == "chunked":
        while size := int((await _soon(reader.readuntil(b"\r\n"))).split(b";")[0], 16):
            yield await _soon(reader.readexactly(size))
            await _soon(reader.readexactly(2))
    elif "content-length" in headers:
        length = int(headers["content-length"])
        if length > _LARGEST:
            raise ValueError(length)
        yield await _soon(reader.readexactly(length))
    else:
        while chunk := await _soon(reader.read(65_536)):
            yield chunk


async def _soon(reading: Any) -> bytes:
    got: bytes = await asyncio.wait_for(reading, SILENT_SECONDS)
    return got


async def _events(chunks: AsyncIterator[bytes]) -> AsyncIterator[Event]:
    """Server-sent events out of bytes that may be cut anywhere."""
    waiting = b""
    async for chunk in chunks:
        waiting = (waiting + chunk).replace(b"\r\n", b"\n")
        *whole, waiting = waiting.split(b"\n\n")
        if len(waiting) > _LARGEST:
            raise ValueError(len(waiting))
        for message in whole:
            event = _event(message.decode("utf-8", "replace"))
            if event is not None:
                yield event


def _event(message: str) -> Event | None:
    name, data = "message", []
    for line in message.split("\n"):
        field, _colon, value = line.partition(":")
        if field == "event":
            name = value.strip()
        elif field == "data":
            data.append(value.removeprefix(" "))
    return Event(name, _decoded("\n".join(data).encode())) if data else None


def _decoded(content: bytes) -> Any:
    try:
        return json.loads(content)
    except ValueError:
        return None
