"""One lock per database file: whoever writes to it in this process stands in the same queue."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

logger = logging.getLogger(__name__)

LONGEST_HOLD = 0.05


@dataclass(frozen=True)
class Hold:
    """Work that made others wait too long; `where` is the stack that ended it."""

    seconds: float
    where: str


class WriteLock:
    """Re-entrant per thread, so that a second connection in the same thread gets SQLite's error and not a deadlock.

    SQLite lets one connection write at a time and others wait by sleeping: the answer writer then starves behind busy
    pages. Waiting here instead is fair enough and wakes at once (decision 0002).
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._depth = 0
        self._since = 0.0
        self._patience = LONGEST_HOLD
        self.long_holds: list[Hold] = []

    def acquire(self) -> None:
        self._lock.acquire()
        self._depth += 1
        if self._depth == 1:
            self._since = time.perf_counter()

    def release(self) -> None:
        self._depth -= 1
        self._lock.release()

    def note_if_long(self) -> None:
        """Called by the holder when its own work is done, before COMMIT: the disk's time is not the code's fault."""
        held = time.perf_counter() - self._since
        if held > self._patience:
            self._blame(held)

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()

    @contextmanager
    def patience(self, seconds: float) -> Iterator[None]:
        """Hold it for long knowingly: migrations before anybody is let in."""
        before, self._patience = self._patience, seconds
        try:
            yield
        finally:
            self._patience = before

    def _blame(self, held: float) -> None:
        where = "".join(traceback.format_list(traceback.extract_stack(limit=12)[:-2]))
        self.long_holds.append(Hold(held, where))
        del self.long_holds[:-100]
        logger.warning("The write lock was held for %.0f ms: no mail, network or template inside atomic().\n%s", held * 1000, where)


_locks: dict[str, WriteLock] = {}
_locks_guard = threading.Lock()


def write_lock(database: object) -> WriteLock:
    """The lock of that database file (its path as Django or the ledger names it)."""
    with _locks_guard:
        return _locks.setdefault(str(database), WriteLock())


def take_long_holds() -> list[Hold]:
    """What was noted since the last time, of all locks; the tests ask after each test."""
    with _locks_guard:
        holds = [hold for lock in _locks.values() for hold in lock.long_holds]
        for lock in _locks.values():
            lock.long_holds.clear()
    return holds
