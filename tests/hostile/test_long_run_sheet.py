"""Two hundred blocks: from a template file through a room to the documentation, with nobody waiting long for anything."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator
from typing import Any

import pytest

from mellanrum.accounts.middleware import DEMO_EMAIL
from tests.conformance.client import Answer, Holder, call
from tests.running import Running, command, environment, start_demo

pytestmark = [pytest.mark.fault, pytest.mark.slow]  # two starts of the product
BLOCKS = 200
CSRF = "c" * 32
PATIENCE = 3.0  # seconds for any page, on a machine that may be busy
LARGEST_COCKPIT, LARGEST_STATE = 150_000, 150_000
HEAD = 'format = 1\nname = "long-day"\nversion = 1\nlanguage = "sv"\ntitle = "En lång dag"\n[[gatherings]]\ntitle = "Träff"\n'
BLOCK = """[[gatherings.blocks]]
title = "Moment {number}"
agenda = "Moment {number}"
minutes = {minutes}
say = "Säg något vänligt."
phones = true
exercise = "slide"
definition = {{ version = 1, title = "Berättelse {number}", text = "Det här hände." }}
"""


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A demo whose facilitator has loaded the template; lengths go from none at all to ten hours."""
    folder = tmp_path_factory.mktemp("long")
    start_demo(folder / "data").stop()
    file = folder / "long-day.toml"
    lengths = {1: 0, 2: 600}
    file.write_text(HEAD + "".join(BLOCK.format(number=number, minutes=lengths.get(number, 1)) for number in range(1, BLOCKS + 1)))
    line = command("template", "load", str(file), "--owner", DEMO_EMAIL, "--data", str(folder / "data"))
    subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True)
    started = start_demo(folder / "data")
    yield started
    started.stop()


def page(running: Running, path: str, method: str = "GET") -> Answer:
    begun = time.perf_counter()
    answer = call(running.base, method, path, headers={"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF})
    assert time.perf_counter() - begun < PATIENCE, path
    return answer


def timed(crew: Holder, kind: str, **data: Any) -> float:
    """Seconds until the act is stored and folded."""
    begun = time.perf_counter()
    assert crew.act(kind, **data)["status"] == "stored"
    return time.perf_counter() - begun


def test_a_day_of_two_hundred_blocks(running: Running) -> None:
    """One story, because a room has one: opened, walked through, closed, read."""
    opened = page(running, "/gatherings/3/room", "POST")
    found = re.search(r"/rooms/(\w+)/cockpit", opened.header("Location"))
    assert found
    room = found[1]
    cockpit = page(running, f"/rooms/{room}/cockpit")
    assert f"Moment {BLOCKS}" in cockpit.body.decode()
    ticket = re.search(rf"mr-{room}-crew=([^;]+)", cockpit.header("Set-Cookie"))
    assert ticket
    crew = Holder(running.base, room, ticket[1])
    took = [timed(crew, "go", to=f"block-{number}") for number in (1, 2, 100, BLOCKS)]
    state = crew.get("state?as=html")
    timed(crew, "close")
    documentation = page(running, "/api/v1/gatherings/3/documentation.html")
    assert documentation.status == 200
    assert f"Berättelse {BLOCKS}" in documentation.body.decode()
    assert len(cockpit.body) < LARGEST_COCKPIT
    assert len(state.body) < LARGEST_STATE
    assert max(took) < PATIENCE
