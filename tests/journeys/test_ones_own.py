"""What is one's own on a phone: where one is in the day, notes that go nowhere, another language, larger text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Request, expect

from tests.conformance.client import Holder
from tests.journeys.browsing import NARROW, PHONE, Screens, well
from tests.journeys.people import saved
from tests.running import Running

MINE = "Fråga Kim om bussen 4711"
PUBLIC = "Grannen sjunger 4712"

pytestmark = pytest.mark.journey


def reads(sent: list[str]) -> Callable[[Request], None]:
    """Everything a page sends, as it goes."""
    return lambda request: sent.append(f"{request.url} {request.post_data or ''}")


def test_ones_own_notes_stay_through_it_all_and_go_nowhere(product: Running, crew: Holder, screens: Screens) -> None:
    phone, sent = screens.open(product.phone), list[str]()
    phone.context.on("request", reads(sent))
    saved(phone)
    phone.get_by_text("Egna anteckningar").click()
    phone.get_by_role("textbox", name="Bara för dig").fill(MINE)
    well(phone, "phone with notes of its own")
    crew.act("next")
    phone.reload()
    phone.get_by_text("Egna anteckningar").click()
    expect(phone.get_by_role("textbox", name="Bara för dig")).to_have_value(MINE)
    phone.get_by_role("link", name="Ta med dig hem").first.click()
    expect(phone.get_by_text(MINE)).to_be_visible()
    assert sent
    assert not [one for one in sent if "4711" in one]


def test_what_is_sent_would_have_been_seen(product: Running, crew: Holder, screens: Screens) -> None:
    """The control: a word that does leave the phone is found where the other one is looked for."""
    crew.act("go", to="block-2:rate")
    phone, sent = screens.open(product.phone), list[str]()
    phone.context.on("request", reads(sent))
    for _statement in range(4):
        phone.locator("[data-step-next]").click()
    phone.locator("[data-cell] form[data-exercise] textarea:visible").first.fill(PUBLIC)
    saved(phone)
    assert [one for one in sent if "4712" in one]


def test_the_day_follows_the_room(product: Running, crew: Holder, screens: Screens) -> None:
    crew.act("go", to="lobby")
    phone = screens.open(product.phone, NARROW)
    day = phone.locator(".ph-agenda")
    expect(day.get_by_role("listitem")).to_have_text(["Välkommen", "Självskattning", "Avslut"])
    crew.act("go", to="block-2:rate")
    expect(day.locator("summary")).to_contain_text("Nu Självskattning")
    expect(day.locator("summary")).to_contain_text("Sedan Avslut")
    plain = screens.open(f"{product.base}/r/{product.code}/plain", PHONE, java_script_enabled=False)
    plain.get_by_role("button", name="Gå in").click()
    expect(plain.locator(".ph-agenda summary")).to_contain_text("Nu Självskattning")


@pytest.mark.parametrize("scripts", [True, False])
def test_language_and_size_are_changed_in_place(product: Running, crew: Holder, screens: Screens, scripts: bool) -> None:
    crew.act("go", to="block-2:rate")
    phone = screens.open(product.phone if scripts else f"{product.base}/r/{product.code}/plain", PHONE, java_script_enabled=scripts)
    if not scripts:
        phone.get_by_role("button", name="Gå in").click()
    before = size(phone)
    phone.get_by_role("link", name="Större text").click()
    expect(phone.get_by_role("link", name="Vanlig text")).to_be_visible()
    assert size(phone) > before
    phone.get_by_role("link" if scripts else "button", name="English").click()
    expect(phone.get_by_role("link", name="Normal text")).to_be_visible()
    expect(phone.locator(".ph-agenda summary")).to_contain_text("Now")
    assert size(phone) > before
    if scripts:
        well(phone, "phone with larger text")


def size(page: Page) -> float:
    """The height of a line of the day, in pixels."""
    box = page.locator(".ph-agenda summary").bounding_box()
    assert box
    return float(box["height"])
