"""A room that keeps to the protocol in memory and misbehaves when a test says so."""

from __future__ import annotations

import asyncio
import itertools
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import uvicorn

from mellanrum.ui.middleware import CONTENT_SECURITY_POLICY
from tests.running import free_port, poll

JS = Path(__file__).resolve().parents[3] / "src" / "mellanrum" / "ui" / "static" / "ui" / "js"
ROOM = "room-of-the-test"
CODE = "47190362"

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass
class Trouble:
    """What goes wrong: `status` for a path's last word (`join`, `state`, `events`, `contributions`), answers lost after storing."""

    status: dict[str, int] = field(default_factory=dict)
    retry_after: int | None = None
    lose_answers: int = 0
    refuse: dict[str, str] = field(default_factory=dict)
    is_mute: bool = False  # streams open and say nothing
    hold: threading.Event | None = None  # contributions wait for it


@dataclass
class FakeRoom:
    pages: dict[str, str]
    port: int = field(default_factory=free_port)
    trouble: Trouble = field(default_factory=Trouble)
    seq: int = 0
    release: str = "1"
    cells: dict[str, tuple[int, str]] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)
    stored: list[dict[str, Any]] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)  # id → reason
    posts: list[list[dict[str, Any]]] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    queries: list[tuple[str, str]] = field(default_factory=list)
    wishes: list[dict[str, str]] = field(default_factory=list)
    joined: dict[str, str] = field(default_factory=dict)
    beat_seconds: float = 0.5

    def __post_init__(self) -> None:
        self._listeners: dict[asyncio.Queue[str | None], str] = {}
        self._names = itertools.count(1)
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def listeners(self) -> int:
        return len(self._listeners)

    def data_of(self, exercise: str = "scale-1") -> list[Any]:
        """What has been stored for the exercise, in the order of the ledger."""
        return [item["data"] for item in self.stored if item["exercise"] == exercise]

    # -- The server's life

    def start(self) -> None:
        config = uvicorn.Config(self, host="127.0.0.1", port=self.port, log_level="error", lifespan="off", timeout_graceful_shutdown=0)
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        server = self._server
        poll(lambda: server.started, what="the fake room listens")

    def stop(self) -> None:
        """Die: streams break, nothing answers. What is stored stays."""
        if self._server is None or self._thread is None:
            return
        self.hang_up()
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)
        self._server = None

    def hang_up(self) -> None:
        self._tell(None)

    def show(self, cell: str, html: str, *, audience: str | None = None) -> int:
        """Change a cell for everyone who listens; gives the new version."""
        self.seq += 1
        self.cells[cell] = (self.seq, html)
        self._tell(_event("cell", {"cell": cell, "v": self.seq, "html": html}))
        return self.seq

    def say(self, name: str, **data: Any) -> None:
        self._tell(_event(name, data))

    def _tell(self, text: str | None) -> None:
        if self._loop is None or self._loop.is_closed():
            return

        def put() -> None:
            for queue in list(self._listeners):
                queue.put_nowait(text)

        self._loop.call_soon_threadsafe(put)

    # -- ASGI

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._loop = asyncio.get_running_loop()
        path: str = scope["path"]
        self.asked.append(path)
        self.queries.append((path, scope["query_string"].decode()))
        name = path.rsplit("/", 1)[-1]
        if path.startswith("/static/"):
            await _send(send, 200, (JS / name).read_bytes(), "text/javascript")
        elif path.startswith("/api/"):
            await self._api(name, scope, receive, send)
        elif path in self.pages:
            await _send(send, 200, self.pages[path].encode(), "text/html; charset=utf-8")
        else:
            await _send(send, 404, b"", "text/plain")

    async def _api(self, name: str, scope: Scope, receive: Receive, send: Send) -> None:
        if name in self.trouble.status:
            await self._problem(send, self.trouble.status[name])
            return
        ticket = _cookie(scope)
        if name != "join" and ticket not in self.joined:
            await self._problem(send, 401)
            return
        answer = {"join": self._join, "state": self._state, "events": self._events, "contributions": self._contributions}[name]
        await answer(ticket, scope, receive, send)

    async def _problem(self, send: Send, status: int) -> None:
        headers = [(b"retry-after", str(self.trouble.retry_after).encode())] if self.trouble.retry_after else []
        body = {"type": f"/problems/{status}", "title": str(status), "status": status, "detail": f"Nummer {status}."}
        await _send(send, status, json.dumps(body).encode(), "application/problem+json", headers)

    async def _join(self, ticket: str, scope: Scope, receive: Receive, send: Send) -> None:
        wish = json.loads(await _body(receive))
        self.wishes.append(wish)
        if wish.get("code") != CODE and wish.get("key") != "the-key":
            await self._problem(send, 404)
            return
        if ticket not in self.joined:
            ticket = f"ticket-{next(self._names)}"
            self.joined[ticket] = wish.get("key") or wish["code"]
        body = {"room_id": ROOM, "ticket": ticket, "participant": ticket, "protocol": "1.0", "now": _now()}
        cookie = f"mr-{ROOM}={ticket}; Path=/; HttpOnly; SameSite=Lax; Max-Age=1000".encode()
        await _send(send, 200, json.dumps(body).encode(), "application/json", [(b"set-cookie", cookie)])

    async def _state(self, ticket: str, scope: Scope, receive: Receive, send: Send) -> None:
        tag = f'"{self.release}-{self.seq}-{len(self.stored)}"'
        if (b"if-none-match", tag.encode()) in scope["headers"]:
            await _send(send, 304, b"", "application/json")
            return
        own = [{key: item[key] for key in ("id", "exercise", "type", "data")} for item in self.stored if item["by"] == ticket]
        hidden = [{"id": name, "reason": why} for name, why in self.hidden.items() if any(item["id"] == name for item in own)]
        mine = [item for item in own if item["id"] not in self.hidden]
        full: dict[str, Any] = {"version": self.seq, "mine": mine, "hidden": hidden}
        if b"part=own" not in scope["query_string"]:
            shown = {name: html for name, (_, html) in self.cells.items() if html}
            full |= {"now": _now(), "cells": shown if b"as=html" in scope["query_string"] else self.values}
        await _send(send, 200, json.dumps(full).encode(), "application/json", [(b"etag", tag.encode())])

    async def _contributions(self, ticket: str, scope: Scope, receive: Receive, send: Send) -> None:
        sent = json.loads(await _body(receive))
        items = sent if isinstance(sent, list) else [sent]
        self.posts.append(items)
        if self.trouble.hold:
            await asyncio.to_thread(self.trouble.hold.wait, 20)
        results = [self._store(ticket, item) for item in items]
        if self.trouble.lose_answers > 0:
            self.trouble.lose_answers -= 1
            await self._problem(send, 502)
            return
        await _send(send, 200, json.dumps({"results": results}).encode(), "application/json")

    def _store(self, ticket: str, item: dict[str, Any]) -> dict[str, Any]:
        if item["type"] in self.trouble.refuse:
            return {"id": item["id"], "status": "refused", "reason": self.trouble.refuse[item["type"]], "detail": "Det gick inte."}
        known = next((one for one in self.stored if one["id"] == item["id"]), None)
        if known:
            return {"id": item["id"], "status": "duplicate", "seq": known["seq"]}
        self.seq += 1
        self.stored.append({**item, "by": ticket, "seq": self.seq})
        return {"id": item["id"], "status": "stored", "seq": self.seq}

    async def _events(self, ticket: str, scope: Scope, receive: Receive, send: Send) -> None:
        queue: asyncio.Queue[str | None] = asyncio.Queue()
        self._make_place(ticket)
        self._listeners[queue] = ticket
        headers = [(b"content-type", b"text/event-stream"), (b"cache-control", b"no-store")]
        gone = asyncio.create_task(_until_gone(receive, queue))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": self._hello().encode(), "more_body": True})
            await self._stream(queue, send)
        finally:
            gone.cancel()
            self._listeners.pop(queue, None)

    async def _stream(self, queue: asyncio.Queue[str | None], send: Send) -> None:
        while True:
            try:
                text = await asyncio.wait_for(queue.get(), self.beat_seconds)
            except TimeoutError:
                text = ":\n\n" if self.trouble.is_mute else _event("beat", {"now": _now()})
            if text is None:
                return
            await send({"type": "http.response.body", "body": text.encode(), "more_body": True})

    def _make_place(self, ticket: str) -> None:
        theirs = [queue for queue, name in self._listeners.items() if name == ticket]
        for oldest in theirs[: max(0, len(theirs) - 3)]:
            oldest.put_nowait(_event("bye", {"reason": "elsewhere", "retry": 1000}))
            oldest.put_nowait(None)

    def _hello(self) -> str:
        if self.trouble.is_mute:
            return ":\n\n"
        hello = {"protocol": "1.0", "release": self.release, "assets": "", "room": ROOM, "epoch": "e", "now": _now(), "v": self.seq}
        cells = [_event("cell", {"cell": name, "v": v, "html": html}) for name, (v, html) in self.cells.items() if html]
        return _event("hello", hello) + "".join(cells)


@contextmanager
def fake_room(pages: dict[str, str]) -> Iterator[FakeRoom]:
    room = FakeRoom(dict(pages))
    room.start()
    try:
        yield room
    finally:
        room.stop()


def _now() -> int:
    return int(time.time() * 1000)


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data)}\n\n"


def _cookie(scope: Scope) -> str:
    raw = next((bytes(value).decode() for name, value in scope["headers"] if name == b"cookie"), "")
    jar = dict(pair.strip().partition("=")[::2] for pair in raw.split(";") if "=" in pair)
    return jar.get(f"mr-{ROOM}", "")


async def _body(receive: Receive) -> bytes:
    body: bytes = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def _until_gone(receive: Receive, queue: asyncio.Queue[str | None]) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    queue.put_nowait(None)


async def _send(send: Send, status: int, body: bytes, kind: str, headers: list[tuple[bytes, bytes]] | None = None) -> None:
    policy = [(b"content-security-policy", CONTENT_SECURITY_POLICY.encode())]
    all_headers = [(b"content-type", kind.encode()), (b"cache-control", b"no-cache"), *policy, *(headers or [])]
    await send({"type": "http.response.start", "status": status, "headers": all_headers})
    await send({"type": "http.response.body", "body": body})
