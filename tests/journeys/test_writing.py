"""A form being filled is never re-rendered: five cells arrive, a block opens, and not one node of the form changes."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import find_rating, stage
from tests.journeys.browsing import NARROW, Screens, well
from tests.journeys.people import form, on, rate, saved, simulate, stone
from tests.running import Running

pytestmark = pytest.mark.journey

OBSERVE = """(form) => {
  window.seen = [];
  const told = ({ type, attributeName, target }) => [type, attributeName, target.nodeName, target.outerHTML?.slice(0, 120)].join(" ");
  new MutationObserver((records) => window.seen.push(...records.map(told))).observe(form, {
    subtree: true, childList: true, attributes: true, characterData: true });
  window.kept = form;
}"""


@pytest.fixture
def phone(product: Running, crew: Holder, screens: Screens) -> Page:
    if (stage(crew)["now"] or {}).get("phase") != "rate":  # type: ignore[attr-defined]
        find_rating(crew)
    page = screens.open(product.phone)
    expect(form(page)).to_be_visible()
    saved(page)
    return page


def test_a_form_being_filled_sees_no_change(product: Running, crew: Holder, phone: Page) -> None:
    rate(phone, "notice", "me", 3)
    on(phone)
    on(phone)
    on(phone)
    on(phone)
    words = phone.locator("textarea").first
    words.focus()
    words.press_sequentially("Det svåra är att ")
    saved_words = words.input_value()
    form(phone).evaluate(OBSERVE)
    now = stage(crew)["now"]
    exercise = str(now["exercise"])  # type: ignore[index]
    for number in range(5):
        simulate(product, exercise, [{("notice", "me"): 1 + number}])
        crew.act("message", text=f"Meddelande {number}")
        expect(phone.locator("body")).to_contain_text(f"Meddelande {number}")
    words.press_sequentially("mötas")
    crew.act("message", text="")
    crew.act("next")
    expect(phone.locator("[data-notices]")).to_contain_text("Rummet har gått vidare")
    words.press_sequentially(" ibland")
    assert phone.evaluate("window.seen") == []
    assert phone.evaluate("window.kept.isConnected")
    assert phone.evaluate("document.activeElement.tagName") == "TEXTAREA"
    assert words.input_value() == saved_words + "mötas ibland"
    crew.act("back")


def test_the_observer_would_have_seen_a_change(phone: Page) -> None:
    """The control: the smallest change in the form is seen."""
    form(phone).evaluate(OBSERVE)
    form(phone).evaluate("(form) => form.querySelector('h1').setAttribute('lang', 'sv')")
    assert len(phone.evaluate("window.seen")) == 1


def test_a_small_phone_holds_every_statement(product: Running, screens: Screens, phone: Page) -> None:
    small = screens.open(product.phone, NARROW)
    expect(form(small)).to_be_visible()
    for number in range(6):
        well(small, f"step {number} at 320 px")
        if small.locator("[data-step-next]:visible").count():
            on(small)


def test_by_keyboard_alone(phone: Page) -> None:
    """Tab to the first statement, choose with the arrows; it is saved and stays chosen after a reload."""
    stone(phone, "notice", "me", 1).focus()
    phone.keyboard.press("Space")
    phone.keyboard.press("ArrowRight")
    expect(stone(phone, "notice", "me", 2)).to_be_checked()
    saved(phone)
    phone.reload()
    expect(stone(phone, "notice", "me", 2)).to_be_checked()
