"""A facilitator rehearses a gathering: from its page to a look at the documentation, and then nothing is left of it."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, WALL, Screens, well
from tests.journeys.people import press
from tests.running import Running

LONG = 60_000
BANNER = "Repetition. Inget sparas."

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # people come in and walk on in their own time


def test_from_the_gathering_to_the_end(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("400", "401", "404")  # a wrong number is told; whoever follows a rehearsal that is over hears that it is gone
    cockpit = begin(product, screens)
    wall = screens.open(cockpit.url.replace("/cockpit", "/projector"), WALL)
    way_in = cockpit.get_by_role("link", name="En telefon").get_attribute("href") or ""
    phone = screens.open(f"{product.base}{way_in}", NARROW)
    plain = screens.open(f"{product.base}{way_in.partition('#')[0]}/plain", java_script_enabled=False)
    plain.get_by_role("button", name="Gå in").click()
    for screen in (wall, phone, plain):
        expect(screen.get_by_text(BANNER)).to_be_visible(timeout=LONG)
    expect(cockpit.locator(".people, [data-cell=people]").first).to_contain_text(re.compile(r"[3-9]"), timeout=LONG)
    go(cockpit, wall)
    for screen, name in ((cockpit, "cockpit of a rehearsal"), (wall, "projector of a rehearsal"), (phone, "phone in a rehearsal")):
        well(screen, name)
    end(cockpit)


def begin(product: Running, screens: Screens) -> Page:
    """From the planner of the meeting that is yet to come."""
    page = screens.open(f"{product.base}/gatherings/2", COMPUTER)
    page.get_by_role("link", name="Repetera").click()
    well(page, "the page that begins a rehearsal")
    page.get_by_label("Hur många påhittade deltagare?").fill("3")
    page.get_by_role("button", name="Börja repetera").click()
    expect(page.get_by_role("alert")).to_contain_text("Skriv ett tal från 5 till 60.")
    page.get_by_label("Hur många påhittade deltagare?").fill("5")
    page.get_by_role("button", name="Börja repetera").click()
    expect(page.get_by_role("complementary", name="Repetition")).to_be_visible()
    return page


def go(cockpit: Page, wall: Page) -> None:
    """By hand, by itself, and with time that runs ahead, all without leaving the page."""
    cockpit.evaluate("document.body.dataset.same = 'page'")
    press(cockpit, "next")
    expect(cockpit.get_by_role("heading", name="Öppning och dagens tema").first).to_be_visible(timeout=LONG)
    cockpit.get_by_role("button", name="5 min").click()
    expect(cockpit.get_by_text("Tiden är spolad 5 minuter.")).to_be_visible(timeout=LONG)
    expect(cockpit.locator(".cur-h .big")).to_contain_text(re.compile(r"[01]:\d\d"), timeout=LONG)
    cockpit.get_by_role("button", name="Kör hela mötet").click()
    expect(cockpit.get_by_text("Mötet går av sig självt.")).to_be_visible(timeout=LONG)
    expect(wall.get_by_text("Ta den bild som drar i dig").first).to_be_visible(timeout=LONG)
    cockpit.get_by_role("button", name="Stanna").click()
    expect(cockpit.get_by_text("Mötet går av sig självt.")).to_have_count(0, timeout=LONG)
    assert cockpit.evaluate("document.body.dataset.same") == "page"


def end(cockpit: Page) -> None:
    with cockpit.expect_popup() as opened:
        cockpit.get_by_role("link", name="Dokumentationen").click()
    expect(opened.value.get_by_text("så skulle dokumentationen bli")).to_be_visible()
    well(opened.value, "the documentation of a rehearsal")
    cockpit.get_by_role("button", name="Avsluta repetitionen").click()
    expect(cockpit.get_by_text("Repetitionen är avslutad.")).to_be_visible(timeout=LONG)
    well(cockpit, "the page after a rehearsal")
