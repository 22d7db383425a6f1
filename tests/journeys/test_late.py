"""A meeting that is late: from the waiting room to lunch on time, with the keyboard alone, and clocks that agree on every screen."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import stage
from tests.journeys.browsing import COMPUTER, NARROW, WALL, Screens, well
from tests.journeys.test_cockpit_keyboard import Keyboard
from tests.rehearsal.facilitator import Facilitator
from tests.running import Running, poll, start_demo

pytestmark = pytest.mark.journey

STOCKHOLM = ZoneInfo("Europe/Stockholm")
SHIFT_MS = 90_000
# As on a computer whose clock somebody has set wrong, from the first script on: what the page reckons from, and what it starts from.
WRONG_CLOCK = """
const [then, origin] = [Date.now, performance.timeOrigin];
Date.now = () => then.call(Date) + SHIFT;
Object.defineProperty(Performance.prototype, 'timeOrigin', {get: () => origin + SHIFT});
"""
SHOWN = """() => {
  const all = [...document.querySelectorAll('[data-clock=ends]')];
  const clock = all.find((one) => !one.closest('.preview'))?.querySelector('.visually-hidden')?.textContent ?? '';
  const parts = clock.split(':').map(Number);
  return parts.length > 1 ? parts.reduce((sum, part) => sum * 60 + part, 0) : null;
}"""


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Running]:
    """With a gathering that should have begun six minutes ago, and lunch after three blocks."""
    running = start_demo(tmp_path / "data")
    yield running
    running.stop()


@pytest.fixture
def crew(product: Running) -> Holder:
    facilitator = Facilitator(product.base)
    with closing(sqlite3.connect(product.data / "mellanrum.sqlite3", timeout=20)) as connection:
        begin_late(connection, facilitator.gathering)
        connection.commit()
    return opened(facilitator)


def begin_late(connection: sqlite3.Connection, gathering: int) -> None:
    starts = datetime.now(UTC).replace(second=0, microsecond=0) - timedelta(minutes=6)
    blocks = connection.execute(
        "SELECT id, minutes FROM programmes_block WHERE gathering_id = ? AND part = 'meeting' ORDER BY position", (gathering,)
    ).fetchall()
    lunch = (starts + timedelta(minutes=sum(minutes for _, minutes in blocks[:3]))).astimezone(STOCKHOLM)
    connection.execute("UPDATE programmes_gathering SET starts_at = ? WHERE id = ?", (f"{starts:%Y-%m-%d %H:%M:%S}", gathering))
    connection.execute(
        "UPDATE programmes_block SET fixed_at = ?, title = 'Lunch', agenda = 'Lunch' WHERE id = ?", (f"{lunch:%H:%M:00}", blocks[3][0])
    )


def opened(crew: Facilitator) -> Holder:
    _status, address, _page = crew.post(f"/gatherings/{crew.gathering}/room")
    room = address.split("/")[-2]
    ticket = next(cookie.value for cookie in crew.jar if cookie.name.endswith(f"{room}-crew"))
    return Holder(crew.base, room, str(ticket))


def test_lunch_is_on_time_again_by_keyboard(product: Running, crew: Holder, screens: Screens) -> None:
    address = f"{product.base}/rooms/{crew.room}/cockpit"
    cockpit = screens.open(address, COMPUTER)
    panel, hands = cockpit.locator(".replan"), Keyboard(cockpit)
    expect(cockpit.locator("[data-connection]")).to_have_text("Sparat")
    expect(panel).to_have_attribute("data-state", "late")
    expect(cockpit.locator("[data-said]")).to_contain_text("minuter sena till Lunch")
    count_from_now_and_back(cockpit, hands, crew)
    hands.press("n")
    expect(cockpit.locator(".row.cur")).to_be_visible()  # the page stands there too, so the keys are about that step
    adjust_and_accept(cockpit, hands, crew)
    phone = screens.open(address, NARROW)
    expect(phone.locator(".replan")).to_have_attribute("data-state", "calm")
    well(phone, "the cockpit on a narrow phone, on time")


def count_from_now_and_back(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    hands.press("r")
    expect(cockpit.locator(".replan .line")).to_have_text("Tiden räknas från när vi börjar.")
    assert stage(crew)["from_start"] is True
    hands.press("h")
    expect(cockpit.locator(".replan")).to_have_attribute("data-state", "late")
    assert stage(crew)["from_start"] is False


def adjust_and_accept(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    expect(cockpit.locator(".replan")).to_have_attribute("data-state", "late")
    expect(cockpit.locator(".replan [data-replan-ask]")).to_be_enabled()
    hands.press("r")
    expect(cockpit.locator(".offer h3")).to_be_focused()
    expect(cockpit.locator(".offer .point").first).to_contain_text(re.compile(r"\d\d\.\d\d Lunch står kvar"))
    well(cockpit, "the cockpit with a proposal")
    more = cockpit.locator("[name=more-block-2]")
    proposed = int(cockpit.locator("[name=m-block-2]").input_value())
    hands.use(more)
    expect(cockpit.locator("[name=m-block-2]")).to_have_value(str(proposed + 1))
    expect(more).to_be_focused()
    expect(cockpit.locator(".offer .point").first).to_contain_text("1 minut går inte att ta igen.")
    hands.use(cockpit.locator("[name=less-block-2]"))
    expect(cockpit.locator(".offer .point").first).to_contain_text("Lunch står kvar")
    hands.press("j")
    expect(cockpit.locator(".offer")).to_have_count(0)
    expect(cockpit.locator(".replan .line")).to_have_text("Vi följer planen.")
    assert stage(crew)["acts"][-1]["label"] == "La om tiden"  # type: ignore[index]


def test_wrong_clocks_show_the_same_seconds(product: Running, crew: Holder, screens: Screens) -> None:
    crew.act("next")
    pages = [
        wrong(screens, f"{product.base}/rooms/{crew.room}/cockpit", SHIFT_MS, COMPUTER),
        wrong(screens, f"{product.base}/rooms/{crew.room}/projector", -SHIFT_MS, WALL),
        wrong(screens, f"{product.base}/rooms/{crew.room}/cockpit", -SHIFT_MS, NARROW),
    ]
    for minutes in (0, 5, -1):
        if minutes:
            crew.act("extend", minutes=minutes)
        poll(lambda: agree(pages, crew), within=60, what="every screen shows the seconds that are left")


def wrong(screens: Screens, address: str, shift: int, kind: dict[str, Any]) -> Page:
    """A page in a browser whose clock is wrong by that many milliseconds."""
    page = screens.open(f"{screens.watch.base}/join", kind)
    page.add_init_script(WRONG_CLOCK.replace("SHIFT", str(shift)))
    page.goto(address)
    page.wait_for_selector("[data-clock=ends] .visually-hidden", state="attached")
    return page


def agree(pages: list[Page], crew: Holder) -> bool:
    """Read one after another between two looks at the server's clock: what each shows was true, within a second, in between."""
    ends = int(crew.state()["cells"]["stage"]["clock"]["ends_at"])
    times = [datetime.now(UTC).timestamp() * 1000]
    shown: list[int | None] = []
    for page in pages:
        shown.append(page.evaluate(SHOWN))
        times.append(datetime.now(UTC).timestamp() * 1000)
    return all(
        one is not None and (ends - after) / 1000 - 1 <= one <= (ends - before) / 1000 + 2
        for one, (before, after) in zip(shown, pairwise(times), strict=True)
    )
