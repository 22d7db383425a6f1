"""A small meeting from the waiting room to thank you, run by somebody who has a keyboard and nothing else."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conformance.client import Holder, join, new_id
from tests.conformance.conftest import stage
from tests.journeys.browsing import COMPUTER, Screens, accessible
from tests.running import Running, poll

pytestmark = pytest.mark.journey

SEEN = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return 'nothing has the focus';
  const shows = (it) => it && (parseFloat(getComputedStyle(it).outlineWidth) >= 2 && getComputedStyle(it).outlineStyle !== 'none');
  if (!shows(one) && !shows(one.nextElementSibling)) return `no ring: ${one.outerHTML.slice(0, 120)}`;
  const box = one.getBoundingClientRect();
  const inside = box.top >= -1 && box.left >= -1 && box.bottom <= innerHeight + 1 && box.right <= innerWidth + 1;
  return inside ? '' : `out of sight: ${one.outerHTML.slice(0, 120)}`;
}"""
MOST_TABS = 90


class Keyboard:
    """Hands that press keys; every place the focus comes to is looked at."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def reach(self, wanted: Locator) -> None:
        """Tab until it has the focus; everything on the way shows where the focus is."""
        for _tab in range(MOST_TABS):
            self.page.keyboard.press("Tab")
            assert self.page.evaluate(SEEN) in {"", "nothing has the focus"}
            if wanted.count() and wanted.first.evaluate("(one) => one === document.activeElement"):
                return
        raise AssertionError(f"not reached by Tab: {wanted}")

    def use(self, wanted: Locator, key: str = "Enter") -> None:
        self.reach(wanted)
        self.press(key)


def now(crew: Holder) -> dict[str, Any]:
    value: dict[str, Any] = stage(crew)
    return value


def has_left(crew: Holder, step: str) -> bool:
    return bool(now(crew)["step"] != step)


def wait_for(crew: Holder, **wanted: Any) -> None:
    poll(lambda: all(now(crew)[name] == value for name, value in wanted.items()), what=str(wanted))


def write(person: Holder, exercise: str, text: str) -> None:
    part = person.state()["cells"][f"exercise-{exercise}"]["parts"][0]["id"]
    item = {"id": new_id(), "exercise": exercise, "type": "write", "data": {"part": part, "text": text}}
    assert person.send(item)[0]["status"] == "stored"


def test_from_the_waiting_room_to_thank_you(product: Running, crew: Holder, screens: Screens) -> None:
    cockpit = screens.open(f"{product.base}/rooms/{crew.room}/cockpit", COMPUTER)
    hands, person = Keyboard(cockpit), join(product.base, product.code)
    expect(cockpit.locator("[data-connection]")).to_have_text("Sparat")
    while now(crew)["status"] != "waiting":  # the demo may have begun
        crew.act("back")
    expect(cockpit.locator(".now-box .kicker")).to_have_text("Väntrummet")
    start(cockpit, hands, crew)
    look_up_the_keys(cockpit, hands, crew)
    keep_time(cockpit, hands, crew)
    rest_the_picture(cockpit, hands, crew)
    say_something_to_all(cockpit, hands, crew)
    hide_with_a_reason(cockpit, hands, crew, person)
    close_and_read(cockpit, hands, crew)


def start(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    """The first step by its own letter, the second and back by a clicker."""
    hands.press("n")
    expect(cockpit.locator(".row.cur")).to_contain_text("Öppning")
    hands.press("PageDown")
    expect(cockpit.locator(".row.cur")).to_contain_text("Självskattning")
    hands.press("PageUp")
    expect(cockpit.locator(".row.cur")).to_contain_text("Öppning")
    accessible(cockpit, "cockpit in its first block")


KEYS = """() => Object.fromEntries([...document.querySelectorAll('dialog.keys li')].map((row) =>
  [row.querySelector('kbd').textContent, row.querySelector('span').textContent]))"""


def look_up_the_keys(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    """What is listed is what is there; nothing else happens while it is read, and letters can be turned off."""
    hands.press("?")
    dialog = cockpit.get_by_role("dialog", name="Tangenter")
    expect(dialog).to_be_visible()
    listed = cockpit.evaluate(KEYS)
    assert {"N", "P", "F", "Z", "G", "M", "?", "PageDown", "PageUp"} <= set(listed)
    assert listed["N"] == listed["PageDown"] == "Nästa steg: Självskattning på telefon"
    assert listed["F"] == "Frys duken"
    accessible(cockpit, "the list of keys")
    step = now(crew)["step"]
    hands.press("n", "PageDown", "Escape")
    expect(dialog).to_have_count(0)
    hands.use(cockpit.get_by_role("button", name="Tangenter"))
    hands.use(dialog.get_by_role("checkbox", name="Bokstäver styr cockpiten"), "Space")
    hands.press("Escape", "n", "f")
    hands.use(cockpit.get_by_role("button", name="Tangenter"), "Space")
    expect(dialog.get_by_role("checkbox")).not_to_be_checked()
    hands.use(dialog.get_by_role("checkbox"), "Space")
    hands.press("Escape", "g")
    expect(cockpit.locator("#now-h")).to_be_focused()
    assert (now(crew)["step"], now(crew)["frozen"]) == (step, False)
    hands.press("f")
    wait_for(crew, frozen=True)
    hands.press("z")
    wait_for(crew, frozen=False)


def keep_time(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    before = now(crew)["clock"]["length_ms"]
    hands.use(cockpit.locator('[data-act=extend][data-act-data*=":5"]'))
    poll(lambda: now(crew)["clock"]["length_ms"] == before + 5 * 60_000, what="five minutes more")
    hands.press("p")
    wait_for(crew, paused=True)
    expect(cockpit.locator(".now-box .when-paused")).to_be_visible()
    hands.press("p")
    wait_for(crew, paused=False)
    hands.use(cockpit.locator('[data-act=show][data-act-data*="time"]'), "Space")
    wait_for(crew, showing="time")
    expect(cockpit.locator(".follows")).to_have_text("Bara tiden")


def rest_the_picture(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    hands.press("f")
    wait_for(crew, frozen=True)
    expect(cockpit.locator(".follows")).to_have_text("Vilande bild")
    hands.press("z")
    wait_for(crew, frozen=False)


def say_something_to_all(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    """Letters that are keys elsewhere are letters in a field."""
    step = now(crew)["step"]
    hands.press("m")
    expect(cockpit.locator("#tell")).to_be_focused()
    cockpit.keyboard.type("npfz")
    hands.press("PageDown", "Enter")
    wait_for(crew, message="npfz", step=step, frozen=False, paused=False)


def hide_with_a_reason(cockpit: Page, hands: Keyboard, crew: Holder, person: Holder) -> None:
    cockpit.evaluate("document.activeElement.blur()")  # as Escape and a click elsewhere would
    hands.press("n")
    expect(cockpit.locator(".row.cur")).to_contain_text("Självskattning")
    write(person, now(crew)["now"]["exercise"], "Nisse på tredje våningen")
    hands.use(cockpit.locator("[data-act=hide]"))
    dialog = cockpit.get_by_role("dialog", name="Varför döljs det?")
    expect(dialog).to_contain_text("Nisse på tredje våningen")
    accessible(cockpit, "asking why")
    hands.press("Escape")
    expect(dialog).to_have_count(0)
    assert person.state()["hidden"] == []
    hands.press("Enter")  # the focus is where it was
    hands.use(dialog.locator("[name=why]").first, "Space")
    hands.reach(dialog.locator("[name=own]"))
    cockpit.keyboard.type("hen heter så")
    hands.press("Enter")
    poll(lambda: [one["reason"] for one in person.state()["hidden"]] == ["Pekar ut någon: hen heter så"], what="the reason")
    expect(cockpit.locator(".done-acts").get_by_text("Dolde ett bidrag: Pekar ut någon: hen heter så")).to_be_visible()


def close_and_read(cockpit: Page, hands: Keyboard, crew: Holder) -> None:
    while now(crew)["status"] == "running":
        step = now(crew)["step"]
        hands.press("n")
        poll(partial(has_left, crew, step), what="the next step")
        expect(cockpit.locator(".script")).to_have_attribute("data-now", now(crew)["step"])
    expect(cockpit.get_by_role("heading", name="Rummet är stängt")).to_be_visible()
    accessible(cockpit, "closed cockpit")
    hands.use(cockpit.locator(".now-box a.primary"))
    cockpit.wait_for_url("**/documentation")
