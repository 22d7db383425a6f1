"""Folding a room again from its ledger: however many ask at once, it is read once, and never back to back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from functools import partial

# After a reading the room rests this many times as long as it took: who asks again and again slows only themselves.
REST = 2.0


class Refolding:
    """On the loop; `ask` runs a job on the stage thread, `load` is that job."""

    def __init__(self, ask: Callable[[Callable[[], None]], Awaitable[None]], load: Callable[[str], None]) -> None:
        self._ask = ask
        self._load = load
        self._coming: dict[str, asyncio.Task[None]] = {}
        self._rests_until: dict[str, float] = {}

    async def again(self, room_id: str) -> None:
        """When this returns, the room has been folded from a ledger read after the call."""
        task = self._coming.get(room_id)
        if task is None:
            task = self._coming[room_id] = asyncio.create_task(self._fold(room_id))
        await asyncio.shield(task)  # who gives up waiting takes it from nobody else

    async def _fold(self, room_id: str) -> None:
        await asyncio.sleep(max(0.0, self._rests_until.get(room_id, 0.0) - time.monotonic()))
        await self._ask(partial(self._read, room_id))

    def _read(self, room_id: str) -> None:
        """On the stage thread. First of all: who asks from now on may have changed what is read here, and gets a reading of their own."""
        self._coming.pop(room_id, None)
        began = time.monotonic()
        try:
            self._load(room_id)
        finally:
            self._rests_until[room_id] = time.monotonic() + REST * (time.monotonic() - began)
