"""The door: codes and keys of open rooms, and a brake on guessing that never locks a venue out."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

WRONG_PER_CLIENT = 10  # a minute
WRONG_IN_ALL = 600  # a minute; 100 open rooms and this rate give one hit in about 28 hours
WAITING = {"live": 20, "page": 1}  # places in line; a page that waits holds one of very few threads
DELAY = 1.5  # seconds
REMEMBERED = 10_000


class Bucket:
    """Tokens that refill evenly; `take` tells whether there was one."""

    __slots__ = ("_clock", "_rate", "_since", "_size", "_tokens")

    def __init__(self, size: float, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = self._tokens = size
        self._rate = per_second
        self._clock = clock
        self._since = clock()

    def _refill(self) -> None:
        now = self._clock()
        self._tokens = min(self._size, self._tokens + (now - self._since) * self._rate)
        self._since = now

    def take(self, cost: float = 1.0) -> bool:
        """Take `cost` tokens; False (and none taken) when there are too few."""
        self._refill()
        if self._tokens < cost:
            return False
        self._tokens -= cost
        return True

    def is_empty(self) -> bool:
        """True when the next take would fail."""
        self._refill()
        return self._tokens < 1

    def wait(self) -> float:
        """Seconds until the next token."""
        self._refill()
        return max(0.0, (1 - self._tokens) / self._rate)

    def retry(self) -> int:
        """Whole seconds after which a try will do."""
        return int(self.wait()) + 1


class GuessBrake:
    """Counts wrong codes per anonymous client and in all; right ones cost nothing."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._all = Bucket(WRONG_IN_ALL, WRONG_IN_ALL / 60, clock)
        self._clients: OrderedDict[str, Bucket] = OrderedDict()
        self.waiting = dict.fromkeys(WAITING, 0)

    def _client(self, client: str) -> Bucket:
        bucket = self._clients.get(client)
        if bucket is None:
            bucket = self._clients[client] = Bucket(WRONG_PER_CLIENT, WRONG_PER_CLIENT / 60, self._clock)
            if len(self._clients) > REMEMBERED:
                self._clients.popitem(last=False)
        return bucket

    def must_rest(self, client: str) -> float:
        """Seconds this client has to wait before it may try again; 0 when it may."""
        bucket = self._clients.get(client) if client else None
        return bucket.wait() if bucket and bucket.is_empty() else 0.0

    def is_under_attack(self) -> bool:
        """True when wrong codes arrive faster than anyone types: then every try takes its time."""
        return self._all.is_empty()

    def wrong(self, client: str) -> None:
        """Count one wrong code."""
        self._all.take()
        if client:
            self._client(client).take()


class Doors:
    """Which room a code or a key opens, held in memory: an unknown code costs no database read."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._keys: dict[str, str] = {}

    def add(self, room_id: str, code: str | None, key: str) -> None:
        """Let this room be entered; an earlier room of the same code is no longer found by it."""
        if code:
            self._codes[code] = room_id
        self._keys[key] = room_id

    def shut(self, room_id: str) -> None:
        """Let nobody in any more."""
        for doors in (self._codes, self._keys):
            for name in [name for name, leads_to in doors.items() if leads_to == room_id]:
                del doors[name]

    def by_code(self, code: str) -> str | None:
        return self._codes.get(code)

    def by_key(self, key: str) -> str | None:
        return self._keys.get(key)
