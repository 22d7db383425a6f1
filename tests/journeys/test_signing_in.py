"""An owner takes somebody with them, who signs in with the code of a letter, loses the role, and is outside at once."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, well
from tests.running import Running

KIM = "kim@sagomark.example"

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # three browsers


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_from_the_invitation_to_the_way_out(product: Running, screens: Screens, *, scripts: bool) -> None:
    # What does not let in is an error on the console, and so is the stream that ends with the role.
    screens.watch.expected = ("status of 400", "status of 401", "status of 404")  # 401: a cockpit asks once whether its door is shut
    email = KIM if scripts else f"plain-{KIM}"
    people = screens.open(f"{product.base}/", COMPUTER, java_script_enabled=scripts)
    people.get_by_role("link", name=re.compile("vilka är med.*Modet att mötas")).click()
    people.get_by_label("E-postadress").fill(email)
    people.get_by_label("Leder").check()
    people.get_by_role("button", name="Bjud in").click()
    expect(people.get_by_role("status")).to_contain_text("Inbjudan är på väg")
    kim = sign_in(product, screens, email, scripts=scripts)
    expect(kim.get_by_text("du leder")).to_be_visible()
    kim.goto(product.cockpit)
    people.get_by_role("button", name=re.compile(rf"Ta bort ?: {re.escape(email)}")).click()
    expect(people.get_by_role("status")).to_contain_text("Borttagen")
    answer = kim.goto(product.cockpit)
    assert answer is not None
    assert answer.status == 404
    if scripts:
        well(people, "the people of a programme")


def sign_in(product: Running, screens: Screens, email: str, *, scripts: bool) -> Page:
    """As that person, on a phone."""
    page = screens.open(f"{product.base}/sign-in/", PHONE, java_script_enabled=scripts)
    if scripts:
        well(page, "signing in")
    page.get_by_label("Din e-postadress").fill(email)
    page.get_by_role("button", name="Skicka koden").click()
    code = code_for(product, screens, email)
    page.get_by_label("Koden ur mejlet").fill(f"{(int(code) + 1) % 1_000_000:06d}")
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("alert")).to_contain_text("2 försök kvar")
    if scripts:
        well(page, "a wrong code")
    page.get_by_label("Koden ur mejlet").fill(code)
    page.get_by_role("button", name="Logga in").click()
    expect(page).to_have_url(f"{product.base}/")
    return page


def code_for(product: Running, screens: Screens, email: str) -> str:
    """The digits of the latest letter to that address in the demo's inbox."""
    inbox = screens.open(f"{product.base}/inbox/", COMPUTER)
    letter = inbox.get_by_role("listitem").filter(has_text=f"till {email}").first.inner_text()
    found = re.search(r"^\d{6}$", letter, re.MULTILINE)
    assert found, letter
    return found[0]


def test_the_narrowest_phone(product: Running, screens: Screens) -> None:
    page = screens.open(f"{product.base}/sign-in/", NARROW)
    well(page, "signing in on 320")
    page.get_by_label("Din e-postadress").fill("nobody@fabela.example")
    page.get_by_role("button", name="Skicka koden").click()
    page.get_by_label("Koden ur mejlet").fill("820391")
    well(page, "six digits on 320")
