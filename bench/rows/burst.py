"""A thousand people answer in the same instant: none lost, and everybody sees the exact total at once."""

from __future__ import annotations

import asyncio
import functools
import json
import time
from dataclasses import dataclass
from typing import cast

from bench.frame import Measured, row
from bench.load import API, Asker, Tally, answer_request, enter, on_client_core, place_of, request, run
from bench.product import Stage, product

PEOPLE = 1_000


@dataclass(frozen=True)
class Burst:
    """Seconds from the first byte sent to the last acknowledgement and to the exact total before the crew; what the projector shows."""

    lost: int
    last_ack: float
    total_seen: float
    people_shown: int


class Crew(asyncio.Protocol):
    """The cockpit's stream, waiting for a number of people who have answered."""

    def __init__(self, listening: bytes) -> None:
        self.listening, self.buffer = listening, b""
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.exact: asyncio.Future[float] = asyncio.get_running_loop().create_future()
        self.wanted = b"\x00"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        cast(asyncio.Transport, transport).write(self.listening)

    def data_received(self, data: bytes) -> None:
        if b"event: hello" in data and not self.ready.done():
            self.ready.set_result(None)
        self.buffer = (self.buffer + data)[-65_536:]
        if self.wanted in self.buffer and not self.exact.done():
            self.exact.set_result(time.perf_counter())


@row("burst-1000-lost", unit="answers", goal="<= 0")
def lost() -> Measured:
    """Neither acknowledged nor counted in what the projector shows at the end."""
    return Measured(max(measure_burst().lost, PEOPLE - measure_burst().people_shown))


@row("burst-1000", unit="ms to the last ack", goal="<= 250")
def last_ack() -> Measured:
    return Measured(measure_burst().last_ack * 1e3)


@row("burst-1000-total", unit="ms to the exact total", goal="<= 350")
def exact_total() -> Measured:
    """After the last acknowledgement: one coalescing interval and 150 ms."""
    return Measured(max(0.0, measure_burst().total_seen - measure_burst().last_ack) * 1e3)


@functools.cache
def measure_burst() -> Burst:
    with product() as stage, on_client_core():
        people = run(enter(stage.running.base, stage.running.code, PEOPLE))
        result = run(burst(stage, people))
        stage.crew.act("reveal", exercise=stage.exercise)
        with stage.crew.events("?audience=projector") as wall:
            wall.until("hello")
            shown = wall.cell(f"exercise-{stage.exercise}", where=lambda value: value["result"] is not None)
    return Burst(*result, people_shown=shown["result"]["people"])


async def burst(stage: Stage, people: list[tuple[str, str]]) -> tuple[int, float, float]:
    place, loop, tally = place_of(stage.running.base), asyncio.get_running_loop(), Tally(expect=b'"stored"')
    listening = request("GET", f"{API}/{stage.crew.room}/events", ticket=stage.crew.ticket)
    _, cockpit = await loop.create_connection(lambda: Crew(listening), *place)
    await asyncio.wait_for(cockpit.ready, 5)
    answers = [answer_request(room, stage.exercise, ticket, stage.data(number)) for number, (room, ticket) in enumerate(people)]
    phones = []
    for answer in answers:
        _, phone = await loop.create_connection(functools.partial(Asker, iter([answer]), tally, begin=False), *place)
        phones.append(phone)
    cockpit.wanted = json.dumps({"answered": len(people)}, separators=(",", ":"))[1:-1].encode()
    start = time.perf_counter()
    for phone in phones:
        phone.send()
    await asyncio.wait_for(asyncio.gather(*(phone.done for phone in phones)), 20)
    last = time.perf_counter() - start
    seen = await asyncio.wait_for(cockpit.exact, 5) - start
    return len(people) - (len(tally.seconds) - len(tally.failures)), last, seen
