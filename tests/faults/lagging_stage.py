"""Runs the command line that follows with a stage thread that folds late, as on a crowded machine."""

from __future__ import annotations

import sys
import time
from typing import Any

from mellanrum.cli import main
from mellanrum.rooms.live.stage_thread import StageThread

LAG = 0.5
_run = StageThread._run


def _run_late(thread: StageThread, job: Any) -> None:
    if getattr(getattr(job, "func", None), "__name__", "") == "_fold":
        time.sleep(LAG)
    _run(thread, job)


if __name__ == "__main__":
    StageThread._run = _run_late  # type: ignore[method-assign, assignment]
    sys.argv = sys.argv[sys.argv.index("mellanrum") :]
    sys.exit(main())
