"""A table notes: two lines and a photo without contact, then the cockpit and the documentation have them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from mellanrum.core.tests.picture_cases import SECRET, told_all
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.journeys.browsing import COMPUTER, NARROW, Screens, Watch, well
from tests.journeys.people import saved, waits
from tests.running import Running, start_demo

pytestmark = pytest.mark.journey
LINES = ("Gruset blev lättare att ta bort när vi gav det ett namn.", "Mandatet måste gälla mellan förvaltningarna, inte i dem.")
WITHOUT_CONTACT = ("ERR_INTERNET_DISCONNECTED",)


@pytest.fixture
def meeting(tmp_path: Path, browser: Browser) -> Iterator[tuple[Running, Screens]]:
    running = start_demo(tmp_path / "data")
    find_rating(crew_of(running))
    screens = Screens(browser, Watch(running.base, expected=WITHOUT_CONTACT))
    yield running, screens
    screens.close()
    running.stop()
    assert (screens.watch.strangers, screens.watch.complaints) == ([], [])
    assert "Traceback" not in running.output


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "papper.jpg"
    path.write_bytes(told_all())
    return path


def link(cockpit: Page, number: int) -> str:
    cockpit.get_by_role("link", name="Bordstelefon").click()
    cockpit.get_by_label("Bordets nummer").fill(str(number))
    cockpit.get_by_label("Hur många sitter vid bordet?").fill("5")
    cockpit.locator(".invite button").click()
    made = cockpit.get_by_label("Länken").input_value()
    cockpit.get_by_role("link", name="Prova på").click()
    return made


def write(phone: Page, text: str) -> None:
    phone.get_by_label("En rad om det ni säger").fill(text)
    phone.get_by_role("button", name="Spara rad").click()
    expect(phone.get_by_label("En rad om det ni säger")).to_have_value("")


def stored(phone: Page) -> list[str]:
    return phone.locator(".lines:not(.waiting) li > span").all_inner_texts()


def test_a_table_writes_without_contact_and_nothing_is_lost(meeting: tuple[Running, Screens], photo: Path) -> None:
    product, screens = meeting
    cockpit = screens.open(product.cockpit, COMPUTER)
    phone, other = screens.open(link(cockpit, 7)), screens.open(product.phone)
    expect(cockpit.locator(".table-rows")).to_contain_text("inte börjat")
    expect(phone.get_by_role("heading", name="Anteckna för bord 7")).to_be_visible()
    well(phone, "a table's phone")
    phone.context.set_offline(True)
    for text in LINES:
        write(phone, text)
    waits(phone, 2)
    expect(phone.locator("[data-waiting-lines] li")).to_have_text(LINES)
    phone.get_by_label("En rad om det ni säger").fill("Vårt papper")
    phone.locator("[data-photo]").set_input_files(photo)
    expect(phone.locator("[data-photo-told]")).to_have_text("Fotot skickas när nätet är tillbaka.")
    phone.context.set_offline(False)
    saved(phone)
    expect(phone.locator(".lines img")).to_have_count(1)
    assert stored(phone) == [*LINES, "Vårt papper"]
    seen_by_crew_and_in_the_documentation(product, cockpit)
    assert "Anteckna" not in other.content()
    assert not [name for name in (product.data / "pictures").iterdir() if SECRET in name.read_bytes()]


def seen_by_crew_and_in_the_documentation(product: Running, cockpit: Page) -> None:
    expect(cockpit.locator(".notes .texts li")).to_have_count(3)
    expect(cockpit.locator(".table-rows")).to_contain_text("2 rader, foto")
    cockpit.get_by_role("button", name=f"Ta vidare: {LINES[0][:20]}").click()
    expect(cockpit.get_by_role("button", name=f"Ta vidare: {LINES[0][:20]}")).to_have_attribute("aria-pressed", "true")
    well(cockpit, "the cockpit with notes")
    cockpit.get_by_role("link", name="Dokumentation").click()
    expect(cockpit.locator(".passage", has_text="Att ta vidare från")).to_contain_text(LINES[0])
    notes = cockpit.locator(".passage", has_text="Anteckningar från")
    expect(notes).to_contain_text(LINES[1])
    picture = notes.get_by_role("img", name="Vårt papper")
    picture.scroll_into_view_if_needed()
    cockpit.wait_for_function("(image) => image.complete && image.naturalWidth === 40", arg=picture.element_handle())
    well(cockpit, "documentation with notes")


def test_what_is_not_sent_survives_a_reload_and_a_line_can_be_taken_back(meeting: tuple[Running, Screens]) -> None:
    product, screens = meeting
    phone = screens.open(link(screens.open(product.cockpit, COMPUTER), 3), NARROW)
    write(phone, LINES[0])
    saved(phone)
    phone.get_by_label("En rad om det ni säger").fill("Halva tanken")
    phone.reload()
    expect(phone.get_by_label("En rad om det ni säger")).to_have_value("Halva tanken")
    phone.get_by_label("En rad om det ni säger").fill("")
    expect(phone.locator(".lines:not(.waiting) li")).to_have_count(1)
    phone.get_by_role("button", name="Ta bort").click()
    expect(phone.get_by_label("En rad om det ni säger")).to_have_value(LINES[0])
    expect(phone.locator(".lines:not(.waiting)")).to_have_count(0)
    phone.get_by_role("button", name="Vi är klara").click()
    expect(phone.get_by_role("button", name="Bordet är klart")).to_be_visible()
    well(phone, "a table's narrow phone")


def test_crew_photographs_from_the_cockpit(meeting: tuple[Running, Screens], photo: Path) -> None:
    product, screens = meeting
    cockpit = screens.open(product.cockpit, COMPUTER)
    screens.watch.expected = ("422",)
    cockpit.locator("[data-photo]").set_input_files({"name": "x.jpg", "mimeType": "image/jpeg", "buffer": b"<svg></svg>"})
    expect(cockpit.locator("[data-photo-told]")).to_contain_text("SVG")
    cockpit.get_by_label("Anteckna det som sägs").fill("Blädderblocket")
    cockpit.locator("[data-photo]").set_input_files(photo)
    expect(cockpit.locator(".notes .texts img")).to_have_attribute("alt", "Blädderblocket")
    expect(cockpit.get_by_label("Anteckna det som sägs")).to_have_value("")
