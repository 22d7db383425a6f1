"""The writer thread: everything that waits goes into one transaction, and only after COMMIT anybody is told."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any

from mellanrum.rooms.ledger.queue import Done, Item, Queue
from mellanrum.rooms.ledger.rows import Join, LedgerUnavailable, NewParticipant, NewTicket, Outcome, Row
from mellanrum.rooms.ledger.store import Ledger

logger = logging.getLogger(__name__)

BATCH = 2000
PATIENCE = 5.0
IDLE = 1.0
PAGES = 1000
MOST_ROWS = 2000

Deliver = Callable[[list[tuple[Done, Any]]], None]
Committed = Callable[[list[Row]], None]


class Writer(threading.Thread):
    """The only thread that appends to the ledger and the only one that checkpoints.

    After each COMMIT it calls `committed(rows)` with the rows stored, in ledger order, and then `deliver(answers)` once
    for the whole batch: the caller carries `done(result)` to the thread where it belongs. A result is what was asked for,
    or a LedgerUnavailable. `submit`, `mint` and `call` raise Overloaded when nothing more is taken.
    """

    def __init__(self, ledger: Ledger, deliver: Deliver, committed: Committed = lambda rows: None, *, batch: int = BATCH) -> None:
        super().__init__(name="writer", daemon=True)
        self._ledger = ledger
        self._deliver = deliver
        self._committed = committed
        self._batch = batch
        self._queue = Queue()
        self._waiting: list[Item] = []  # of the batch at hand: what somebody else's lock keeps from being stored
        self._rows = 0
        self._rows_until_checkpoint = PAGES

    @property
    def refuses(self) -> str | None:
        """Why it takes nothing more: `failed`, `stopping` or None."""
        return self._queue.refuses

    def submit(self, rows: Sequence[Row], done: Callable[[list[Outcome] | LedgerUnavailable], None]) -> None:
        """Store one caller's rows, which belong to the writer from now on; `done` gets their outcomes in order."""
        self._queue.put(Item(done, rows=rows))

    def mint(self, participant: NewParticipant | None, ticket: NewTicket, done: Callable[[LedgerUnavailable | None], None]) -> None:
        """Store a ticket and whoever holds it, in the same transaction as the answers that wait; `done` gets None."""
        self._queue.put(Item(done, join=Join(participant, ticket)))

    def call(self, work: Callable[[Ledger], Any], done: Done) -> None:
        """Run `work(ledger)` in this thread between transactions; `done` gets what it returns or raises.

        Reading goes on when the disk has failed.
        """
        self._queue.put(Item(done, work=work))

    def stop(self) -> None:
        """Take nothing more, store everything that waits, and end."""
        self._queue.stop()
        self.join()

    def run(self) -> None:
        while (items := self._queue.take(self._batch, IDLE)) is not None:
            try:
                self._handle(items)
            except Exception:  # a fault of ours: nobody may wait for ever, and nothing may look saved
                logger.exception("The writer failed and takes nothing more.")
                self._fail([item for item in items if not item.is_answered])
        self._rest()
        self._ledger.close()

    def _handle(self, items: list[Item]) -> None:
        if not items:
            self._rest()
            return
        self._waiting = []
        self._commit([item for item in items if item.work is None])
        for item in items:
            if item.work is not None and self._waiting:  # what is erased may be among those: it comes after them
                self._cannot([item], LedgerUnavailable("busy"))
            elif item.work is not None:
                self._run_work(item, item.work)
        self._queue.put_back(self._waiting)

    def _commit(self, items: list[Item]) -> None:
        """One transaction; when a row cannot be stored, halves of it, so that only that row's caller suffers."""
        parts = [items] if items else []
        while parts:
            part = parts.pop()
            try:
                self._store(part)
            except LedgerUnavailable as problem:
                self._cannot([*part, *(item for later in reversed(parts) for item in later)], problem)
                return
            except self._ledger.engine.row_errors:
                middle = len(part) // 2
                parts += [part[middle:], part[:middle]] if middle else []
                if not middle:
                    self._store_row_by_row(part[0])
        self._checkpoint_now_and_then()

    def _store(self, items: list[Item]) -> None:
        rows = [row for item in items for row in item.rows]
        outcomes = self._ledger.commit(rows, [item.join for item in items if item.join is not None])
        self._tell_committed(rows, outcomes)
        answers: list[Any] = []
        start = 0
        for item in items:
            answers.append(None if item.join is not None else outcomes[start : start + len(item.rows)])
            start += len(item.rows)
        self._answer(items, answers)

    def _store_row_by_row(self, item: Item) -> None:
        """One caller's rows, at least one of which the database does not take."""
        if item.join is not None:
            self._answer([item], [LedgerUnavailable("invalid")])
            return
        outcomes: list[Outcome] = []
        for row in item.rows:
            try:
                outcomes += self._ledger.commit([row], ())
            except LedgerUnavailable as problem:  # what is stored already will be a duplicate when they try again
                self._tell_committed(item.rows[: len(outcomes)], outcomes)
                self._cannot([item], problem)
                return
            except self._ledger.engine.row_errors:
                outcomes.append(Outcome("refused", None, "invalid"))
        self._tell_committed(item.rows, outcomes)
        self._answer([item], [outcomes])

    def _tell_committed(self, rows: Sequence[Row], outcomes: list[Outcome]) -> None:
        stored = [row for row, outcome in zip(rows, outcomes, strict=True) if outcome.status == "stored"]
        if stored:
            self._rows += len(stored)
            try:
                self._committed(stored)
            except Exception:  # they are stored all the same; who folds will see the gap and read
                logger.exception("Committed rows could not be handed on.")

    def _answer(self, items: list[Item], results: Sequence[Any]) -> None:
        self._queue.release(items)
        try:
            self._deliver([(item.done, result) for item, result in zip(items, results, strict=True)])
        except Exception:  # the loop is gone: they are stored, and a retry will be told so
            logger.exception("Answers could not be delivered.")

    def _cannot(self, items: list[Item], problem: LedgerUnavailable) -> None:
        """Nothing of these was stored. Somebody else's lock is waited for; a full disk may have room for the next batch."""
        if problem.code == "failed":
            logger.error("The disk failed; nothing more is stored until a new start.", exc_info=problem)
            self._fail(items)
        elif problem.code == "busy":
            oldest = time.monotonic() - PATIENCE
            too_old = [item for item in items if item.since < oldest]
            self._waiting += [item for item in items if item.since >= oldest]
            self._answer(too_old, [problem] * len(too_old))
        else:
            self._answer(items, [problem] * len(items))

    def _fail(self, items: list[Item]) -> None:
        """After a failed sync nobody knows what the disk holds: never acknowledge again."""
        waiting = [*items, *self._queue.fail()]
        self._ledger.engine.forbid_writing()
        self._answer(waiting, [LedgerUnavailable("failed")] * len(waiting))

    def _run_work(self, item: Item, work: Callable[[Ledger], Any]) -> None:
        try:
            result = work(self._ledger)
        except Exception as problem:  # noqa: BLE001 – theirs to handle; the writer goes on
            result = problem
        self._answer([item], [result])

    def _checkpoint_now_and_then(self) -> None:
        """About every thousand pages; how many rows that is, the last time tells."""
        if self._rows >= self._rows_until_checkpoint:
            pages = self._tidy(self._ledger.engine.checkpoint) or self._rows
            self._rows_until_checkpoint = max(1, min(MOST_ROWS, self._rows * PAGES // pages))
            self._rows = 0

    def _rest(self) -> None:
        """Nothing came for a while: empty the WAL, which pages may have filled too."""
        if self.refuses != "failed" and self._ledger.engine.has_wal():
            self._tidy(self._ledger.engine.truncate)
            self._rows = 0

    def _tidy(self, act: Callable[[], int]) -> int:
        try:
            return act()
        except LedgerUnavailable as problem:
            self._cannot([], problem)
            return 0
