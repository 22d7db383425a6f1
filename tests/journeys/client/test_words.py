"""What is said: in the language of the page, and to those who listen only once it has settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.client.conftest import poll_with_clock
from tests.journeys.client.fake_room import FakeRoom
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
LISTEN = """
() => {
  window.heard = [];
  const status = document.querySelector("[data-connection]");
  new MutationObserver(() => status.ariaLive === "polite" && window.heard.push(status.textContent)).observe(status, {childList: true});
}
"""


def test_a_tap_that_waits_for_a_moment_is_not_read_aloud_but_a_long_wait_is(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a1").check()
    expect(phone.locator("[data-connection]")).to_have_text("Sparat")
    phone.clock.install()
    phone.evaluate(LISTEN)
    phone.get_by_label("a2").check()
    poll(lambda: len(room.stored) == 2)
    expect(phone.locator("[data-connection]")).to_have_text("Sparat")
    phone.clock.run_for(6000)
    assert phone.evaluate("window.heard") == []
    room.trouble.status["contributions"] = 503
    phone.get_by_label("a3").check()
    poll_with_clock(phone, lambda: phone.evaluate("window.heard") == ["Väntar · 1 svar"])
    room.trouble.status.clear()
    poll_with_clock(phone, lambda: phone.evaluate("window.heard") == ["Väntar · 1 svar", "Sparat"])


def test_cells_are_asked_for_in_the_language_of_the_page(open_page: Open, room: FakeRoom) -> None:
    room.pages["/r/47190362"] = room.pages["/r/47190362"].replace('lang="sv"', 'lang="en"')
    open_page()
    poll(lambda: room.listeners == 1)
    assert all("language=en" in query for path, query in room.queries if path.endswith(("state", "events")))
    assert room.wishes == [{"code": "47190362", "language": "en"}]
