"""While `serve` runs: a verified backup a day, by a process of its own at the lowest priority, when the rooms are quiet."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mellanrum.config import backups_folder, read_daily_backups
from mellanrum.core.backup import newest_daily
from mellanrum.core.clock import now
from mellanrum.rooms.live.running import running

logger = logging.getLogger(__name__)

PAUSE = timedelta(days=1)
LOOK = 300.0  # seconds between two looks at whether it is time
PATIENCE = timedelta(hours=6)  # a hall that never rests is backed up all the same
AFTER_FAILURE = timedelta(hours=1)
LONGEST = 3 * 3600.0  # seconds one may take


def is_due(last: datetime, moment: datetime, *, is_quiet: bool) -> bool:
    """Whether it is time: a day after the last one, and later than that while people are in a room."""
    age = moment - last
    return age >= PAUSE + (timedelta() if is_quiet else PATIENCE) or age < timedelta()  # a clock that was put back


def back_up_apart(folder: Path, keep: int) -> bool:
    """Run `mellanrum backup` beside this process, so that neither its work nor a fault of its own reaches a room."""
    line = [sys.executable, "-m", "mellanrum", "backup", "--daily", str(keep), "--data", str(folder), "--to", str(backups_folder(folder))]
    try:
        done = subprocess.run(line, capture_output=True, text=True, timeout=LONGEST, check=False)
    except (OSError, subprocess.SubprocessError):
        logger.exception("The daily backup could not be made.")
        return False
    if done.returncode:
        logger.error("The daily backup could not be made: %s", done.stderr.strip()[-500:])
    return done.returncode == 0


class DailyBackups(threading.Thread):
    """Looks every five minutes; `rest(seconds)` is true when it is time to end."""

    def __init__(
        self,
        folder: Path,
        keep: int,
        *,
        is_quiet: Callable[[], bool],
        back_up: Callable[[Path, int], bool] = back_up_apart,
        clock: Callable[[], datetime] = now,
        rest: Callable[[float], bool] | None = None,
    ) -> None:
        super().__init__(name="daily-backup", daemon=True)
        self._folder, self._keep = folder, keep
        self._is_quiet, self._back_up, self._clock = is_quiet, back_up, clock
        self._ended = threading.Event()
        self._rest = rest or self._ended.wait
        self._began = clock()
        self._not_before: datetime | None = None

    def run(self) -> None:
        while not self._rest(LOOK):
            self._look()

    def _look(self) -> None:
        moment = self._clock()
        if self._not_before is not None and moment < self._not_before:
            return
        self._not_before = moment + AFTER_FAILURE
        try:
            newest = newest_daily(backups_folder(self._folder))
            last = datetime.fromtimestamp(newest.stat().st_mtime, UTC) if newest else self._began - PAUSE
            due = is_due(last, moment, is_quiet=self._is_quiet())
            if not due or self._back_up(self._folder, self._keep):
                self._not_before = None
        except Exception:  # it is tried again after a while; `mellanrum check` sees that there is none
            logger.exception("The daily backup could not be made.")

    def stop(self) -> None:
        self._ended.set()


@contextmanager
def daily_backups(folder: Path) -> Iterator[None]:
    """Back up every day meanwhile, unless the operator wants none."""
    keep = read_daily_backups()
    thread = DailyBackups(folder, keep, is_quiet=is_quiet) if keep else None
    if thread:
        thread.start()
    try:
        yield
    finally:
        if thread:
            thread.stop()


def is_quiet() -> bool:
    """Whether nobody listens in any room."""
    engine = running()
    return engine is None or not any(list(engine.listening.values()))
