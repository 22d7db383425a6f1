"""What waits for the writer: in order, bounded per room, shut when nothing more is taken."""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from mellanrum.rooms.ledger.rows import Join, Overloaded, Row

PER_ROOM = 5000
IN_ALL = 50_000

Done = Callable[[Any], None]


@dataclass(slots=True)
class Item:
    """What one caller waits for: rows, or a door, or work with the ledger."""

    done: Done
    rows: Sequence[Row] = ()
    join: Join | None = None
    work: Callable[..., Any] | None = None
    since: float = field(default_factory=time.monotonic)
    is_answered: bool = False


class Queue:
    """Many threads put, one takes."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._changed = threading.Condition(self._lock)
        self._items: deque[Item] = deque()
        self._rows: dict[str, int] = {}
        self._stopping = False
        self.refuses: str | None = None

    def put(self, item: Item) -> None:
        """Raises Overloaded when the room has too many rows waiting or the queue is shut."""
        with self._lock:  # the same as `_changed`, without its detour through Python
            if self.refuses is not None and not (self.refuses == "failed" and item.work is not None):
                raise Overloaded(self.refuses)
            if len(self._items) >= IN_ALL or self._is_too_much(item.rows):
                raise Overloaded("overloaded")
            self._count(item, 1)
            self._items.append(item)
            if len(self._items) == 1:
                self._changed.notify()

    def take(self, rows: int, seconds: float) -> list[Item] | None:
        """Everything that waits, up to about that many rows; [] when nothing came within the time, None when shut and empty."""
        with self._changed:
            if not self._items and not self._stopping:
                self._changed.wait(seconds)
            if not self._items:
                return None if self._stopping else []
            taken: list[Item] = []
            while self._items and rows > 0:
                item = self._items.popleft()
                taken.append(item)
                rows -= len(item.rows) or 1
            return taken

    def put_back(self, items: Sequence[Item]) -> None:
        """To the front, in the same order: they still wait."""
        with self._changed:
            self._items.extendleft(reversed(items))

    def release(self, items: Iterable[Item]) -> None:
        """These wait no more."""
        with self._changed:
            for item in items:
                item.is_answered = True
                self._count(item, -1)

    def fail(self) -> list[Item]:
        """Take nothing more that writes; gives what waited."""
        with self._changed:
            self.refuses = "failed"
            left = list(self._items)
            self._items.clear()
            return left

    def stop(self) -> None:
        """Take nothing more; what waits is still taken out."""
        with self._changed:
            self._stopping = True
            self.refuses = self.refuses or "stopping"
            self._changed.notify()

    def _is_too_much(self, rows: Sequence[Row]) -> bool:
        if len(rows) == 1:  # nearly always
            return self._rows.get(rows[0].room, 0) >= PER_ROOM
        return any(self._rows.get(room, 0) + len(rows) > PER_ROOM for room in {row.room for row in rows})

    def _count(self, item: Item, sign: int) -> None:
        for row in item.rows:
            count = self._rows.get(row.room, 0) + sign
            if count:
                self._rows[row.room] = count
            else:
                del self._rows[row.room]
