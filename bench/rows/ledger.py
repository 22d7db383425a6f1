"""Durable answers per second: grouped, beside one transaction each and beside memory.

Everything but the ledger is the same on both sides: the same writer thread, the same queue, the same people who answer
again as soon as they have heard, in one room after another (ten thousand answers are a long day in a large hall).
`-fsync4` adds what a slow disk costs, four milliseconds per COMMIT, to both sides.
"""

from __future__ import annotations

import asyncio
import functools
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import uvloop

from bench.frame import Measured, pinned, row
from mellanrum.rooms.ledger.rows import Join, Outcome, Row
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.tests.factory import add_rooms, make_row, make_tables, sqlite_database
from mellanrum.rooms.ledger.writer import BATCH, Writer

WARM_UP = 0.2
SECONDS = 1.0
TURNS = 2
ROOMS = [f"{number:026}" for number in range(50)]
ANSWERS_PER_ROOM = 10_000
UNIT = "answers/s"
DISK = Path("/var/tmp")


class SlowDisk(Ledger):
    """Each COMMIT takes four milliseconds more."""

    def commit(self, rows: Sequence[Row], joins: Sequence[Join]) -> list[Outcome]:
        outcomes = super().commit(rows, joins)
        time.sleep(0.004)
        return outcomes


class Memory(Ledger):
    """The bound: remembers ids and gives numbers, and stores nothing."""

    def commit(self, rows: Sequence[Row], joins: Sequence[Join]) -> list[Outcome]:
        outcomes = []
        for one in rows:
            one.seq = len(self._seen) + 1
            self._seen[one.id] = one
            outcomes.append(Outcome("stored", one.seq, None, one.at))
        return outcomes

    @functools.cached_property
    def _seen(self) -> dict[str, Row]:
        return {}


def answers_per_second(in_flight: int, kind: type[Ledger] = Ledger, batch: int = BATCH) -> float:
    with pinned(), _database() as database:
        return uvloop.run(_answer(kind(database), in_flight, batch))


@contextmanager
def _database() -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory(dir=DISK if DISK.is_dir() else None) as folder:
        database = sqlite_database(Path(folder))
        make_tables(database)
        add_rooms(database, *ROOMS)
        yield database


async def _answer(ledger: Ledger, in_flight: int, batch: int) -> float:
    """People who answer again and again, for two seconds after a warm-up; counts what was acknowledged."""
    loop = asyncio.get_running_loop()
    writer = Writer(ledger, lambda answers: _call_soon(loop, answers), batch=batch)
    writer.start()
    acknowledged = 0

    async def person() -> None:
        nonlocal acknowledged
        while True:
            heard: asyncio.Future[Any] = loop.create_future()
            room = ROOMS[acknowledged // ANSWERS_PER_ROOM % len(ROOMS)]
            writer.submit([make_row(room, f"{random.getrandbits(128):032x}")], heard.set_result)
            [outcome] = await heard
            acknowledged += outcome.status == "stored"

    people = [asyncio.create_task(person()) for _ in range(in_flight)]
    await asyncio.sleep(WARM_UP)
    before, since = acknowledged, time.perf_counter()
    await asyncio.sleep(SECONDS)
    rate = (acknowledged - before) / (time.perf_counter() - since)
    for one in people:
        one.cancel()
    writer._queue.fail()  # noqa: SLF001 – one transaction each would take long to store those who still wait
    await asyncio.to_thread(writer.stop)
    return rate


def _call_soon(loop: asyncio.AbstractEventLoop, answers: list[tuple[Callable[[Any], None], Any]]) -> None:
    def give() -> None:
        for done, result in answers:
            with suppress(asyncio.InvalidStateError):  # nobody waits any more
                done(result)

    loop.call_soon_threadsafe(give)


def _in_turn(value: Callable[[], float], reference: Callable[[], float]) -> Measured:
    """The best of some turns, one after the other, so that a busy moment of the machine does not decide."""
    turns = [(value(), reference()) for _ in range(TURNS)]
    return Measured(max(turn[0] for turn in turns), max(turn[1] for turn in turns))


def _beside_one_each(in_flight: int, kind: type[Ledger] = Ledger) -> Measured:
    return _in_turn(lambda: answers_per_second(in_flight, kind), lambda: answers_per_second(in_flight, kind, batch=1))


def _beside_memory(in_flight: int) -> Measured:
    return _in_turn(lambda: answers_per_second(in_flight), lambda: answers_per_second(in_flight, Memory))


# With 50 in flight each COMMIT's own wait for the disk weighs, and a group cannot be larger than those who wait.
for _in_flight, _each, _memory, _slow in ((50, 4, 0.15, 12), (500, 8, 0.4, 80), (2000, 8, 0.4, 80)):
    row(f"ledger-{_in_flight}", unit=UNIT, goal=f">= {_each}")(functools.partial(_beside_one_each, _in_flight))
    row(f"ledger-{_in_flight}-memory", unit=UNIT, goal=f">= {_memory}")(functools.partial(_beside_memory, _in_flight))
    row(f"ledger-{_in_flight}-fsync4", unit=UNIT, goal=f">= {_slow}")(functools.partial(_beside_one_each, _in_flight, SlowDisk))
