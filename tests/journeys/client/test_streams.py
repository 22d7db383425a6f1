"""The stream: one per document, given back while hidden, replaced by polling, never given up."""

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
EVENTS, STATE = "/api/v1/rooms/room-of-the-test/events", "/api/v1/rooms/room-of-the-test/state"


def test_refused_streams_are_tried_again(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    poll(lambda: room.listeners == 1)
    phone.clock.install()
    room.trouble.status |= {"events": 503, "state": 503}
    room.trouble.retry_after = 1
    before = room.asked.count(EVENTS)
    room.hang_up()
    poll_with_clock(phone, lambda: room.asked.count(EVENTS) > before + 1)
    room.trouble.status.clear()
    room.show("stage", stage(text="Tillbaka"))
    poll_with_clock(phone, lambda: phone.locator("#stage").inner_text() == "Tillbaka")


def test_where_streams_are_mute_the_page_polls(open_page: Open, room: FakeRoom) -> None:
    room.trouble.is_mute = True
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    phone.clock.install()
    phone.reload()
    before = room.asked.count(STATE)
    poll_with_clock(phone, lambda: room.asked.count(STATE) >= before + 3)
    room.show("stage", stage(text="Utan ström"))
    poll_with_clock(phone, lambda: phone.locator("#stage").inner_text() == "Utan ström")
    assert room.asked.count(EVENTS) <= 4


def test_no_contact_is_said_after_twelve_seconds_and_taken_back(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    poll(lambda: room.listeners == 1)
    phone.clock.install()
    room.stop()
    phone.clock.run_for(14_000)
    expect(phone.locator("[data-connection]")).to_have_text("Ingen kontakt")
    expect(phone.locator("[data-notice-shown=lost]")).to_be_visible()
    phone.get_by_label("a2").check()
    room.start()
    poll_with_clock(phone, lambda: phone.locator("[data-notice-shown=arrived]").count() == 1)
    expect(phone.locator("[data-notice-shown=arrived]")).to_have_text("Ditt svar är framme.")
    expect(phone.locator("[data-notice-shown=lost]")).to_have_count(0)
    assert len(room.stored) == 1


def test_seven_tabs_of_one_person_all_work(open_page: Open, room: FakeRoom) -> None:
    tabs = [open_page() for _ in range(7)]
    for number, tab in enumerate(tabs):
        tab.get_by_label(f"a{number % 3 + 1}").check()
        expect(tab.locator("[data-connection]")).to_have_text("Sparat")
    assert len(room.stored) == 7
    assert len(room.joined) == 1
    assert room.listeners <= 4


def test_a_page_that_is_left_gives_its_stream_back_and_takes_it_up_again(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    poll(lambda: room.listeners == 1)
    phone.goto(f"{room.base}/r/00000000")
    poll(lambda: room.listeners == 0)
    room.show("stage", stage(text="Medan du var borta"))
    phone.go_back()
    expect(phone.locator("#stage")).to_have_text("Medan du var borta")
    poll(lambda: room.listeners == 1)


def test_a_hidden_page_closes_its_stream_and_is_right_when_seen_again(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    poll(lambda: room.listeners == 1)
    see = """(is) => { Object.defineProperty(document, "visibilityState", {value: is, configurable: true});
                       document.dispatchEvent(new Event("visibilitychange")); }"""
    phone.clock.install()
    phone.evaluate(see, "hidden")
    phone.clock.run_for(31_000)
    poll(lambda: room.listeners == 0)
    room.show("stage", stage(text="Nu"))
    phone.evaluate(see, "visible")
    expect(phone.locator("#stage")).to_have_text("Nu")


def test_cells_that_are_gone_after_a_break_leave_the_page(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-2", "<p>Bredvid</p>")
    phone = open_page()
    expect(phone.get_by_text("Bredvid")).to_be_visible()
    phone.clock.install()
    del room.cells["exercise-scale-2"]
    room.hang_up()
    poll_with_clock(phone, lambda: phone.get_by_text("Bredvid").count() == 0)
