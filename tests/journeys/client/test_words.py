"""What is said: in the language of the page, and to those who listen only once it has settled."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.client.conftest import poll_with_clock
from tests.journeys.client.fake_room import FakeRoom
from tests.journeys.client.pages import stage
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


def test_words_are_said_to_be_saved_once_they_are(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.locator("form")).to_be_visible()
    phone.clock.install()
    phone.evaluate(LISTEN)
    phone.get_by_label("Med egna ord").fill("Gruset i skon")
    phone.get_by_label("a1").focus()  # who leaves the field has written
    poll_with_clock(phone, lambda: phone.evaluate("window.heard") == ["Sparat"])
    assert len(room.stored) == 1
    phone.clock.run_for(20_000)
    assert phone.evaluate("window.heard") == ["Sparat"]


SAID = """() => {
  window.said = [];
  const live = document.querySelector("[data-said]");
  new MutationObserver(() => window.said.push(live.textContent)).observe(live, {childList: true});
}"""


def test_where_the_room_is_is_said_when_it_changes_and_not_again(open_page: Open, room: FakeRoom) -> None:
    room.show("stage", stage("waiting", "<h1>Du är inne</h1>"))
    room.show("exercise-scale-1", "")
    phone = open_page()
    said = phone.locator("[data-said]")
    expect(said).to_have_text("Du är inne")
    phone.evaluate(SAID)
    room.show("stage", stage("running", "<p data-message>Kaffet är framme</p><h1>Du är inne</h1>"))
    expect(said).to_have_text("Kaffet är framme")
    room.show("stage", stage("away", "<p data-message>Kaffet är framme</p><h1>Titta upp</h1>"))
    expect(said).to_have_text("Titta upp")
    room.show("stage", stage("away", "<p data-message>Kaffet är framme</p><h1>Titta upp</h1><p>Sju är här</p>"))
    expect(phone.get_by_text("Sju är här")).to_be_visible()
    room.show("stage", stage("running", '<h1>Korten</h1><ol class="phases"><li aria-current="step">Vid borden</li></ol>'))
    expect(said).to_have_text("Korten – Vid borden")
    assert phone.evaluate("window.said") == ["Kaffet är framme", "Titta upp", "Korten – Vid borden"]


def test_who_had_the_focus_in_what_is_gone_stands_at_the_new_heading(open_page: Open, room: FakeRoom) -> None:
    room.show("stage", stage("running", "<h1>Skriv</h1><button>Skicka</button>"))
    room.show("exercise-scale-1", "")
    phone = open_page()
    phone.get_by_role("button", name="Skicka").focus()
    phone.evaluate(SAID)
    room.show("stage", stage("away", "<h1>Titta upp</h1>"))
    expect(phone.get_by_role("heading", name="Titta upp")).to_be_focused()
    room.show("stage", stage("away", "<h1>Titta upp</h1><p data-message>Kaffet är framme</p>"))
    expect(phone.locator("[data-said]")).to_have_text("Kaffet är framme")
    assert "Titta upp" not in phone.evaluate("window.said")  # it was heard with the focus


def test_cells_are_asked_for_in_the_language_of_the_page(open_page: Open, room: FakeRoom) -> None:
    room.pages["/r/47190362"] = room.pages["/r/47190362"].replace('lang="sv"', 'lang="en"')
    open_page()
    poll(lambda: room.listeners == 1)
    assert all("language=en" in query for path, query in room.queries if path.endswith(("state", "events")))
    assert room.wishes == [{"code": "47190362", "language": "en"}]
