"""A hundred backups while a hall answers in bursts: each is whole and has all that was acknowledged before it began."""

from __future__ import annotations

import asyncio
import functools
import json
import sqlite3
import subprocess
import sys
import tempfile
import time
from bisect import bisect_left
from collections.abc import Sequence
from contextlib import closing
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

from bench.frame import Measured, row
from bench.load import Asker, Tally, answer_request, enter, on_client_core, place_of, run
from bench.product import Stage, product
from mellanrum.core.backup import DATABASE, unpack
from mellanrum.core.datafolder import BackupProblem
from tests.running import environment

BACKUPS, SECONDS = 100, 30.0  # at least; what one burst has to wait for says little, so there are some seventy of either kind
PEOPLE = 600
BURST, EVERY = 100, 0.2  # so many answer in the same instant, that often (seconds)
PATIENCE = 60


class Backup(NamedTuple):
    path: Path
    began: float
    ended: float


class Ack(NamedTuple):
    """One answer: when it was due and when it was acknowledged, on the machine's monotonic clock."""

    due: float
    at: float
    id: str


class Diary(Tally):
    """Notes when which contribution was acknowledged."""

    def __init__(self) -> None:
        super().__init__(expect=b'"stored"')
        self.acks: list[Ack] = []
        self.due = 0.0

    def add(self, seconds: float, answer: bytes) -> None:
        super().add(seconds, answer)
        if b'"stored"' in answer:
            result = json.loads(answer.partition(b"\r\n\r\n")[2])["results"][0]
            self.acks.append(Ack(self.due, time.monotonic(), result["id"]))


class Run(NamedTuple):
    consistent: int
    calm_p95: float
    busy_p95: float


@row("backup", unit="consistent backups of 100", goal=">= 100")
def consistent() -> Measured:
    """Each unpacks, passes SQLite's own check, has no gap in any room's sequence, and every answer acknowledged before it began."""
    return Measured(measure_backups().consistent)


@row("backup-burst", unit="ms to the ack, p95", goal="<= 2")
def burst_p95() -> Measured:
    """Of bursts that fall into a backup, beside those between backups, in turns."""
    return Measured(measure_backups().busy_p95 * 1e3, measure_backups().calm_p95 * 1e3)


@functools.cache
def measure_backups() -> Run:
    with tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as name, product(pinned=False) as stage:
        with on_client_core():
            people = run(enter(stage.running.base, stage.running.code, PEOPLE))
        line = [sys.executable, "-m", "bench.backups", str(stage.running.data), name, str(BACKUPS), str(SECONDS)]
        process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(), text=True)
        try:
            acks = run(bursts_while(stage, people, process))
            told, _ = process.communicate(timeout=PATIENCE)
        finally:
            process.kill()
            process.wait()
        backups = [Backup(Path(one["path"]), one["began"], one["ended"]) for one in map(json.loads, told.splitlines())]
        calm, busy = sorted_by_backups(acks, backups)
        looked_at = backups[:: len(backups) // BACKUPS][:BACKUPS]
        return Run(sum(is_consistent(backup, acks) for backup in looked_at), p95(calm), p95(busy))


async def bursts_while(stage: Stage, people: list[tuple[str, str]], process: subprocess.Popen[str]) -> list[Ack]:
    """Burst after burst until the backups are done. The diary, in the order of the acknowledgements."""
    diary, loop, place = Diary(), asyncio.get_running_loop(), place_of(stage.running.base)
    made = [await loop.create_connection(lambda: Asker(iter(()), diary, begin=False), *place) for _ in range(BURST)]
    turn, number = cycle(people), 0
    while process.poll() is None:
        if number == BURST:  # the first burst warms up
            assert process.stdin is not None
            process.stdin.write("begin\n")
            process.stdin.flush()
        following = list(islice(turn, BURST))
        diary.due = time.monotonic()
        for (_, asker), (room, ticket) in zip(made, following, strict=True):
            asker.requests = iter([answer_request(room, stage.exercise, ticket, stage.data(number))])
            asker.done = loop.create_future()
            asker.send()
            number += 1
        await asyncio.wait_for(asyncio.gather(*(asker.done for _, asker in made)), PATIENCE)
        await asyncio.sleep(max(0.0, diary.due + EVERY - time.monotonic()))
    for transport, _ in made:
        transport.close()
    assert not diary.failures, diary.failures[0]
    return diary.acks[BURST:]


def sorted_by_backups(acks: Sequence[Ack], backups: Sequence[Backup]) -> tuple[list[float], list[float]]:
    """Seconds of the answers that no backup touched, and of those that one did."""
    calm: list[float] = []
    busy: list[float] = []
    ends = [backup.ended for backup in backups]
    for ack in acks:
        following = bisect_left(ends, ack.due)  # the first backup that ended after it was due
        touched = following < len(backups) and backups[following].began <= ack.at
        (busy if touched else calm).append(ack.at - ack.due)
    return calm, busy


def p95(seconds: Sequence[float]) -> float:
    return sorted(seconds)[len(seconds) * 95 // 100]


def is_consistent(backup: Backup, acks: Sequence[Ack]) -> bool:
    """Unpacked as a restore does it, which compares sums and runs SQLite's check; then the sequences and what it had to have."""
    with tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as name:
        folder = Path(name) / "data"
        try:
            unpack(backup.path, folder)
        except BackupProblem as problem:
            print(f"  {backup.path.name}: {problem}", file=sys.stderr)
            return False
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            return has_all(database, {ack.id for ack in acks if ack.at < backup.began})


def has_all(database: sqlite3.Connection, ids: set[str]) -> bool:
    """No room has a gap in its sequence, each knows its last number, and every one of the ids is there."""
    rooms = database.execute(
        "SELECT room.last_seq, COUNT(one.seq), COALESCE(MIN(one.seq), 1), COALESCE(MAX(one.seq), 0) FROM rooms_room AS room "
        "LEFT JOIN rooms_contribution AS one ON one.room_id = room.id GROUP BY room.id"
    ).fetchall()
    found = {str(one) for (one,) in database.execute("SELECT id FROM rooms_contribution")}
    gaps = [one for one in rooms if one[1] != one[0] or one[2] != 1 or one[3] != one[0]]
    if gaps or ids - found:
        print(f"  rooms with gaps {gaps}, acknowledged and missing {len(ids - found)} of {len(ids)}", file=sys.stderr)
    return not gaps and not ids - found
