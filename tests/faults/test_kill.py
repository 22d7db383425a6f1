"""The whole product is killed in the middle of a burst, again and again: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import asyncio
import random
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.client import Holder
from tests.conformance.conftest import find_rating
from tests.faults.ledgers import ledger
from tests.faults.outboxes import Person, Verdict, check_promises, empty_all, enter, write_on
from tests.running import Running, free_port, poll, start_demo, start_serve

PEOPLE = 120
ROOT = Path(__file__).resolve().parents[2]
Sample = tuple[str, dict[str, Any]]

pytestmark = pytest.mark.fault


@pytest.mark.slow  # ten starts of the whole product
def test_kills_in_a_burst_lose_and_double_nothing(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    kills = 100 if request.config.getoption("--long") else 10
    running = start_demo(tmp_path / "data")
    people = asyncio.run(enter(running.base, running.code, PEOPLE))
    exercise = find_rating(Holder(running.base, people[0].room, running.ticket))[1]
    samples = rating_samples(Holder(running.base, people[0].room, people[0].ticket), exercise)
    try:
        verdict = asyncio.run(burst(running.base, people, exercise, samples, kills, lambda: kill_and_start(running)))
    finally:
        exit_code = running.stop()
    assert verdict.promised > PEOPLE * kills / 3
    assert sum(person.outages for person in people) > kills
    assert (verdict.lost, verdict.moved) == ([], [])
    assert exit_code == 0
    check_ledger(running.data, people)


def check_ledger(data: Path, people: list[Person]) -> None:
    """Gapless, every id once, everything acknowledged there at its place, and nothing that nobody wrote."""
    rows = ledger(data)
    place = {id_: seq for seq, id_, _ in rows}
    assert [seq for seq, _, _ in rows] == list(range(1, len(rows) + 1))
    assert len(place) == len(rows)
    for person in people:
        assert {id_: place.get(id_) for id_ in person.acknowledged} == person.acknowledged
    written = {id_ for person in people for id_ in person.bodies}
    assert {id_ for _, id_, exercise in rows if exercise != "stage"} <= written


@pytest.mark.slow  # people type at human speed until the fourth kill
def test_the_checker_sees_what_an_early_promise_loses(tmp_path: Path) -> None:
    """The control: the same people and the same questions, against a server that acknowledges before it stores."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    toys = [start_toy(tmp_path, port)]

    def again() -> None:
        toys[-1].kill()
        toys[-1].wait()
        toys.append(start_toy(tmp_path, port))

    try:
        people = asyncio.run(enter(base, "12345678", 60))
        verdict = asyncio.run(burst(base, people, "scale-1", [("rate", {"n": 1})], 3, again))
    finally:
        toys[-1].kill()
        toys[-1].wait()
    assert verdict.promised > 60
    assert verdict.lost


async def burst(base: str, people: list[Person], exercise: str, samples: list[Sample], kills: int, again: Callable[[], None]) -> Verdict:
    """Everybody writes while `again` is called at random moments; then outboxes are emptied and promises checked."""
    until = asyncio.Event()
    writing = [asyncio.create_task(write_on(base, person, exercise, samples, until)) for person in people]
    for _ in range(kills):
        before = sum(len(person.acknowledged) for person in people)
        while sum(len(person.acknowledged) for person in people) < before + len(people) / 2:
            assert not any(task.done() for task in writing), [task.exception() for task in writing if task.done()]
            await asyncio.sleep(0.01)
        await asyncio.sleep(random.uniform(0, 0.2))
        await asyncio.to_thread(again)
    until.set()
    await asyncio.gather(*writing)
    await empty_all(base, people)
    return await check_promises(base, people)


def kill_and_start(running: Running) -> None:
    running.kill()
    after = start_serve(running.data, port=running.port)
    running.process, running.log = after.process, after.log


def rating_samples(person: Holder, exercise: str) -> list[Sample]:
    """Valid answers: the example the protocol gives, with other values."""
    found = next(one for one in person.state()["exercises"] if one["id"] == exercise)
    kind, data = found["example"]["type"], found["example"]["data"]
    return [(kind, {**data, "value": value}) for value in (1, 2, 3, 4, "dk")]


def start_toy(folder: Path, port: int) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-m", "tests.faults.toy", str(folder / "toy.sqlite3"), str(port)], cwd=ROOT)
    poll(lambda: _listens(port), what="the toy listens")
    return process


def _listens(port: int) -> bool:
    try:
        asyncio.run(_touch(port))
    except OSError:
        return False
    return True


async def _touch(port: int) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.close()
