"""Thousands of clients as one small C program each: phones that come in, and a hall that listens."""

from __future__ import annotations

import json
import os
import resource
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bench.frame import CannotMeasure
from bench.load import CLIENT_CORE, place_of
from bench.programs import compiled

CLIENTS = Path(__file__).parent / "clients"
LINES = 2  # connections of each phone


class Step(NamedTuple):
    """One request of a phone; `kind` is get, join or stream. Steps of one phase go side by side."""

    phase: int
    kind: str
    sent: bytes


class Arrival(NamedTuple):
    """How the phones came in; `took` is from the first to begin until the last was in, the rest is each phone's own time, in seconds."""

    came_in: int
    lost: int
    took: float
    p50: float
    p95: float
    received: int
    client_cpu: float


def raise_file_limit(needed: int) -> None:
    """For us and all we start. Raises CannotMeasure when this machine allows fewer."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard not in (resource.RLIM_INFINITY, -1) and hard < needed:
        raise CannotMeasure(f"{needed} open files are needed and {hard} allowed: ulimit -Hn {needed}")
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


@contextmanager
def phones(base: str, steps: Sequence[Step], count: int, seconds: float) -> Iterator[Arrival]:
    """That many phones begin evenly over the seconds; inside the block all are in and their streams are open."""
    with _client("phones", base, str(count), str(seconds)) as process:
        _write(process, *((f"{step.phase}-{step.kind}", step.sent) for step in steps), ("0-end", b""))
        told = json.loads(_line(process))
        yield Arrival(told.pop("in"), **told)


class Listening:
    """A hall in which everybody listens."""

    def __init__(self, process: subprocess.Popen[bytes], count: int) -> None:
        self._process, self._count = process, count

    def publish(self, sent: bytes, text: bytes) -> tuple[float, float]:
        """Seconds from sending the request to the last listener who has the text, and from the first listener to the last."""
        _write(self._process, ("text", text), ("publish", sent))
        whole, among, heard = _line(self._process).split()
        if int(heard) != self._count:
            raise CannotMeasure(f"only {heard.decode()} of {self._count} heard {text.decode()!r}")
        return float(whole), float(among)


@contextmanager
def hall(base: str, dialogue: Sequence[tuple[str, bytes]], names: Sequence[str], count: int) -> Iterator[Listening]:
    """Everybody has said and heard the dialogue: (send or wait, bytes) with @N@ for the listener's own line of `names`."""
    with _client("hall", base, str(count)) as process:
        _write(process, ("names", "\n".join(names).encode()), *dialogue, ("0-end", b""))
        assert _line(process) == b"ready\n"
        yield Listening(process, count)


@contextmanager
def _client(name: str, base: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    program = compiled(CLIENTS / f"{name}.c")
    available = os.sched_getaffinity(0)
    cores = ",".join(map(str, available & CLIENT_CORE or available))
    line = ["taskset", "-c", cores, str(program), str(place_of(base)[1]), *arguments]
    process = subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process
    finally:
        if process.stdin:
            process.stdin.close()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _write(process: subprocess.Popen[bytes], *named: tuple[str, bytes]) -> None:
    assert process.stdin is not None
    for name, content in named:
        process.stdin.write(b"%s %d\n%s\n" % (name.encode(), len(content), content))
    process.stdin.flush()


def _line(process: subprocess.Popen[bytes]) -> bytes:
    """The next line it prints; it has a patience of its own, so this ends. Raises CannotMeasure when it gave up."""
    assert process.stdout is not None
    line = process.stdout.readline()
    if not line:
        raise CannotMeasure(f"the clients gave up (exit code {process.wait(10)}): what they said stands above")
    return line
