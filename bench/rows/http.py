"""Answers over HTTP with all checks on, beside the server's own no-op, beside plain Django, and while pages keep the server busy."""

from __future__ import annotations

import asyncio
import functools
import json
import secrets
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from urllib.parse import urlsplit

from bench.frame import Measured, row
from bench.load import PATIENCE, Asker, Tally, answer_request, ask, cpu_seconds, enter, on_client_core, place_of, request, run
from bench.product import Stage, product, reference

PEOPLE = 600
CONNECTIONS = 200  # a hall
ROUND = 2_500
ROUNDS = 3


def answers(stage: Stage, people: list[tuple[str, str]], count: int, start: int) -> list[bytes]:
    """That many different answers, spread over the people so that nobody is too fast."""
    spread = islice(cycle(people), start, start + count)
    return [answer_request(room, stage.exercise, ticket, stage.data(number)) for number, (room, ticket) in enumerate(spread)]


async def cost(base: str, pid: int, requests: list[bytes], *, expect: bytes = b"") -> tuple[float, float]:
    """(server CPU in µs per request, requests per second)."""
    before = cpu_seconds(pid)
    tally, took = await ask(base, requests, CONNECTIONS, expect=expect)
    assert not tally.failures, tally.failures[0]
    return (cpu_seconds(pid) - before) / len(requests) * 1e6, len(requests) / took


def plain_answers(count: int) -> list[bytes]:
    body = {"type": "rate", "data": {"item": "a", "subject": "me", "value": 3}}
    return [request("POST", "/answers", json.dumps({"id": secrets.token_urlsafe(16), **body}).encode(), "x" * 43) for _ in range(count)]


@row("answer-http", unit="µs CPU per answer", goal="<= 4")
def cpu_per_answer() -> Measured:
    """Beside the same server's own no-op request."""
    measured = measure_answers()
    return Measured(measured["cpu"], measured["noop"])


@row("answer-django", unit="answers/s", goal=">= 8")
def answers_per_second() -> Measured:
    """Beside a plain Django view that saves one row."""
    measured = measure_answers()
    return Measured(measured["rate"], measured["django_rate"])


@row("answer-busy-pages", unit="ms p99", goal="<= 100")
def busy_pages_p99() -> Measured:
    """500 answers a second while all page threads are busy."""
    return Measured(measure_busy_pages()[1].quantile(0.99) * 1e3)


@row("answer-busy-pages-p50", unit="ms p50", goal="<= 20")
def busy_pages_p50() -> Measured:
    return Measured(measure_busy_pages()[1].quantile(0.5) * 1e3)


@functools.cache
def measure_answers() -> dict[str, float]:
    """Medians over rounds, in turns: CPU in µs per no-op, per answer and per answer of plain Django, and how many a second."""
    with (
        tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as folder,
        product() as stage,
        reference("django_wsgi", folder) as plain,
        on_client_core(),
    ):
        people = run(enter(stage.running.base, stage.running.code, PEOPLE))
        rounds = [run(one_round(stage, people, plain, turn)) for turn in range(ROUNDS + 1)][1:]  # the first one warms up
    names = ("noop", "noop_rate", "cpu", "rate", "django_cpu", "django_rate")
    return dict(zip(names, map(statistics.median, zip(*rounds, strict=True)), strict=True))


async def one_round(stage: Stage, people: list[tuple[str, str]], plain: tuple[str, int], turn: int) -> tuple[float, ...]:
    base, pid = stage.running.base, stage.running.pid
    noop = await cost(base, pid, [request("GET", "/healthz")] * ROUND)
    ours = await cost(base, pid, answers(stage, people, ROUND, turn * ROUND), expect=b'"stored"')
    django = await cost(*plain, plain_answers(ROUND // 4), expect=b'"stored"')
    return (*noop, *ours, *django)


@functools.cache
def measure_busy_pages(per_second: int = 500, seconds: float = 4.0) -> tuple[Tally, Tally]:
    """Answers at a steady pace, with pages at rest and with four people loading pages without pause."""
    with product(pinned=False) as stage:
        people = run(enter(stage.running.base, stage.running.code, PEOPLE))
        count = int(per_second * seconds)
        calm = run(paced(stage.running.base, answers(stage, people, count, 0), per_second))
        return calm, run(while_pages_load(stage, answers(stage, people, count, count), per_second))


async def while_pages_load(stage: Stage, requests: list[bytes], per_second: int) -> Tally:
    page = await page_request(stage)
    stop = asyncio.Event()
    pages = asyncio.create_task(ask(stage.running.base, endless(page, stop), 4))
    tally = await paced(stage.running.base, requests, per_second)
    stop.set()
    loaded, _ = await pages
    assert not loaded.failures, loaded.failures[0][:300]
    assert len(loaded.seconds) > 20, "the pages were not busy"
    return tally


async def page_request(stage: Stage) -> bytes:
    """The cockpit, signed in: the heaviest page there is during a meeting."""
    address = urlsplit(stage.running.cockpit)
    return request("GET", f"{address.path}?{address.query}".rstrip("?"))


def endless(page: bytes, stop: asyncio.Event) -> Iterator[bytes]:
    while not stop.is_set():
        yield page


async def paced(base: str, requests: list[bytes], per_second: int) -> Tally:
    """Send at that pace, whatever comes back; seconds count from when each was due, also when no connection was free."""
    tally, loop, place = Tally(expect=b'"stored"'), asyncio.get_running_loop(), place_of(base)
    idle: asyncio.Queue[Asker] = asyncio.Queue()
    made = [await loop.create_connection(lambda: Asker(iter(()), tally, begin=False), *place) for _ in range(100)]
    for _, asker in made:
        idle.put_nowait(asker)
    start = time.perf_counter()
    for number, following in enumerate(requests):
        due = start + number / per_second
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        asker = await asyncio.wait_for(idle.get(), PATIENCE)
        asker.requests, asker.done = iter([following]), loop.create_future()
        asker.done.add_done_callback(functools.partial(_rest, idle, asker))
        asker.send()
        asker.sent_at = due
    for _ in made:
        await asyncio.wait_for(idle.get(), PATIENCE)
    for transport, _ in made:
        transport.close()
    assert not tally.failures, tally.failures[0]
    return tally


def _rest(idle: asyncio.Queue[Asker], asker: Asker, _: object) -> None:
    idle.put_nowait(asker)
