"""The stage thread: folds committed rows, renders what someone listens to, and hands finished bytes to the loop."""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from django.db import connections

if TYPE_CHECKING:
    from mellanrum.rooms.live.stage_room import StageRoom

log = logging.getLogger(__name__)


class StageThread(threading.Thread):
    """Jobs run in the order they were posted; between them every room whose interval is over is rendered."""

    def __init__(self) -> None:
        super().__init__(name="stage", daemon=True)
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self.rooms: dict[str, StageRoom] = {}
        self._restless: set[str] = set()

    def post(self, job: Callable[[], None]) -> None:
        """Run `job` on this thread, after everything posted before. An exception in it is logged, not spread."""
        self._jobs.put(job)

    def stir(self, room_id: str) -> None:
        """A room has something to render."""
        self._restless.add(room_id)

    def forget(self, room_id: str) -> None:
        """On this thread: nobody has come to that room for long."""
        self._restless.discard(room_id)
        self.rooms.pop(room_id, None)

    def stop(self) -> None:
        """End after the jobs that are posted already, and those they post."""
        self._jobs.put(None)

    def run(self) -> None:
        while True:
            job = self._next_job()
            if job is None:
                break
            self._run(job)
            self._render()
        while not self._jobs.empty():  # what the last jobs have posted
            self._run(self._jobs.get() or _nothing)
        connections.close_all()

    def _next_job(self) -> Callable[[], None] | None:
        try:
            return self._jobs.get(timeout=self._until_due())
        except queue.Empty:
            return _nothing

    def _run(self, job: Callable[[], None]) -> None:
        try:
            job()
        except Exception:  # a broken job must not take the other rooms' thread with it
            log.exception("a job of the stage thread failed")

    def _until_due(self) -> float | None:
        now = time.monotonic()
        waits = [self.rooms[room_id].due_in(now) for room_id in self._restless]
        return min(waits, default=None)

    def _render(self) -> None:
        now = time.monotonic()
        for room_id in tuple(self._restless):
            room = self.rooms[room_id]
            if room.due_in(now) <= 0:
                self._run(room.publish)
            if not room.is_dirty():
                self._restless.discard(room_id)


def _nothing() -> None:
    """What runs when only time has passed."""
