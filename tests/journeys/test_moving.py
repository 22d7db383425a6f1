"""Moving to another phone: a link, and the same person there with all they gave."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conformance.client import API, Holder, post_json
from tests.conformance.conftest import find_rating, stage
from tests.journeys.browsing import NARROW, Screens, well
from tests.journeys.people import form, rate, saved, stone
from tests.running import Running

pytestmark = pytest.mark.journey
MADE_UP = "a" * 52


def to_the_door(crew: Holder) -> None:
    assert crew.act("go", to="lobby")["status"] == "stored"


def to_the_rating(crew: Holder) -> None:
    if (stage(crew)["now"] or {}).get("phase") != "rate":  # type: ignore[attr-defined]
        find_rating(crew)


def ticket_of(page: Page, base: str) -> str:
    """The participant's cookie; each browser here is in one room."""
    names = re.compile(r"(__Host-)?mr-[a-z2-7]{26}").fullmatch
    (ticket,) = [str(one["value"]) for one in page.context.cookies(base) if names(str(one["name"]))]
    return ticket


def person_of(product: Running, ticket: str) -> str:
    answer = post_json(product.base, f"{API}/join", {"code": product.code}, {"Authorization": f"Bearer {ticket}"})
    return str(answer.json["participant"])


def link_on(page: Page) -> str:
    page.get_by_text("Flytta till en annan telefon").click()
    link = page.locator("[data-move-link]")
    expect(link).to_contain_text("#t=")
    return link.inner_text()


def test_the_link_opens_as_the_same_person_with_their_answers(product: Running, crew: Holder, screens: Screens) -> None:
    to_the_rating(crew)
    old = screens.open(product.phone)
    rate(old, "notice", "me", 4)
    saved(old)
    expect(old.locator("[data-move]")).to_be_hidden()

    to_the_door(crew)
    old.get_by_role("button", name="Gå dit rummet är").click()
    expect(old.get_by_role("heading", name="Du är inne")).to_be_visible()
    link = link_on(old)
    expect(old.locator("[data-move]")).to_contain_text("Den som har länken är du här.")
    well(old, "phone that shows its link")

    new = screens.open(link, NARROW)
    expect(new.get_by_role("heading", name="Du är inne")).to_be_visible()
    assert new.url == link.partition("#")[0]
    assert ticket_of(new, product.base) == ticket_of(old, product.base)
    assert not new.evaluate("Object.keys(localStorage).length")
    well(new, "phone that was moved to")

    to_the_rating(crew)
    expect(stone(new, "notice", "me", 4)).to_be_checked()
    rate(new, "notice", "me", 2)
    saved(new)
    expect(form(old)).to_be_visible()
    expect(old.locator("[data-move]")).to_be_hidden()
    assert old.locator("[data-move-link]").text_content() == ""
    rate(old, "notice", "together", 3)  # the old phone goes on as the same person
    saved(old)
    old.reload()
    expect(stone(old, "notice", "me", 2)).to_be_checked()


@pytest.mark.parametrize("token", [MADE_UP, "%C3%A5%0A", ""])
def test_a_made_up_link_comes_in_as_somebody_new(product: Running, crew: Holder, screens: Screens, token: str) -> None:
    to_the_rating(crew)
    page = screens.open(f"{product.base}/r/{product.code}#t={token}")
    expect(form(page)).to_be_visible()
    assert page.url == f"{product.base}/r/{product.code}"
    assert person_of(product, ticket_of(page, product.base))


def test_a_link_in_a_page_that_is_here_already_moves_it_and_a_made_up_one_does_not(
    product: Running, crew: Holder, screens: Screens
) -> None:
    to_the_door(crew)
    one, other = screens.open(product.phone), screens.open(product.phone)
    link = link_on(one)
    expect(other.get_by_role("heading", name="Du är inne")).to_be_visible()
    before = ticket_of(other, product.base)

    with other.expect_event("load"):
        other.evaluate("(token) => { location.hash = `t=${token}`; }", MADE_UP)
    assert ticket_of(other, product.base) == before
    expect(other.locator("[data-move]")).to_be_visible()

    with other.expect_event("load"):
        other.evaluate("(link) => { location.hash = new URL(link).hash; }", link)
    assert ticket_of(other, product.base) == ticket_of(one, product.base) != before
    assert "#" not in other.url
