"""One change to five thousand listeners: beside a server in C that only writes, beside nchan and beside python-socketio."""

from __future__ import annotations

import functools
import json
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple

import bench.reference
from bench.crowd import hall, raise_file_limit
from bench.frame import Measured, row
from bench.load import API, enter, on_client_core, request, run
from bench.nginx import nchan
from bench.product import Stage, product, started
from bench.programs import compiled, python_of_references
from tests.running import free_port

LISTENERS = 5_000
TURNS, WARM_UP = 13, 3
UNIT = "ms to the last"
REFERENCE = Path(bench.reference.__file__).parent
EVENTS = request("GET", "/events")
UPGRADE = (
    b"GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n"
)
CONNECT = b"\x81\x82\x00\x00\x00\x0040"  # the text "40" in a frame masked with nothing


class Spread(NamedTuple):
    """Medians in milliseconds: from sending the change to the last listener, and from the first listener to the last."""

    whole: float
    among: float


@row("fanout-5000", unit=UNIT, goal="<= 1.5")
def publish_to_last() -> Measured:
    """From sending the change, through gate, ledger, fold and rendering, to the last of them; the C server only writes."""
    return _whole("epoll")


@row("fanout-5000-spread", unit="ms first to last", goal="<= 1.5")
def first_to_last() -> Measured:
    """The writing alone."""
    ours, bare = measure_beside("epoll")
    return Measured(ours.among, bare.among)


@row("fanout-5000-nchan", unit=UNIT, goal="<= 1")
def beside_nchan() -> Measured:
    return _whole("nchan")


@row("fanout-5000-socketio", unit=UNIT, goal="<= 0.8")
def beside_socketio() -> Measured:
    return _whole("socketio")


def _whole(name: str) -> Measured:
    ours, other = measure_beside(name)
    return Measured(ours.whole, other.whole)


@functools.cache
def measure_beside(name: str) -> tuple[Spread, Spread]:
    """Ours and the other one's, in turns, so that a busy moment of the machine meets both. Raises CannotMeasure."""
    raise_file_limit(LISTENERS + 1_000)
    with SERVERS[name]() as (base, path, dialogue), product() as stage:
        with on_client_core():
            people = run(enter(stage.running.base, stage.running.code, LISTENERS))
        said = list(changes(stage))
        tickets = [ticket for _, ticket in people]
        with hall(stage.running.base, _listening(stage), tickets, LISTENERS) as own, hall(base, dialogue, [], LISTENERS) as other:
            found = []
            for sent, text in said:
                ours = own.publish(sent, text.encode())
                found.append((*ours, *other.publish(request("POST", path, _cell(stage)), text.encode())))
    whole, among, other_whole, other_among = (statistics.median(column) * 1e3 for column in zip(*found[WARM_UP:], strict=True))
    return Spread(whole, among), Spread(other_whole, other_among)


def _listening(stage: Stage) -> list[tuple[str, bytes]]:
    asked = f"GET {API}/{stage.crew.room}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer @N@\r\n\r\n"
    return [("send", asked.encode()), ("wait", b"event: cell")]


def _cell(stage: Stage) -> bytes:
    """What everybody has just got, for the others to write."""
    cell = {"cell": "stage", "v": stage.crew.state()["version"], "value": stage.crew.state("?audience=phone")["cells"]["stage"]}
    return json.dumps(cell, ensure_ascii=False, separators=(",", ":")).encode()


def changes(stage: Stage) -> Iterator[tuple[bytes, str]]:
    """A message of the crew to everybody, again and again."""
    begun = time.time_ns()
    for number in range(TURNS):
        text = f"Hej alla {number:03d}"
        item = {"id": f"hall-{begun}-{number}", "exercise": "stage", "type": "message", "data": {"text": text}}
        yield request("POST", f"{API}/{stage.crew.room}/contributions", json.dumps(item).encode(), stage.crew.ticket), text


Server = tuple[str, str, list[tuple[str, bytes]]]  # its base, where to post, and what each listener says first


@contextmanager
def _epoll() -> Iterator[Server]:
    port = free_port()
    with started(str(compiled(REFERENCE / "epoll.c")), str(port), port=port) as (base, _):
        yield base, "/publish", [("send", EVENTS), ("wait", b"event: hello")]


@contextmanager
def _nchan() -> Iterator[Server]:
    with nchan(connections=LISTENERS + 500) as base:
        yield base, "/publish", [("send", EVENTS.replace(b"\r\n\r\n", b"\r\nAccept: text/event-stream\r\n\r\n")), ("wait", b"\r\n\r\n")]


@contextmanager
def _socketio() -> Iterator[Server]:
    port = free_port()
    with started(str(python_of_references()), str(REFERENCE / "socketio_hall.py"), str(port), port=port) as (base, _):
        yield base, "/publish", [("send", UPGRADE), ("wait", b'"sid"'), ("send", CONNECT), ("wait", b'40{"sid"')]


SERVERS: dict[str, Callable[[], AbstractContextManager[Server]]] = {"epoll": _epoll, "nchan": _nchan, "socketio": _socketio}
