"""Backups one after the other while others write: `python -m bench.backups DATA TARGET COUNT SECONDS`, a process of its own.

It is the command itself that runs, again and again, until so many are made and so much time has passed. Backups and rests take
turns, so that both can be compared. Prints {"path", "bytes", "began", "ended"} for each, in seconds of the machine's monotonic
clock; begins when a line comes in.
"""

from __future__ import annotations

import io
import json
import sys
import time
from argparse import Namespace
from contextlib import redirect_stdout

from mellanrum.commands import backup

TURN = 1.0  # seconds of backups, then as much without


def main(data: str, target: str, count: int, seconds: float) -> None:
    sys.stdin.readline()
    begun = since = time.monotonic()
    made = 0
    while made < count or time.monotonic() - begun < seconds:
        began = time.monotonic()
        told = io.StringIO()
        with redirect_stdout(told):
            assert backup.run(Namespace(to=target, json=True, data=data, daily=0)) == 0
        print(json.dumps({**json.loads(told.getvalue()), "began": began, "ended": time.monotonic()}), flush=True)
        made += 1
        if time.monotonic() - since >= TURN:
            time.sleep(TURN)
            since = time.monotonic()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
