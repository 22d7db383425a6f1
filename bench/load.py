"""Cheap clients: raw HTTP on uvloop, so that the measuring costs less than the measured."""

from __future__ import annotations

import asyncio
import json
import os
import secrets
import time
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

import uvloop

API = "/api/v1/rooms"
SERVER_CORE, CLIENT_CORE = {0}, {1}
PATIENCE = 30  # seconds for any load
T = TypeVar("T")


@contextmanager
def on_client_core() -> Iterator[None]:
    """This process runs on the clients' core meanwhile, where there is a choice."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, before & CLIENT_CORE or before)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def server_cores() -> set[int]:
    available = os.sched_getaffinity(0)
    return available & SERVER_CORE or available


def place_of(base: str) -> tuple[str, int]:
    """Host and port."""
    address = urlsplit(base)
    return address.hostname or "127.0.0.1", address.port or 80


def run(work: Coroutine[Any, Any, T]) -> T:
    return uvloop.run(work)


def cpu_seconds(pid: int) -> float:
    """CPU time of all threads of a process so far, to the nanosecond where the kernel counts that finely."""
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        total += int((task / "schedstat").read_text().split()[0])
    return total / 1e9


def memory_bytes(pid: int) -> int:
    """Memory that belongs to this process alone."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) for line in lines if line.startswith(("Private_Clean", "Private_Dirty"))) * 1024


def request(method: str, path: str, body: bytes = b"", ticket: str = "") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1"]
    if ticket:
        lines.append(f"Authorization: Bearer {ticket}")
    if method == "POST":
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


def answer_request(room: str, exercise: str, ticket: str, data: dict[str, Any], *, type_: str = "rate") -> bytes:
    item = {"id": secrets.token_urlsafe(16), "exercise": exercise, "type": type_, "data": data}
    return request("POST", f"{API}/{room}/contributions", json.dumps(item).encode(), ticket)


@dataclass
class Tally:
    """What came of many requests: seconds until each answer, and the bodies that were not a plain success."""

    seconds: list[float] = field(default_factory=list)
    failures: list[bytes] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    keep: bool = False
    expect: bytes = b""

    def add(self, seconds: float, answer: bytes) -> None:
        self.seconds.append(seconds)
        if not answer.startswith(b"HTTP/1.1 200") or (self.expect and self.expect not in answer):
            self.failures.append(answer)
        elif self.keep:
            self.bodies.append(answer.partition(b"\r\n\r\n")[2])

    def quantile(self, share: float) -> float:
        ordered = sorted(self.seconds)
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


class Asker(asyncio.Protocol):
    """One connection that sends the next request as soon as the last one is answered."""

    def __init__(self, requests: Iterator[bytes], tally: Tally, *, begin: bool = True) -> None:
        self.requests, self.tally, self.begins = requests, tally, begin
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.received = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        if self.begins:
            self.send()

    def send(self) -> None:
        following = next(self.requests, None)
        if following is None:
            if not self.done.done():
                self.done.set_result(None)
            return
        self.sent_at = time.perf_counter()
        self.transport.write(following)

    def data_received(self, data: bytes) -> None:
        self.received += data
        head, complete, body = self.received.partition(b"\r\n\r\n")
        if not complete or len(body) < int(head.lower().partition(b"content-length:")[2].split(b"\r\n", 1)[0]):
            return
        answer, self.received = self.received, b""
        self.tally.add(time.perf_counter() - self.sent_at, answer)
        self.send()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(ConnectionError("the server hung up"))


async def ask(
    base: str, requests: Iterable[bytes], connections: int = 32, *, keep: bool = False, expect: bytes = b""
) -> tuple[Tally, float]:
    """Send all, over that many connections at once; the tally and how long it took."""
    tally, shared = Tally(keep=keep, expect=expect), iter(requests)
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    made = [await loop.create_connection(lambda: Asker(shared, tally), *place_of(base)) for _ in range(connections)]
    await asyncio.wait_for(asyncio.gather(*(asker.done for _, asker in made)), PATIENCE)
    took = time.perf_counter() - start
    for transport, _ in made:
        transport.close()
    return tally, took


async def enter(base: str, code: str, people: int) -> list[tuple[str, str]]:
    """(room, ticket) of that many new people."""
    body = json.dumps({"code": code}).encode()
    tally, _ = await ask(base, (request("POST", f"{API}/join", body) for _ in range(people)), keep=True)
    assert not tally.failures, tally.failures[0]
    joined = [json.loads(body) for body in tally.bodies]
    return [(one["room_id"], one["ticket"]) for one in joined]
