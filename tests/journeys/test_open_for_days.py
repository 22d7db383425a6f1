"""Open for days: opened from the planner, answered on two phones, one changes later, closed by the clock, found in the documentation."""

from __future__ import annotations

import re
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from mellanrum.rooms.lasting.tests.serving import Open, opened, rates
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, well
from tests.journeys.people import form, rate, saved, stone, waits
from tests.running import Running

pytestmark = pytest.mark.journey
WITHIN = 20_000


def step_in(screens: Screens, address: str, kind: dict[str, object] = PHONE) -> Page:
    phone = screens.open(address, kind)
    expect(phone.get_by_text("Vem frågar")).to_be_visible()
    well(phone, "the door")
    phone.get_by_role("button", name="Börja svara").click()
    expect(form(phone)).to_be_visible()
    return phone


def open_from_the_planner(screens: Screens, product: Running) -> tuple[Page, Open]:
    crew = screens.open(product.base + "/gatherings/1?block=block-2", COMPUTER)
    crew.get_by_role("link", name="Öppna för svar under några dagar").click()
    expect(crew.get_by_label("Klockslag")).to_have_value("16:00")
    well(crew, "opening for days")
    crew.get_by_label("En rad som välkomnar").fill("Hej, och välkommen!")
    crew.get_by_role("button", name="Öppna och få länken").click()
    link = crew.get_by_label("Länken", exact=True)
    expect(link).to_have_value(re.compile(r"/o/[\w-]{22}$"))
    well(crew, "the crew's page")
    return crew, Open(product, urlsplit(crew.url).path.split("/")[2], urlsplit(link.input_value()).path)


def test_two_phones_one_changes_and_the_clock_closes(product: Running, screens: Screens) -> None:
    crew, one = open_from_the_planner(screens, product)
    first = step_in(screens, product.base + one.link)
    second = step_in(screens, product.base + one.link, NARROW)
    for phone in (first, second):
        rate(phone, "notice", "me", 2)
        saved(phone)
        well(phone, "answering")
    for _number in range(4):
        rates(one.join(), 4)
    crew.reload()
    expect(crew.locator(".lead")).to_contain_text("6 har svarat")
    first.goto(product.base + one.link)  # days later, the same phone
    expect(stone(first, "notice", "me", 2)).to_be_checked(timeout=WITHIN)
    rate(first, "notice", "me", 5)
    saved(first)
    assert one.crew().act("until", at=time.time_ns() // 1_000_000)["status"] == "stored"
    expect(second.get_by_text("det har stängt")).to_be_visible(timeout=WITHIN)  # they were in the middle of it: nothing moves under a thumb
    second.get_by_role("button", name="Vidare").click()
    expect(second.get_by_role("heading", name="Stängt. Tack.")).to_be_visible()
    second.get_by_role("link", name="Se resultatet").click()
    expect(second.get_by_text("Så här blev det")).to_be_visible()
    well(second, "the result")
    crew.goto(f"{product.base}/gatherings/1/documentation")
    expect(crew.get_by_role("heading", name="Svar under några dagar")).to_be_visible()
    expect(crew.get_by_text("6 har svarat.").first).to_be_visible()


def test_without_contact_words_wait_and_arrive(product: Running, screens: Screens) -> None:
    one = opened(product)
    phone = step_in(screens, product.base + one.link)
    screens.watch.expected = ("ERR_INTERNET_DISCONNECTED",)
    phone.context.set_offline(True)
    rate(phone, "notice", "me", 3)
    waits(phone, 1)
    phone.context.set_offline(False)
    saved(phone)
    phone.reload()
    expect(stone(phone, "notice", "me", 3)).to_be_checked(timeout=WITHIN)


def test_without_scripts_it_is_a_plain_form(product: Running, screens: Screens) -> None:
    one = opened(product, results="after")
    phone = screens.open(product.base + one.link, NARROW, java_script_enabled=False)
    phone.get_by_role("button", name="Börja svara").click()
    stone(phone, "notice", "me", 4).locator("xpath=ancestor::label").click()
    phone.get_by_role("button", name="Spara svar").click()
    expect(phone.get_by_text("Ett svar är framme.")).to_be_visible()
    phone.get_by_role("link", name="Se hur det ser ut hittills").click()
    expect(phone.get_by_text("Så här ser det ut hittills")).to_be_visible()
