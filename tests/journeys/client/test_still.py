"""What a thumb is about to press stays where it is; who wrote something that rests is told so."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.client.fake_room import FakeRoom
from tests.journeys.client.pages import stage
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
PUT = """
() => {
  const main = document.querySelector("main");
  main.className = "ph-main";
  main.firstElementChild.className = "notices";
  Object.assign(main.style, {blockSize: "300px", overflowY: "auto"});
  document.querySelector("[data-cell^=exercise]").style.cssText = "display: block; min-block-size: 300px";
}
"""
TOP = "document.querySelector('form').getBoundingClientRect().top"
NEWS = "<p>Kaffet är framme.</p>"


def _open(open_page: Open) -> Page:
    phone = open_page()
    expect(phone.get_by_label("a1")).to_be_visible()
    phone.evaluate(PUT)
    return phone


def test_news_above_a_form_in_use_does_not_move_it(open_page: Open, room: FakeRoom) -> None:
    phone = _open(open_page)
    phone.get_by_label("a1").check()
    before = phone.evaluate(TOP)
    room.show("stage", stage(text=NEWS))
    expect(phone.get_by_text("Kaffet är framme.")).to_be_attached()
    assert phone.evaluate(TOP) == pytest.approx(before, abs=1)
    assert phone.evaluate("document.querySelector('main').scrollTop") > 0
    room.show("stage", stage())
    expect(phone.get_by_text("Kaffet är framme.")).not_to_be_attached()
    assert phone.evaluate(TOP) == pytest.approx(before, abs=1)


def test_a_form_that_nobody_touches_makes_room_for_news(open_page: Open, room: FakeRoom) -> None:
    phone = _open(open_page)
    before = phone.evaluate(TOP)
    room.show("stage", stage(text=NEWS))
    expect(phone.get_by_text("Kaffet är framme.")).to_be_visible()
    assert phone.evaluate(TOP) > before + 10


def test_the_field_being_written_in_is_not_covered_by_a_notice(open_page: Open, room: FakeRoom) -> None:
    phone = _open(open_page)
    phone.get_by_label("Med egna ord").press_sequentially("Vi")
    phone.evaluate("document.querySelector('.notices').style.cssText = 'position: sticky; inset-block-start: 0'")
    room.show("exercise-scale-1", "")  # the room goes on, the form is held
    expect(phone.locator("[data-notice-shown=moved]")).to_be_visible()
    over = "document.querySelector('.notices').getBoundingClientRect().bottom"
    assert phone.evaluate(f"document.querySelector('textarea').getBoundingClientRect().top >= {over}")


def test_the_writer_is_told_once_that_a_text_rests_and_why(open_page: Open, room: FakeRoom) -> None:
    phone = _open(open_page)
    phone.get_by_label("Med egna ord").fill("Anna hinner aldrig svara.")
    phone.get_by_label("a1").check()
    poll(lambda: any(item["type"] == "write" for item in room.stored))
    room.hidden = {item["id"]: "Nämner en person." for item in room.stored if item["type"] == "write"}
    room.show("personal", "")
    notice = phone.locator("[data-notice-shown=rests]")
    expect(notice).to_contain_text("En text du skrev vilar. Nämner en person.")
    assert phone.evaluate("!document.activeElement.closest('[data-notice-shown]')")
    phone.reload()
    expect(notice).to_be_visible()
    notice.get_by_role("button", name="Stäng").click()
    expect(notice).not_to_be_attached()
    phone.reload()
    expect(phone.get_by_label("a1")).to_be_checked()
    expect(notice).not_to_be_attached()


def test_a_text_that_is_shown_again_rests_no_more(open_page: Open, room: FakeRoom) -> None:
    phone = _open(open_page)
    phone.get_by_label("Med egna ord").fill("Vi ringer i stället för att skriva.")
    phone.get_by_label("a1").check()
    poll(lambda: any(item["type"] == "write" for item in room.stored))
    room.hidden = {item["id"]: "" for item in room.stored if item["type"] == "write"}
    room.show("personal", "")
    expect(phone.locator("[data-notice-shown=rests]")).to_be_visible()
    room.hidden = {}
    room.show("personal", " ")
    expect(phone.locator("[data-notice-shown=rests]")).not_to_be_attached()
