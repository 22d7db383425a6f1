"""Runs the whole suite: what can run side by side first, then journeys, then faults one at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

SIDE_BY_SIDE = ("-n", "2", "--dist", "loadfile")
JOURNEYS = "journey and not fault"
FAULTS = "fault"
NOTHING_COLLECTED = 5
FAILED = 1
MOST_UNSTEADY = 2


def main(arguments: list[str]) -> int:
    """Pytest's exit code. With arguments of one's own there is one pytest, in one process."""
    long = [argument for argument in arguments if argument == "--long"]
    chosen = [argument for argument in arguments if argument != "--long"]
    if chosen:
        return pytest(*long, *chosen)
    parts = (
        (pytest, (*SIDE_BY_SIDE, "-m", f"not ({JOURNEYS}) and not {FAULTS}")),
        (journeys, (*SIDE_BY_SIDE, "-m", JOURNEYS)),
        (pytest, ("-m", FAULTS)),
    )
    for run, options in parts:
        code = run(*long, *options)
        if code not in {0, NOTHING_COLLECTED}:
            return code  # its closing lines stay the last ones; `./dev test -m fault` runs the rest
    return 0


def journeys(*options: str) -> int:
    """A browser and a server on a machine that is short of time: one or two may try again, alone, and are named for all to see."""
    with tempfile.TemporaryDirectory() as cache:
        code = pytest(*options, "-o", f"cache_dir={cache}")
        failed = failed_of(Path(cache))
    if code != FAILED or not 0 < len(failed) <= MOST_UNSTEADY:
        return code
    again = pytest(*failed)
    if again == 0:
        print("· UNSTEADY, to be mended: " + ", ".join(failed), file=sys.stderr, flush=True)
    return again


def failed_of(cache: Path) -> list[str]:
    """What failed in the pytest that kept its memory there."""
    kept = cache / "v" / "cache" / "lastfailed"
    return list(json.loads(kept.read_text())) if kept.exists() else []


def pytest(*options: str) -> int:
    command = [sys.executable, "-m", "pytest", "-q", "--durations=10", *options]
    print(f"· pytest {' '.join(options)}", file=sys.stderr, flush=True)
    process = subprocess.Popen(command, env=os.environ)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:  # pytest heard it too and is cleaning up
            continue


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
