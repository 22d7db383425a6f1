"""One publish to a thousand listeners beside a bare uvloop server, and what a listener costs in memory."""

from __future__ import annotations

import asyncio
import functools
import json
import statistics
import time
from typing import cast

from bench.frame import Measured, row
from bench.load import API, Asker, Tally, ask, enter, memory_bytes, on_client_core, place_of, request, run
from bench.product import Stage, product, reference

CLIENTS = 1_000
PUBLISHES = 12
INTERVAL = 0.3  # more than the coalescing interval: each publish is alone


class Listener(asyncio.Protocol):
    """A phone that listens: remembers when the text it waits for came."""

    def __init__(self, hall: Hall) -> None:
        self.hall = hall
        self.is_ready = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self.transport.write(self.hall.requests.pop())

    def data_received(self, data: bytes) -> None:
        if self.hall.waiting_for in data:
            self.hall.arrived()
        if not self.is_ready and b"event: hello" in data:
            self.is_ready = True
            self.hall.came_in()

    def connection_lost(self, exc: Exception | None) -> None:
        self.hall.gone += 1


class Hall:
    """Listeners that wait for the same text."""

    def __init__(self, requests: list[bytes]) -> None:
        self.requests = requests
        self.size = len(requests)
        self.ready = self.gone = self.count = 0
        self.all_ready = asyncio.Event()
        self.waiting_for = b"\x00"
        self.done: asyncio.Future[float] | None = None
        self.first = 0.0

    async def open(self, base: str) -> list[asyncio.BaseTransport]:
        place, loop = place_of(base), asyncio.get_running_loop()
        made = [(await loop.create_connection(lambda: Listener(self), *place))[0] for _ in range(self.size)]
        await asyncio.wait_for(self.all_ready.wait(), 15)
        assert self.gone == 0
        return list(made)

    def came_in(self) -> None:
        self.ready += 1
        if self.ready == self.size:
            self.all_ready.set()

    def expect(self, text: bytes) -> asyncio.Future[float]:
        self.waiting_for, self.count = text, 0
        self.done = asyncio.get_running_loop().create_future()
        return self.done

    def arrived(self) -> None:
        self.count += 1
        if self.count == 1:
            self.first = time.perf_counter()
        if self.count == self.size and self.done is not None:
            self.done.set_result(time.perf_counter())


class Publisher:
    """One kept connection that says something to everybody."""

    def __init__(self, asker: Asker) -> None:
        self.asker = asker

    @classmethod
    async def to(cls, base: str) -> Publisher:
        loop = asyncio.get_running_loop()
        _, asker = await loop.create_connection(lambda: Asker(iter(()), Tally(), begin=False), *place_of(base))
        return cls(asker)

    async def publish(self, sent: bytes) -> float:
        start = time.perf_counter()
        self.asker.requests, self.asker.done = iter([sent]), asyncio.get_running_loop().create_future()
        self.asker.send()
        return start


async def spread(base: str, hall: Hall, publishes: list[tuple[bytes, bytes]]) -> tuple[list[float], list[float]]:
    """For each (request, text): seconds from sending it to the last listener, and from the first listener to the last."""
    transports = await hall.open(base)
    publisher = await Publisher.to(base)
    whole, among = [], []
    for sent, text in publishes:
        arrival = hall.expect(text)
        start = await publisher.publish(sent)
        last = await asyncio.wait_for(arrival, 10)
        whole.append(last - start)
        among.append(last - hall.first)
        await asyncio.sleep(INTERVAL)
    for transport in transports:
        transport.close()
    return whole[2:], among[2:]  # the first two warm up


def listeners(people: list[tuple[str, str]]) -> list[bytes]:
    return [request("GET", f"{API}/{room}/events", ticket=ticket) for room, ticket in people]


def messages(stage: Stage) -> list[tuple[bytes, bytes]]:
    made = []
    for number in range(PUBLISHES):
        text = f"Hej alla {number:03d}"
        item = {"id": f"fanout-{time.time_ns()}-{number}", "exercise": "stage", "type": "message", "data": {"text": text}}
        made.append(
            (request("POST", f"{API}/{stage.crew.room}/contributions", json.dumps(item).encode(), stage.crew.ticket), text.encode())
        )
    return made


@row("fanout-1000", unit="ms to the last", goal="<= 1.5")
def publish_to_last() -> Measured:
    """From sending the publish, through gate, ledger, fold and rendering, to the last client."""
    measured = measure_fanout()
    return Measured(measured["whole"], measured["bare_whole"])


@row("fanout-1000-spread", unit="ms first to last", goal="<= 1.5")
def first_to_last() -> Measured:
    """The writing alone."""
    measured = measure_fanout()
    return Measured(measured["among"], measured["bare_among"])


@row("fanout-1000-memory", unit="kB per client", goal="<= 15")
def memory() -> Measured:
    return Measured(measure_memory() / 1e3)


@functools.cache
def measure_fanout() -> dict[str, float]:
    """Medians in milliseconds: publish → last client and first → last client, ours and the bare server's with as many bytes."""
    with product() as stage, on_client_core():
        people = run(enter(stage.running.base, stage.running.code, CLIENTS))
        ours = run(spread(stage.running.base, Hall(listeners(people)), messages(stage)))
        cell = {"cell": "stage", "v": stage.crew.state()["version"], "value": stage.crew.state("?audience=phone")["cells"]["stage"]}
    with reference("fanout") as (base, _), on_client_core():
        texts = [f"Hej alla {number:03d}" for number in range(PUBLISHES)]
        bodies = [
            json.dumps({**cell, "value": {**cell["value"], "message": text}}, ensure_ascii=False, separators=(",", ":")) for text in texts
        ]
        said = [(request("POST", "/", body.encode()), text.encode()) for body, text in zip(bodies, texts, strict=True)]
        bare = run(spread(base, Hall([request("GET", "/events")] * CLIENTS), said))
    names = ("whole", "among", "bare_whole", "bare_among")
    return {name: statistics.median(values) * 1e3 for name, values in zip(names, (*ours, *bare), strict=True)}


def measure_memory() -> float:
    """Bytes of the server's own memory per connected client."""
    with product() as stage, on_client_core():
        people = run(enter(stage.running.base, stage.running.code, 2 * CLIENTS))
        return run(growth(stage, people))


async def growth(stage: Stage, people: list[tuple[str, str]]) -> float:
    warm = await Hall(listeners(people[:CLIENTS])).open(stage.running.base)
    await ask(stage.running.base, [request("GET", "/healthz")] * 10, 1)
    before = memory_bytes(stage.running.pid)
    more = await Hall(listeners(people[CLIENTS:])).open(stage.running.base)
    after = memory_bytes(stage.running.pid)
    for transport in (*warm, *more):
        transport.close()
    return (after - before) / CLIENTS
