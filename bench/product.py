"""The product and its references as the rows need them: started, standing where people rate, stopped again."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.frame import CannotMeasure
from bench.load import server_cores
from tests.conformance.client import API, Holder, post_json
from tests.conformance.conftest import find_rating
from tests.running import Running, free_port, poll, start_demo


@dataclass(frozen=True)
class Stage:
    """A running product whose phones rate now; `example` is a valid rating."""

    running: Running
    crew: Holder
    exercise: str
    example: dict[str, Any]

    def data(self, number: int) -> dict[str, Any]:
        return {**self.example, "value": number % 5 + 1}


@contextmanager
def product(*, pinned: bool = True) -> Iterator[Stage]:
    with tempfile.TemporaryDirectory(prefix="mellanrum-bench-") as folder:
        running = start_demo(Path(folder) / "data", cores=server_cores() if pinned else None)
        try:
            yield stand_where_phones_rate(running)
        finally:
            running.stop()


def stand_where_phones_rate(running: Running) -> Stage:
    room = post_json(running.base, f"{API}/join", {"code": running.code}).json["room_id"]
    crew = Holder(running.base, room, running.ticket)
    _, exercise = find_rating(crew)
    person = Holder(running.base, room, post_json(running.base, f"{API}/join", {"code": running.code}).json["ticket"])
    example = next(one for one in person.state()["exercises"] if one["id"] == exercise)["example"]
    return Stage(running, crew, exercise, example["data"])


@contextmanager
def reference(module: str, *arguments: str, python: str = sys.executable) -> Iterator[tuple[str, int]]:
    """(base, pid) of a program in `bench.reference` on the server's core; its last argument is the port."""
    port = free_port()
    with started(python, "-m", f"bench.reference.{module}", *arguments, str(port), port=port) as (base, process):
        yield base, process.pid


@contextmanager
def started(*line: str, port: int) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """(base, process) of a program on the server's core, from when it listens on the port; stopped at the end."""
    cores = ",".join(map(str, server_cores()))
    process = subprocess.Popen(["taskset", "-c", cores, *line])
    try:
        poll(lambda: process.poll() is not None or _listens(port), within=30, what=f"{line[0]} listens")
        if process.poll() is not None:
            raise CannotMeasure(f"{line[0]} did not start (exit code {process.returncode})")
        yield f"http://127.0.0.1:{port}", process
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:  # it waits for its listeners
            process.kill()
            process.wait()


def _listens(port: int) -> bool:
    import socket

    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
