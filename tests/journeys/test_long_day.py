"""A day of two hundred blocks: the current one is always in sight, and a colleague who loses the role is told in the cockpit."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conformance.client import Holder, call
from tests.journeys.browsing import COMPUTER, Screens, Watch, accessible
from tests.running import Running, environment, free_port, start_serve

pytestmark = pytest.mark.journey
CSRF = "x" * 32
BLOCKS = 200


@pytest.fixture(scope="module")
def long_day(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, dict[str, Any]]]:
    data = tmp_path_factory.mktemp("long") / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=60, check=True).stdout)
    blocks = [
        {"key": f"block-{n}", "title": f"Moment {n}", "agenda": f"Del {n}" if n % 2 else "", "minutes": 5} for n in range(1, BLOCKS + 1)
    ]
    with sqlite3.connect(data / "mellanrum.sqlite3") as database:
        plan = json.dumps({"title": "Lång dag", "blocks": blocks})
        database.execute("UPDATE rooms_room SET plan = ? WHERE id = ?", (plan, told["room"]))
    running = start_serve(data, port=free_port())
    yield running, told
    running.stop()


def cockpit_of(browser: Browser, running: Running, told: dict[str, Any], who: str) -> tuple[Screens, Page]:
    watch = Watch(running.base, expected=("401 (Unauthorized)", "403 (Forbidden)"))
    screens = Screens(browser, watch)
    page = screens.open(running.base + "/sign-in/", COMPUTER)
    page.context.add_cookies([{"name": "sessionid", "value": told["sessions"][who], "url": running.base}])
    page.goto(f"{running.base}/rooms/{told['room']}/cockpit")
    expect(page.locator("[data-connection]")).to_have_text("Sparat")
    return screens, page


def test_the_current_block_is_in_sight_and_what_comes_has_its_time(browser: Browser, long_day: tuple[Running, dict[str, Any]]) -> None:
    running, told = long_day
    screens, page = cockpit_of(browser, running, told, "owner")
    crew = Holder(running.base, told["room"], told["crew"])
    for number in (150, 3):
        crew.act("go", to=f"block-{number}")
        current = page.locator(".row.cur")
        expect(current).to_contain_text(f"Moment {number}")
        expect(current).to_be_in_viewport(ratio=1)
        expect(page.locator(".row.coming .t").first).to_have_text(page.locator("[data-clock=ends]").first.evaluate(ENDS))
    expect(page.locator(".row.coming .unseen").first).to_be_attached()
    assert page.evaluate("document.scrollingElement.scrollTop") == 0
    accessible(page, "cockpit of a long day")
    screens.close()
    assert screens.watch.complaints == []


ENDS = """(clock) => new Intl.DateTimeFormat('sv-SE', {hour: '2-digit', minute: '2-digit', timeZone: 'Europe/Stockholm'})
  .format(Number(clock.dataset.endsAt)).replace(':', '.')"""


def test_who_loses_the_role_reads_it_in_the_cockpit(browser: Browser, long_day: tuple[Running, dict[str, Any]]) -> None:
    running, told = long_day
    screens, page = cockpit_of(browser, running, told, "facilitator")
    before = page.locator(".now-box h1").inner_text()
    headers = {
        "Cookie": f"csrftoken={CSRF}; sessionid={told['sessions']['owner']}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    path = f"/programmes/{told['programme']}/people/{told['facilitator']}/role"
    assert call(running.base, "POST", path, body=b"role=viewer", headers=headers).status == 302
    told_so = page.get_by_role("alert").filter(has_text="Du leder inte rummet längre.")
    expect(told_so).to_be_visible(timeout=30_000)  # at once, or when a stream that had just been lost asks again
    accessible(page, "cockpit of somebody who has lost it")
    page.keyboard.press("n")
    expect(told_so).to_be_visible()
    screens.close()
    colleagues, colleague = cockpit_of(browser, running, told, "owner")
    expect(colleague.locator(".now-box h1")).to_have_text(before)  # the press above went nowhere
    colleague.keyboard.press("n")
    expect(colleague.locator(".now-box h1")).not_to_have_text(before)  # and here it does
    colleagues.close()
