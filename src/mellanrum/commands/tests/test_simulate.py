"""Made-up people in a real room: they answer, bear an outage, go home when it closes, and are the same for the same seed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mellanrum.commands.simulate.crowd import summary
from mellanrum.commands.simulate.person import Tally
from tests.conformance.client import Holder
from tests.running import Running, command, demo, environment, free_port, poll, start_serve

WITHIN = 60


def crew_of(running: Running) -> Holder:
    room = running.cockpit.removeprefix(f"{running.base}/rooms/").removesuffix("/cockpit")
    return Holder(running.base, room, running.ticket)


def crowd(running: Running, *arguments: object) -> subprocess.Popen[str]:
    line = command("simulate", running.code, "--base", running.base, *map(str, arguments))
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment())


def outcome(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, problems = process.communicate(timeout=WITHIN)
    assert "Traceback" not in problems, problems
    return process.returncode, out


def answered(crew: Holder) -> int:
    return int(crew.state()["cells"]["exercise-scale-2"]["answered"])


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with demo(tmp_path / "data") as product:
        yield product


@pytest.mark.slow  # people take their time, and the server is killed and started again under them
def test_they_answer_bear_an_outage_and_go_home(running: Running) -> None:
    crew = crew_of(running)
    process = crowd(running, "--participants", 4, "--seconds", 0)
    try:
        poll(lambda: answered(crew) > 0, within=WITHIN, what="somebody answers")
        running.kill()
        again = start_serve(running.data, port=running.port)
        running.process = again.process
        poll(lambda: answered(crew) == 4, within=WITHIN, what="all have answered")
        assert crew.act("close")["status"] == "stored"
        code, said = outcome(process)
    finally:
        process.kill()
    assert code == 0, said
    assert said.startswith("4 of 4 joined.")
    assert "0 refused" in said


def test_they_are_told_what_was_wrong_and_say_so(running: Running) -> None:
    wrong = f"{(int(running.code) + 1) % 10**8:08d}"
    line = command("simulate", wrong, "--base", running.base, "--participants", 1, "--seconds", 20)
    done = subprocess.run(line, capture_output=True, text=True, timeout=WITHIN, env=environment(), check=False)
    assert done.returncode == 1
    assert done.stdout.startswith("0 of 1 joined.")
    assert "join: code" in done.stdout
    assert "Traceback" not in done.stderr


def test_they_know_nothing_of_the_server() -> None:
    """Only the standard library: the modules they load are theirs and what reports a problem."""
    script = (
        "import sys\nfrom mellanrum.commands.simulate import crowd\n"
        "print(*sorted(n for n in sys.modules if n.startswith('mellanrum.') and 'commands' not in n))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment(), check=True)
    assert done.stdout.split() == ["mellanrum.core", "mellanrum.core.datafolder"]


def test_a_summary_counts() -> None:
    tally = Tally()
    tally.notes.update({"joined": 3, "stored": 40, "refused": 1, "cells": 9})
    tally.problems["refused: closed"] += 1
    assert summary(tally, 4).splitlines() == [
        "3 of 4 joined.",
        "40 contributions stored, 0 already there, 1 refused.",
        "9 cells seen, 0 times lost contact, 0 times back, 0 times asked to wait.",
        "refused: closed: 1",
    ]


def test_nobody_there(tmp_path: Path) -> None:
    line = command("simulate", "12345678", "--participants", 2, "--base", f"http://127.0.0.1:{free_port()}", "--seconds", 1)
    done = subprocess.run(line, capture_output=True, text=True, timeout=WITHIN, env=environment(), check=False)
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("0 of 2 joined.")
