"""Starts the product in a child process, as an operator would, and stops it by its process id."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

START_WITHIN = 40.0
STOP_WITHIN = 20.0


@dataclass
class Running:
    """A product that answers: where it is, how to come in, and its process."""

    base: str
    data: Path
    process: subprocess.Popen[str]
    log: Path
    code: str = ""
    phone: str = ""
    projector: str = ""
    cockpit: str = ""
    ticket: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def pid(self) -> int:
        return self.process.pid

    @property
    def port(self) -> int:
        return urlsplit(self.base).port or 80

    @property
    def output(self) -> str:
        """What it has written for the operator so far."""
        return self.log.read_text(errors="replace")

    def kill(self) -> None:
        """SIGKILL: no farewell, as when the power goes or the kernel takes it."""
        self.process.kill()
        self.process.wait(STOP_WITHIN)

    def stop(self) -> int:
        """SIGTERM and wait; what does not leave in time is killed. Returns the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        try:
            return self.process.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self.kill()
            return -signal.SIGKILL


def command(*arguments: str | int | Path) -> list[str]:
    return [sys.executable, "-m", "mellanrum", *map(str, arguments)]


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment without the settings of whoever runs the tests."""
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MELLANRUM_", "DJANGO_"))}
    return {**own, "PYTHONUNBUFFERED": "1", **(extra or {})}


def start_demo(
    data: Path,
    *,
    participants: int = 0,
    port: int = 0,
    cores: set[int] | None = None,
    extra: Mapping[str, str] | None = None,
    prefix: Sequence[str] = (),
    arguments: Sequence[str] = (),
) -> Running:
    """`mellanrum demo --json`; returns when its one line has come and it answers."""
    line = [*prefix, *command("demo", "--json", "--port", port, "--data", data, "--participants", participants, *arguments)]
    process, log = launch(line, data, cores=cores, extra=extra)
    facts = json.loads(_first_line(process, log))
    names = {name: str(facts[name]) for name in ("code", "phone", "projector", "cockpit", "ticket")}
    running = Running(base=str(facts["base"]).rstrip("/"), data=data, process=process, log=log, facts=facts, **names)
    wait_until_healthy(running)
    return running


def start_serve(data: Path, *, port: int, cores: set[int] | None = None, extra: Mapping[str, str] | None = None) -> Running:
    """`mellanrum serve` on an empty or used data folder; returns when it answers."""
    process, log = launch(command("serve", "--port", port, "--data", data), data, cores=cores, extra=extra)
    running = Running(base=f"http://127.0.0.1:{port}", data=data, process=process, log=log)
    wait_until_healthy(running)
    return running


def launch(
    line: Sequence[str], data: Path, *, cores: set[int] | None = None, extra: Mapping[str, str] | None = None
) -> tuple[subprocess.Popen[str], Path]:
    """Start a command with its words for the operator in a file beside the data folder."""
    log = data.parent / f"{data.name}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    pin = (lambda: os.sched_setaffinity(0, cores)) if cores else None
    with log.open("a") as words:
        process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=words, text=True, env=environment(extra), preexec_fn=pin)
    return process, log


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def poll(check: Callable[[], Any], *, within: float = 30.0, every: float = 0.02, what: str = "condition") -> Any:
    """The first true answer of `check`, asked again until the deadline. Raises AssertionError after it."""
    deadline = time.monotonic() + within
    while not (answer := check()):
        if time.monotonic() > deadline:
            raise AssertionError(f"{what}: not within {within} s")
        time.sleep(every)
    return answer


def is_healthy(base: str) -> bool:
    address = urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=2)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_healthy(running: Running) -> None:
    def check() -> bool:
        if running.process.poll() is not None:
            _failed(running.process, running.log)
        return is_healthy(running.base)

    poll(check, within=START_WITHIN, what=f"{running.base} answers")


@contextmanager
def demo(data: Path, *, participants: int = 0, cores: set[int] | None = None, prefix: Sequence[str] = ()) -> Iterator[Running]:
    running = start_demo(data, participants=participants, cores=cores, prefix=prefix)
    try:
        yield running
    finally:
        running.stop()


def _first_line(process: subprocess.Popen[str], log: Path) -> str:
    assert process.stdout is not None
    watchdog = threading.Timer(START_WITHIN, process.kill)
    watchdog.start()
    try:
        for line in process.stdout:
            if line.startswith("{"):
                return line
    finally:
        watchdog.cancel()
    raise _failed(process, log)


def _failed(process: subprocess.Popen[str], log: Path) -> AssertionError:
    process.kill()
    code = process.wait()
    return AssertionError(f"the product did not start (exit code {code}):\n{log.read_text(errors='replace')[-4000:]}")
