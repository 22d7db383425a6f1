"""Backups one after the other while others write: `python -m bench.backups DATA TARGET COUNT GROUP`, a process of its own.

After each group it rests as long as the group took, so that both can be compared. Prints {"path", "began", "ended"} for each, in
seconds of the machine's monotonic clock; begins when a line comes in.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from mellanrum.core.backup import back_up


def main(data: Path, target: Path, count: int, group: int) -> None:
    sys.stdin.readline()
    since = time.monotonic()
    for number in range(1, count + 1):
        began = time.monotonic()
        path = back_up(data, target)
        print(json.dumps({"path": str(path), "began": began, "ended": time.monotonic()}), flush=True)
        if number % group == 0:
            time.sleep(time.monotonic() - since)
            since = time.monotonic()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
