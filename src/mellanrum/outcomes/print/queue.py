"""Printing in turn: one document at a time, the same wish shared, and never more than one thread waiting for paper.

Pages that end in `.pdf` have a line of their own with two threads (`rooms/live/page_queues.py`). Whoever wishes for one may wait for it
in one of them; everybody else who wishes meanwhile is told by the other to ask again in a moment, and finds it ready then. What is kept
is named by everything that stands in it, so it can never be older than what somebody who asks now may read.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotYet

PATIENCE = 20.0
KEPT = 3
MOST_WAITING = 8  # different documents in the queue; who wishes for one more asks again


class PrintQueue:
    """`wish` from any thread."""

    def __init__(self, *, patience: float = PATIENCE, kept: int = KEPT, most: int = MOST_WAITING) -> None:
        self._patience, self._kept, self._most = patience, kept, most
        self._press = ThreadPoolExecutor(max_workers=1, thread_name_prefix="press")
        self._lock = threading.Lock()
        self._chair = threading.Semaphore(1)
        self._wishes: OrderedDict[str, Future[bytes]] = OrderedDict()

    def wish(self, name: str, make: Callable[[], bytes]) -> bytes | None:
        """What `make` gives, made once for all who wish for `name`; None: ask again in a moment. Raises what `make` raised."""
        future = self._future(name, make)
        if future is None:
            return None
        if future.done():
            return self._taken(name, future)
        if not self._chair.acquire(blocking=False):
            return None
        try:
            future.exception(self._patience)
        except NotYet:
            return None
        finally:
            self._chair.release()
        return self._taken(name, future)

    def forget(self) -> None:
        """Keep nothing of what is ready: something in it was erased."""
        with self._lock:
            for name in [name for name, one in self._wishes.items() if one.done()]:
                del self._wishes[name]

    def _future(self, name: str, make: Callable[[], bytes]) -> Future[bytes] | None:
        with self._lock:
            if name in self._wishes:
                self._wishes.move_to_end(name)
                return self._wishes[name]
            if sum(not one.done() for one in self._wishes.values()) >= self._most:
                return None
            future = self._wishes[name] = self._press.submit(make)
            ready = [key for key, one in self._wishes.items() if one.done()]
            for key in ready[: max(0, len(ready) - self._kept + 1)]:
                del self._wishes[key]
            return future

    def _taken(self, name: str, future: Future[bytes]) -> bytes:
        """A failure is told once and then forgotten, so that the next wish is a new try."""
        if future.exception() is not None:
            with self._lock:
                if self._wishes.get(name) is future:
                    del self._wishes[name]
        return future.result()


PRESS = PrintQueue()
