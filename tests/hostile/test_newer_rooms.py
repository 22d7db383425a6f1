"""A room of a newer release, for those who are in it already: nobody loses anything, and everybody is told what to do."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.client import API, Answer, Holder, call
from tests.running import Running, environment, free_port, start_serve

pytestmark = pytest.mark.fault
CSRF = "c" * 32


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A folder with two rooms; the exercises of one are from the future."""
    data = tmp_path_factory.mktemp("newer") / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    done = subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True)
    facts: dict[str, Any] = json.loads(done.stdout)
    with closing(sqlite3.connect(data / "mellanrum.sqlite3")) as database, database:
        _edit(database, facts["room"], _from_the_future)
    return facts | {"data": data}


@pytest.fixture(scope="module")
def running(told: dict[str, Any]) -> Iterator[Running]:
    started = start_serve(Path(told["data"]), port=free_port())
    yield started
    started.stop()


def _edit(database: sqlite3.Connection, room: str, change: Callable[[dict[str, Any]], None]) -> None:
    [plan] = database.execute("SELECT plan FROM rooms_room WHERE id = ?", (room,)).fetchone()
    changed = json.loads(plan)
    change(changed)
    database.execute("UPDATE rooms_room SET plan = ? WHERE id = ?", (json.dumps(changed), room))


def _from_the_future(plan: dict[str, Any]) -> None:
    for block in plan["blocks"]:
        if block["exercise"]:
            block["exercise"]["definition"] |= {"version": 99, "telepathy": True}


def page(running: Running, told: dict[str, Any], path: str, method: str = "GET") -> Answer:
    own = {"Cookie": f"csrftoken={CSRF}; sessionid={told['sessions']['owner']}", "X-CSRFToken": CSRF, "Accept-Language": "sv"}
    return call(running.base, method, path, headers=own)


@pytest.mark.parametrize("verb", ["state", "events"])
def test_a_client_is_told_and_comes_back(running: Running, told: dict[str, Any], verb: str) -> None:
    answer = Holder(running.base, told["room"], told["crew"]).get(verb)
    assert answer.status == 503
    assert answer.header("Retry-After")
    assert "Körschemat behöver ses över" in answer.json["detail"]


def test_who_wants_to_come_in_is_told(running: Running, told: dict[str, Any]) -> None:
    body = json.dumps({"code": told["code"]}).encode()
    answer = call(running.base, "POST", f"{API}/join", body=body, headers={"Content-Type": "application/json", "Accept-Language": "en"})
    assert answer.status == 503
    assert "run sheet" in answer.json["detail"]


@pytest.mark.parametrize("path", ["/rooms/{room}/paper", "/rooms/{room}/cockpit", "/api/v1/gatherings/{gathering}/documentation.html"])
def test_pages_say_what_to_do(running: Running, told: dict[str, Any], path: str) -> None:
    answer = page(running, told, path.format(**told))
    assert answer.status == 409
    assert "Uppdatera Mellanrum" in answer.body.decode()


def test_the_operator_reads_one_line_that_says_which(running: Running, told: dict[str, Any]) -> None:
    Holder(running.base, told["room"], told["crew"]).get("state")
    assert "scale-2: version 99 of scale is not known here; this release knows 1 to 1." in running.output
    assert "Traceback" not in running.output
