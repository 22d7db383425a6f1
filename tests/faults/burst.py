"""A process that stores answers as fast as it can and tells each one acknowledged, to be killed in the middle of it."""

from __future__ import annotations

import argparse
import hashlib
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from mellanrum.rooms.ledger.rows import Join, LedgerUnavailable, Outcome, Row
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.writer import Writer

ROOM = "hall"
IN_FLIGHT = 200
AGAIN = 500


class HastyLedger(Ledger):
    """The control: says stored before it is."""

    def commit(self, rows: Sequence[Row], joins: Sequence[Join]) -> list[Outcome]:
        _tell([(row.id, "stored 0") for row in rows])
        return super().commit(rows, joins)


def _tell(lines: Sequence[tuple[str, str]]) -> None:
    os.write(1, "".join(f"{row_id} {what}\n" for row_id, what in lines).encode())


def _ids(run: int, start: int) -> Iterator[str]:
    """What the run before may not have heard about, and then new ones; never twice the same in one run."""
    if run:
        yield from (f"{run - 1}-{number}" for number in range(max(0, start - AGAIN), start + AGAIN))
    number = 0
    while True:
        yield f"{run}-{number}"
        number += 1


def _row(row_id: str) -> Row:
    digest = hashlib.blake2b(row_id.encode(), digest_size=8).digest()
    return Row(ROOM, 0, row_id, "scale-3", "rate", 1, "anna", "participant", "phone", '{"value":4}', None, False, digest)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("database")
    parser.add_argument("run", type=int)
    parser.add_argument("start", type=int, help="where the run before was when it was killed")
    parser.add_argument("--hasty", action="store_true")
    parser.add_argument("--synchronous", default="FULL")
    options = parser.parse_args()
    ledger = (HastyLedger if options.hasty else Ledger)({"NAME": options.database})
    ledger.engine.connection.execute(f"PRAGMA synchronous={options.synchronous}")
    places = threading.Semaphore(IN_FLIGHT)

    def deliver(answers: list[tuple[Callable[[Any], Any], Any]]) -> None:
        if not options.hasty:
            _tell([done(result) for done, result in answers])
        places.release(len(answers))

    writer = Writer(ledger, deliver)
    writer.start()
    for row_id in _ids(options.run, options.start):
        places.acquire()
        try:
            writer.submit([_row(row_id)], _teller(row_id))
        except LedgerUnavailable:
            os._exit(3)  # what it refuses it has not acknowledged


def _teller(row_id: str) -> Callable[[Any], Any]:
    def tell(result: list[Outcome] | LedgerUnavailable) -> tuple[str, str]:
        if isinstance(result, LedgerUnavailable):
            return (row_id, f"{result.code} 0")
        return (row_id, f"{result[0].status} {result[0].seq}")

    return tell


if __name__ == "__main__":
    main()
