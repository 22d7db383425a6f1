"""The small helpers of the live lane, over a real connection where the wire matters."""

from __future__ import annotations

import asyncio
import gzip
import json
from typing import Any

import brotli
import pytest

from mellanrum.rooms.live.http import (
    ClientGone,
    Message,
    Receive,
    Scope,
    Send,
    TooLarge,
    chosen_coding,
    cookies,
    declared_length,
    header,
    headers,
    pressed,
    problem,
    query,
    read_body,
    retry_after,
    send_empty,
    send_json,
)
from mellanrum.rooms.live.tests.serving import ask, connect, read_to_end, serving


def scope(*pairs: tuple[bytes, bytes], query_string: bytes = b"") -> Scope:
    return {"headers": list(pairs), "query_string": query_string}


def receiving(*messages: Message) -> Receive:
    waiting = list(messages)

    async def receive() -> Message:
        return waiting.pop(0)

    return receive


def part(body: bytes, *, more: bool = True) -> Message:
    return {"type": "http.request", "body": body, "more_body": more}


def read(limit: int, *messages: Message, given: Scope | None = None) -> bytes:
    return asyncio.run(read_body(receiving(*messages), limit, given))


def test_a_body_is_read_whole() -> None:
    assert read(3, part(b"abc", more=False)) == b"abc"
    assert read(3, part(b"a"), part(b""), part(b"bc", more=False)) == b"abc"
    assert read(0, {"type": "http.request"}) == b""


@pytest.mark.parametrize("messages", [[part(b"abcd", more=False)], [part(b"abcd")], [part(b"ab"), part(b"cd")]])
def test_a_body_over_the_limit_stops_at_once(messages: list[Message]) -> None:
    with pytest.raises(TooLarge):
        read(3, *messages)


def test_a_declared_length_over_the_limit_is_refused_unread() -> None:
    with pytest.raises(TooLarge):
        read(3, given=scope((b"content-length", b"4")))
    assert read(3, part(b"abc", more=False), given=scope((b"content-length", b"3"))) == b"abc"


@pytest.mark.parametrize("before", [[], [part(b"a")]])
def test_a_client_that_hangs_up_is_told_apart(before: list[Message]) -> None:
    with pytest.raises(ClientGone):
        read(3, *before, {"type": "http.disconnect"})


def test_headers_by_name() -> None:
    given = scope((b"a", b"1"), (b"b", b"2"), (b"a", b"3"))
    assert (header(given, b"a"), header(given, b"c")) == (b"1", None)
    assert headers(given) == {b"a": b"3", b"b": b"2"}
    assert [declared_length(scope((b"content-length", value))) for value in (b"12", b"-1", b"x")] == [12, None, None]


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ([b"a=1; b=2"], {"a": "1", "b": "2"}),
        ([b"a=1;b=x=y; c="], {"a": "1", "b": "x=y", "c": ""}),
        ([b"a=near; a=far", b"b=2"], {"a": "near", "b": "2"}),
        ([b"nonsense; ; \xff=\xe5"], {"ÿ": "å"}),
        ([], {}),
    ],
)
def test_cookies(sent: list[bytes], expected: dict[str, str]) -> None:
    assert cookies(scope(*((b"cookie", value) for value in sent))) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"", {}),
        (b"as=html&part=own", {"as": "html", "part": "own"}),
        (b"q=a+b%C3%A5&e=&q=2", {"q": "2", "e": ""}),
        (b"q=%ff\xe5", {"q": "\ufffdå"}),
    ],
)
def test_the_query(sent: bytes, expected: dict[str, str]) -> None:
    assert query(scope(query_string=sent)) == expected


def test_seconds_to_wait_are_spread() -> None:
    assert {retry_after(2, 4) for _each in range(200)} == {2, 3, 4}


def test_answers_on_the_wire() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] == "/problem":
            await problem(send, "busy", 503, "Fullt", "Kom igen.", retry_after=3, extra_headers=[(b"x-a", b"b")], limit=7)
        elif scope["path"] == "/empty":
            await send_empty(send, 204)
        else:
            await send_json(send, 200, b'{"a":1}', [(b"etag", b'"1"')])

    def got(path: str) -> tuple[int, dict[str, str], Any]:
        status, found, body = ask(port, f"GET {path} HTTP/1.1\r\nhost: x\r\n\r\n".encode())
        return status, {name: value for name, value in found.items() if name != "date"}, json.loads(body)

    fixed = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
    with serving(app) as port:
        assert got("/") == (200, fixed | {"content-type": "application/json", "etag": '"1"', "content-length": "7"}, {"a": 1})
        status, found, told = got("/problem")
        with connect(port, b"GET /empty HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n") as connection:
            assert read_to_end(connection).startswith(b"HTTP/1.1 204")
    length = found.pop("content-length")
    assert (status, int(length) > 0) == (503, True)
    assert found == fixed | {"content-type": "application/problem+json", "x-a": "b", "retry-after": "3"}
    assert told == {"type": "/problems/busy", "title": "Fullt", "status": 503, "detail": "Kom igen.", "limit": 7}


@pytest.mark.parametrize(
    ("accepted", "coding", "opened"), [(b"gzip, deflate, br, zstd", b"br", brotli.decompress), (b"gzip, deflate", b"gzip", gzip.decompress)]
)
def test_a_large_body_travels_as_a_browser_can_open_it(accepted: bytes, coding: bytes, opened: Any) -> None:
    body = b'{"html":"' + b"<label><input></label>" * 400 + b'"}'
    smaller, sent = pressed(body, chosen_coding(accepted), [(b"etag", b"1")])
    assert sent == [(b"etag", b"1"), (b"content-encoding", coding)]
    assert opened(smaller) == body
    assert len(smaller) < len(body) / 8


@pytest.mark.parametrize(("body", "accepted"), [(b"{}", b"br"), (b"x" * 9000, b"identity"), (b"x" * 9000, b"")])
def test_a_small_body_and_one_nobody_could_open_travel_as_they_are(body: bytes, accepted: bytes) -> None:
    assert pressed(body, chosen_coding(accepted), []) == (body, [])
