"""Backups one after the other while others write: `python -m bench.backups DATA TARGET COUNT GROUP`, a process of its own.

It is the command itself that runs, again and again. After each group it rests as long as the group took, so that both can be
compared. Prints {"path", "bytes", "began", "ended"} for each, in seconds of the machine's monotonic clock; begins when a line comes in.
"""

from __future__ import annotations

import io
import json
import sys
import time
from argparse import Namespace
from contextlib import redirect_stdout

from mellanrum.commands import backup


def main(data: str, target: str, count: int, group: int) -> None:
    sys.stdin.readline()
    since = time.monotonic()
    for number in range(1, count + 1):
        began = time.monotonic()
        told = io.StringIO()
        with redirect_stdout(told):
            assert backup.run(Namespace(to=target, json=True, data=data, daily=0)) == 0
        print(json.dumps({**json.loads(told.getvalue()), "began": began, "ended": time.monotonic()}), flush=True)
        if number % group == 0:
            time.sleep(time.monotonic() - since)
            since = time.monotonic()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
