"""Reading and answering raw ASGI requests, with as little work per request as possible."""

from __future__ import annotations

import gzip
import random
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import brotli
import msgspec

from mellanrum.ui.middleware import SECURITY_HEADERS

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Header = tuple[bytes, bytes]

NOSNIFF: Header = (b"x-content-type-options", b"nosniff")
NO_STORE: Header = (b"cache-control", b"no-store")
# For documents the browser shows: everything that limits what a page may do.
PAGE_SECURITY: tuple[Header, ...] = (
    NOSNIFF,
    (b"referrer-policy", b"same-origin"),
    *((name.lower().encode(), value.encode()) for name, value in SECURITY_HEADERS.items()),
)
# For data: each header costs about a microsecond on the way out, so only those that do something for JSON.
API_JSON: tuple[Header, ...] = ((b"content-type", b"application/json"), NO_STORE, NOSNIFF)
API_PROBLEM: tuple[Header, ...] = ((b"content-type", b"application/problem+json"), NO_STORE, NOSNIFF)

WORTH_PRESSING = 1_400
"""Bytes: less than this fits into one packet anyway."""

_encode = msgspec.json.Encoder().encode


class TooLarge(Exception):
    """The body is larger than the route allows."""


class ClientGone(Exception):
    """The client hung up before its request was complete."""


def header(scope: Scope, name: bytes) -> bytes | None:
    """The first header of that (lower-case) name."""
    for key, value in scope["headers"]:
        if key == name:
            return value  # type: ignore[no-any-return]
    return None


def headers(scope: Scope) -> dict[bytes, bytes]:
    """All headers by lower-case name; of a repeated one the last. Cheaper than `header` from the third name on."""
    return dict(scope["headers"])


def cookies(scope: Scope) -> dict[str, str]:
    """The request's cookies as sent; of a repeated name the first, which browsers send for the closest path."""
    found: dict[str, str] = {}
    for key, value in scope["headers"]:
        if key == b"cookie":
            for pair in value.decode("latin-1").split(";"):
                name, equals, text = pair.partition("=")
                if equals:
                    found.setdefault(name.strip(), text.strip())
    return found


def query(scope: Scope) -> dict[str, str]:
    """The query string by name; of a repeated name the last."""
    raw: bytes = scope["query_string"]
    if not raw:
        return {}
    return dict(parse_qsl(raw.decode("latin-1"), keep_blank_values=True, encoding="utf-8", errors="replace"))


def declared_length(scope: Scope) -> int | None:
    """Content-Length, or None for a chunked or absent body. The parser has refused anything that is not a number."""
    value = header(scope, b"content-length")
    return int(value) if value is not None and value.isdigit() else None


async def read_body(receive: Receive, limit: int, scope: Scope | None = None) -> bytes:
    """The whole body. With `scope`, a declared length over the limit is refused before a byte is read.

    Raises TooLarge over `limit` bytes, ClientGone when the client hangs up first.
    """
    if scope is not None and (declared_length(scope) or 0) > limit:
        raise TooLarge
    message = await receive()
    if message["type"] == "http.disconnect":
        raise ClientGone
    body: bytes = message.get("body", b"")
    if message.get("more_body", False):
        body = await _read_rest(receive, body, limit)
    if len(body) > limit:
        raise TooLarge
    return body


async def _read_rest(receive: Receive, first: bytes, limit: int) -> bytes:
    parts, size = [first], len(first)
    while size <= limit:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        part = message.get("body", b"")
        parts.append(part)
        size += len(part)
        if not message.get("more_body", False):
            return b"".join(parts)
    raise TooLarge


async def send_bytes(send: Send, status: int, fixed: Iterable[Header], body: bytes) -> None:
    """Answer with these headers, the length and the body. The server leaves the body out for HEAD."""
    await send({"type": "http.response.start", "status": status, "headers": [*fixed, (b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})


def chosen_coding(accepted: bytes) -> bytes:
    """How an answer drawn for one client may travel. Browsers offer brotli over https alone."""
    return b"br" if b"br" in accepted else b"gzip" if b"gzip" in accepted else b""


def pressed(body: bytes, coding: bytes, also: list[Header]) -> tuple[bytes, list[Header]]:
    """The body as it travels, with its headers: a form is an eighth at the least effort, some tens of microseconds."""
    if not coding or len(body) < WORTH_PRESSING:
        return body, also
    smaller = brotli.compress(body, quality=1) if coding == b"br" else gzip.compress(body, 1, mtime=0)
    return smaller, [*also, (b"content-encoding", coding)]


async def send_json(send: Send, status: int, body: bytes, extra_headers: Iterable[Header] = ()) -> None:
    """Answer with JSON that is encoded already."""
    await send_bytes(send, status, (*API_JSON, *extra_headers), body)


async def send_empty(send: Send, status: int, extra_headers: Iterable[Header] = ()) -> None:
    """Answer without a body (204, 304, redirects)."""
    await send({"type": "http.response.start", "status": status, "headers": [NO_STORE, NOSNIFF, *extra_headers]})
    await send({"type": "http.response.body", "body": b""})


async def problem(
    send: Send,
    slug: str,
    status: int,
    title: str,
    detail: str,
    *,
    retry_after: int | None = None,
    extra_headers: Iterable[Header] = (),
    **members: Any,
) -> None:
    """Refuse the whole request as RFC 9457 says: a stable type, a title, what to do, and any further members.

    The connection stays open after a 413: the protocol drains what the client still sends for a while, so that it can read the answer.
    """
    body = _encode({"type": f"/problems/{slug}", "title": title, "status": status, "detail": detail, **members})
    fixed = [*API_PROBLEM, *extra_headers]
    if retry_after is not None:
        fixed.append((b"retry-after", b"%d" % retry_after))
    await send_bytes(send, status, fixed, body)


def retry_after(low: int = 1, high: int = 6) -> int:
    """Seconds to wait, spread so that those who were refused together do not come back together."""
    return random.randint(low, high)  # noqa: S311 -- spreads load, protects nothing
