"""A deck of one's own: brought as files, named, used in a block, and chosen from on a phone while the wall shows it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from mellanrum.core.tests.picture_cases import SVG, landscape, saved, told_all
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, WALL, Screens, well
from tests.journeys.people import press
from tests.journeys.people import saved as is_saved
from tests.running import Running

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # from the files to the documentation
NAMES = ("Strand i dimma", "Stängd kiosk", "Trappa utan räcke")


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three pictures and a drawing with a program in it."""
    contents = {"a.jpg": told_all(), "b.png": saved(landscape(800, 600)), "c.webp": saved(landscape(600, 800), "WEBP"), "ritning.svg": SVG}
    for name, content in contents.items():
        (tmp_path / name).write_bytes(content)
    return [tmp_path / name for name in contents]


def test_a_deck_goes_from_files_to_the_documentation(product: Running, screens: Screens, files: list[Path]) -> None:
    page = screens.open(product.base + "/", COMPUTER)
    page.locator('form:has(input[value="larandetraff.sv"]) button').click()
    page.wait_for_url("**/gatherings/*")
    gathering = page.url
    make(page, product)
    bring(page, files)
    look(screens, page.url.partition("?")[0])
    page.get_by_role("button", name="Använd leken här").click()
    expect(page.get_by_role("status")).to_have_text("Momentets bilder är bytta.")
    choose(page, screens, product, gathering)


def make(page: Page, product: Running) -> None:
    page.goto(product.base + "/")
    page.get_by_role("link", name="egna bildlekar").first.click()
    well(page, "decks, none yet")
    page.get_by_label("Lekens namn").fill("Våra platser")
    page.get_by_label("Vem har gjort bilderna?").fill("Fabelå bildgrupp")
    page.get_by_label("Vad får göras med dem?").select_option("cc-by")
    page.get_by_role("button", name="Gör leken").click()
    expect(page.get_by_role("heading", name="Våra platser")).to_be_visible()
    well(page, "deck, empty")


def bring(page: Page, files: list[Path]) -> None:
    page.get_by_label("Lägg in bilder").set_input_files(files)
    page.get_by_role("button", name="Lägg in", exact=True).click()
    told = page.get_by_role("alert")
    expect(told).to_contain_text("3 bilder är inlagda. En fil gick inte att ta emot:")
    expect(told).to_contain_text("ritning.svg SVG är en teckning")
    well(page, "deck, a file refused")
    for number, name in enumerate(NAMES, 1):
        page.get_by_label(f"Vad visar bild {number}?").fill(name)
    page.get_by_label("Vad visar bild 3?").press("Enter")
    expect(page.get_by_role("status")).to_have_text("Namnen är sparade.")
    expect(page.get_by_role("img", name=NAMES[0])).to_be_visible()


def look(screens: Screens, deck: str) -> None:
    kinds: dict[str, dict[str, Any]] = {"phone": PHONE, "narrow": NARROW, "dark": COMPUTER | {"color_scheme": "dark"}}
    for name, kind in kinds.items():
        for address in (deck, deck.rpartition("/")[0]):
            page = screens.open(address, kind)
            expect(page.locator("h1")).to_be_visible()
            well(page, f"{address} {name}")


def choose(page: Page, screens: Screens, product: Running, gathering: str) -> None:
    page.goto(gathering)
    page.get_by_role("button", name="Öppna rummet").click()
    expect(page.locator('[data-act="next"]:visible').first).to_be_visible()
    room = page.url.rpartition("/")[0]
    beside = screens.open(gathering, COMPUTER)
    code = re.sub(r"\D", "", beside.locator(".room-code b").inner_text())
    phone, wall = screens.open(f"{product.base}/r/{code}"), screens.open(f"{room}/projector", WALL)
    expect(phone.get_by_role("heading", name="Du är inne")).to_be_visible()
    for _ in range(2):  # the opening, then the cards
        moved_by(page)
    expect(phone.get_by_role("heading", name="Välj en bild")).to_be_visible()
    for screen in (phone, wall):
        expect(screen.get_by_text("Bilder: Fabelå bildgrupp, CC BY 4.0.")).to_be_visible()
        expect(screen.locator(f'.deck img[alt="{NAMES[1]}"]')).to_have_js_property("complete", value=True)
        assert screen.locator(".deck img").evaluate_all("all => all.map(one => one.naturalWidth)") == [40, 640, 480]
        well(screen, "own deck")
    phone.locator("label.card").nth(1).click()
    is_saved(phone)
    moved_by(page)
    expect(phone.locator(f'.own-card img[alt="{NAMES[1]}"]')).to_be_visible()
    share(phone, page, wall, gathering)


def share(phone: Page, cockpit: Page, wall: Page, gathering: str) -> None:
    phone.locator("details.share summary").click()
    phone.get_by_label("Din tanke").fill("Luckan är stängd, lampan är tänd.")
    phone.get_by_role("button", name="Dela med rummet").click()
    is_saved(phone)
    for _ in range(3):
        moved_by(cockpit)
    expect(wall.locator(f'.thoughts img[alt="{NAMES[1]}"]')).to_be_visible()
    cockpit.goto(f"{gathering}/documentation")
    expect(cockpit.get_by_text("Bilder: Fabelå bildgrupp, CC BY 4.0.")).to_be_visible()
    well(cockpit, "documentation with an own picture")


def moved_by(cockpit: Page) -> None:
    """One press of next, and the cockpit stands elsewhere: its button names the step it leads on from."""
    following = cockpit.locator('[data-act="next"]:visible').first
    here = following.get_attribute("data-act-data") or ""
    press(cockpit, "next")
    expect(following).not_to_have_attribute("data-act-data", here)
