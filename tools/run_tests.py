"""Runs the whole suite: what can run side by side first, then journeys and faults one at a time."""

from __future__ import annotations

import os
import subprocess
import sys

ALONE = "journey or fault"
NOTHING_COLLECTED = 5


def main(arguments: list[str]) -> int:
    """Pytest's exit code. With arguments of one's own there is one pytest, in one process."""
    long = [argument for argument in arguments if argument == "--long"]
    chosen = [argument for argument in arguments if argument != "--long"]
    if chosen:
        return pytest(*long, *chosen)
    first = pytest(*long, "-n", "2", "--dist", "loadfile", "-m", f"not ({ALONE})")
    if first not in {0, NOTHING_COLLECTED}:
        return first  # its closing lines stay the last ones; `./dev test -m "journey or fault"` runs the rest
    second = pytest(*long, "-m", ALONE)
    return 0 if second == NOTHING_COLLECTED else second


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
