"""Runs `burst`, kills it when it has acknowledged so many answers, and keeps what was promised."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.ledger.store import Ledger
from tests.faults.burst import ROOM

HOME = Path(__file__).parents[2]


@dataclass
class Promises:
    """`seqs` maps an acknowledged id to its sequence number; `broken` lists answers that contradict an earlier one."""

    seqs: dict[str, int] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    furthest: int = 0

    def hear(self, run: int, line: str) -> None:
        row_id, status, seq = line.split()
        if status not in ("stored", "duplicate"):
            self.refused.append(status)
            return
        if self.seqs.setdefault(row_id, int(seq)) != int(seq):
            self.broken.append(line)
        if row_id.startswith(f"{run}-"):
            self.furthest = int(row_id.split("-")[1])


def kill_in_a_burst(
    database: Path, promises: Promises, *, run: int, after: int, options: Sequence[str] = (), environment: Mapping[str, str] | None = None
) -> int:
    """One process, killed by SIGKILL when it has told of `after` answers; gives its exit code."""
    command = [sys.executable, "-m", "tests.faults.burst", str(database), str(run), str(promises.furthest), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=HOME, env={**os.environ, **(environment or {})})
    assert process.stdout is not None
    promises.furthest = 0
    with process.stdout:
        for number, line in enumerate(process.stdout, start=1):
            if number == after:
                process.kill()
            if line.endswith("\n"):
                promises.hear(run, line)
    return process.wait()


def rows_of(database: Path) -> list[Row]:
    """What a new start finds. Raises AssertionError when the file is not whole."""
    ledger = Ledger({"NAME": database})
    assert ledger.engine.query("PRAGMA integrity_check", ()) == [("ok",)]
    rows = list(ledger.read(ROOM))
    ledger.close()
    return rows


def lost(promises: Promises, rows: Sequence[Row]) -> set[str]:
    """Acknowledged and not there."""
    return set(promises.seqs) - {row.id for row in rows}


def assert_kept(promises: Promises, rows: Sequence[Row]) -> None:
    """Everything acknowledged is there, where it was promised, once, and the sequence is whole."""
    assert promises.broken == []
    assert lost(promises, rows) == set()
    found = {row.id: row.seq for row in rows}
    assert len(found) == len(rows)
    assert {row_id: found[row_id] for row_id in promises.seqs} == promises.seqs
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
