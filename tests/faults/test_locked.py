"""Somebody else holds the database: nobody gets an error of ours, nothing is lost, and the room goes on when it is let go."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tests.conformance.client import API, Holder, example_item, join, open_exercises, post_json
from tests.conformance.conftest import find_rating
from tests.faults.ledgers import FILE
from tests.hostile.conftest import crew_of
from tests.running import Running, is_healthy, poll, start_demo

pytestmark = [pytest.mark.fault, pytest.mark.slow]  # answers wait five seconds for the lock before they are turned away


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    started = start_demo(tmp_path / "data")
    find_rating(crew_of(started))
    yield started
    started.stop()


def test_answers_wait_for_a_lock_and_are_then_asked_to_come_back(running: Running) -> None:
    person = join(running.base, running.code)
    exercise = next(open_exercises(person.state()))
    items = [example_item(exercise) for _ in range(6)]
    with closing(sqlite3.connect(running.data / FILE, isolation_level=None)) as outside, ThreadPoolExecutor(8) as pool:
        outside.execute("BEGIN IMMEDIATE")
        start = time.monotonic()
        waiting = [pool.submit(person.post, item) for item in items]
        door = pool.submit(post_json, running.base, f"{API}/join", {"code": running.code})
        assert is_healthy(running.base)
        assert person.get("state").status == 200
        answers = [one.result(15) for one in (*waiting, door)]
        assert time.monotonic() - start < 12
        outside.execute("ROLLBACK")
    for answer in answers:
        assert answer.status == 503
        assert float(answer.header("Retry-After")) > 0
        assert answer.json["type"] == "/problems/busy"
    poll(lambda: person.post(items[0]).status == 200, within=15, every=0.5, what="answers again")
    assert [result["status"] for result in person.send(*items)] == ["duplicate"] + ["stored"] * 5


def test_a_short_lock_is_only_a_short_wait(running: Running) -> None:
    person = join(running.base, running.code)
    item = example_item(next(open_exercises(person.state())))
    with closing(sqlite3.connect(running.data / FILE, isolation_level=None)) as outside, ThreadPoolExecutor(1) as pool:
        outside.execute("BEGIN IMMEDIATE")
        waiting = pool.submit(person.send, item)
        assert _is_refused_nothing(person)
        outside.execute("ROLLBACK")
        assert waiting.result(10)[0]["status"] == "stored"


def _is_refused_nothing(person: Holder) -> bool:
    return person.get("state").status == 200
