"""Five thousand phones come in within ten seconds, each as a real one was seen to: page, assets, join, state, stream to the first cell.

Beside nginx, which gives the same bytes as files to the same requests over as many connections: that is what the files alone cost.
"""

from __future__ import annotations

import functools
import http.client
import json
import shutil
import socket
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from bench.crowd import LINES, Arrival, Step, phones, raise_file_limit
from bench.frame import CannotMeasure, Measured, row
from bench.load import cpu_seconds, place_of
from bench.nginx import Served, nginx_with_files
from bench.product import Stage, product

PHONES = 5_000
SECONDS = 8.0  # they begin within; the last has two more
COOKIE = "@COOKIE@"
PAGE, ASSETS, JOIN, STATE, EVENTS = range(1, 6)
DEVELOPERS_OWN = {"pragma", "cache-control", "connection", "content-length"}  # a browser that is watched asks anew; the rest we write
WORTH_KEEPING = {"content-encoding", "cache-control", "etag", "vary", "x-content-type-options", "content-language"}


class Side(NamedTuple):
    arrival: Arrival
    cpu: float  # the server's seconds, in all


@row("join-5000", unit="s until all are in", goal="<= 10")
def all_in() -> Measured:
    return Measured(measure_join().ours.arrival.took)


@row("join-5000-lost", unit="phones", goal="<= 0")
def lost() -> Measured:
    return Measured(measure_join().ours.arrival.lost)


@row("join-5000-p95", unit="ms from page to first cell, p95", goal="<= 1000")
def p95() -> Measured:
    measured = measure_join()
    return Measured(measured.ours.arrival.p95 * 1e3, measured.nginx.arrival.p95 * 1e3 if measured.nginx else None, is_yardstick=True)


@row("join-5000-cpu", unit="µs CPU per join", goal="<= 4")
def cpu_per_join() -> Measured:
    measured = measure_join()
    if measured.nginx is None:
        raise CannotMeasure(f"{measured.why} ({measured.ours.cpu / PHONES * 1e6:.0f} µs per join without a reference)")
    return Measured(measured.ours.cpu / PHONES * 1e6, measured.nginx.cpu / PHONES * 1e6)


class Both(NamedTuple):
    ours: Side
    nginx: Side | None
    why: str = ""


@functools.cache
def measure_join() -> Both:
    raise_file_limit(PHONES * LINES + 1_000)
    with product() as stage:
        steps = seen_steps(stage)
        served = dict(answers(stage, steps))
        ours = arrive(stage.running.base, [stage.running.pid], steps)
    try:
        with nginx_with_files(served, connections=PHONES * LINES + 500) as (base, pids):
            return Both(ours, arrive(base, pids, steps))
    except CannotMeasure as problem:
        return Both(ours, None, str(problem))


def arrive(base: str, pids: Sequence[int], steps: Sequence[Step]) -> Side:
    before = sum(map(cpu_seconds, pids))
    with phones(base, steps, PHONES, SECONDS) as arrival:
        return Side(arrival, sum(map(cpu_seconds, pids)) - before)


def seen_steps(stage: Stage) -> list[Step]:
    """What a real browser asks for when a phone joins for the first time, in its order and its words."""
    from tests.journeys.browsing import PHONE, chromium  # needs the development tools

    phone: dict[str, Any] = PHONE

    if not shutil.which("chromium"):
        raise CannotMeasure("chromium is missing: it shows what a phone asks for")
    with chromium() as browser:
        page = browser.new_context(**phone, locale="sv-SE").new_page()
        seen: list[Any] = []
        page.on("request", lambda one: seen.append(one))  # noqa: PLW0108 - Playwright marks the function
        page.goto(stage.running.phone)
        page.locator("[data-cell] form[data-exercise]").wait_for()
        page.evaluate("document.fonts.ready.then(() => true)")
        while not any("/events" in one.url for one in seen):
            page.wait_for_timeout(50)
        steps = [_step(one.method, one.url, one.post_data or "", one.all_headers()) for one in seen]
    return sorted(steps, key=lambda step: step.phase)


def _step(method: str, url: str, body: str, sent: dict[str, str]) -> Step:
    address = urlsplit(url)
    path = f"{address.path}?{address.query}".rstrip("?")
    headers = {name: value for name, value in sent.items() if not name.startswith(":") and name not in DEVELOPERS_OWN}
    phase, kind = _phase(address.path)
    if phase > JOIN:
        headers["cookie"] = COOKIE
    if body:
        headers["content-length"] = str(len(body.encode()))
    headers.setdefault("host", address.netloc)
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items()), "", body]
    return Step(phase, kind, "\r\n".join(lines).encode())


def _phase(path: str) -> tuple[int, str]:
    for end, found in (("/join", (JOIN, "join")), ("/state", (STATE, "get")), ("/events", (EVENTS, "stream"))):
        if path.endswith(end):
            return found
    return (PAGE, "get") if path.startswith("/r/") else (ASSETS, "get")


def answers(stage: Stage, steps: Sequence[Step]) -> Iterator[tuple[str, Served]]:
    """What the product answers to each of the steps, as one phone gets it."""
    cookie = ""
    for step in steps:
        path, (head, body) = step.sent.split(b" ", 2)[1].decode(), _answer(stage, step, cookie)
        headers = {name: value for name, value in head.items() if name.lower() in WORTH_KEEPING}
        if step.kind == "join":
            headers["Set-Cookie"] = head["set-cookie"]
            cookie = head["set-cookie"].partition(";")[0]
        yield path, Served(body, head["content-type"], headers)


def _answer(stage: Stage, step: Step, cookie: str) -> tuple[http.client.HTTPMessage, bytes]:
    with socket.create_connection(place_of(stage.running.base), timeout=10) as line:
        line.sendall(step.sent.replace(COOKIE.encode(), cookie.encode()))
        response = http.client.HTTPResponse(line)
        response.begin()
        assert response.status == 200, (response.status, step.sent)
        if step.kind != "stream":
            return response.headers, response.read()
        body = b""
        while b"event: cell" not in body:
            body += response.read1(65_536)
        return response.headers, body


def told() -> str:
    """All figures of the last run, for whoever looks for what is slow."""
    return json.dumps([side and {**side.arrival._asdict(), "cpu": side.cpu} for side in measure_join()[:2]])
