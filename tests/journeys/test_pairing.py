"""The computer in the hall shows a code; the cockpit lets it show the room, and it follows."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import find_rating
from tests.journeys.browsing import COMPUTER, PHONE, WALL, Screens, well
from tests.running import Running

pytestmark = pytest.mark.journey


def shown_code(wall: Page) -> str:
    shown = wall.locator("[data-pairing-code]")
    expect(shown).to_have_text(re.compile(r"^\d{3} \d{3}$"))
    return shown.inner_text()


def type_code(cockpit: Page, code: str) -> None:
    field = cockpit.get_by_label("Koden på duken")
    if not field.is_visible():
        cockpit.locator(".pair summary").click()
    field.fill(code)
    cockpit.get_by_role("button", name="Koppla", exact=True).click()


@pytest.mark.parametrize("kind", [COMPUTER, PHONE], ids=["desk", "phone"])
def test_the_wall_follows_the_room_once_its_code_is_typed(
    product: Running, crew: Holder, screens: Screens, kind: dict[str, object]
) -> None:
    crew.act("go", to="lobby")
    wall = screens.open(f"{product.base}/projector", WALL)
    code = shown_code(wall)
    well(wall, "the wall that waits")
    cockpit = screens.open(product.cockpit, kind)
    if kind is PHONE:
        cockpit.locator(".places label", has_text="Rummet").click()
    type_code(cockpit, f"{(int(code.replace(' ', '')) + 1) % 10**6:06d}")
    expect(cockpit.get_by_text("Ingen duk visar den koden")).to_be_visible()
    type_code(cockpit, code)
    expect(cockpit.get_by_text("Duken är kopplad.")).to_be_visible()
    expect(cockpit).to_have_url(f"{product.base}/rooms/{crew.room}/cockpit")
    if kind is COMPUTER:
        well(cockpit, "the cockpit that has paired")

    wall.wait_for_url(f"**/rooms/{crew.room}/screen")
    expect(wall.get_by_role("heading", name="Kliv in i rummet")).to_be_visible()
    find_rating(crew)
    expect(wall.locator(".statements, .pj-head h1").first).to_be_visible()
