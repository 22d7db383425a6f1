"""A table talk: two phones at one table, one pen that changes hands, the cockpit, the wall and the documentation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, WALL, Screens, Watch, well
from tests.journeys.people import press, saved
from tests.running import Running, start_demo

pytestmark = pytest.mark.journey
BOX = "Det här kom vi fram till"
FIRST, SECOND = "Mandatet måste gälla mellan förvaltningarna.", "Och någon måste våga fråga."


@pytest.fixture
def talk(tmp_path: Path, browser: Browser) -> Iterator[tuple[Running, Screens]]:
    running = start_demo(tmp_path / "data", arguments=("--exercise", "discussion"))
    screens = Screens(browser, Watch(running.base))
    yield running, screens
    screens.close()
    running.stop()
    assert (screens.watch.strangers, screens.watch.complaints) == ([], [])
    assert "Traceback" not in running.output


def sit(phone: Page, table: int) -> None:
    phone.locator(".stones-pick label", has_text=re.compile(rf"^{table}$")).click()
    expect(phone.locator("[data-seat]")).to_contain_text(f"Bord {table}")
    saved(phone)


def pen(phone: Page, button: str) -> None:
    phone.get_by_role("button", name=button, exact=True).click()


def write(phone: Page, text: str) -> None:
    phone.get_by_label(BOX).fill(text)
    phone.get_by_label(BOX).blur()
    expect(phone.locator("[data-field=box] [data-is]")).to_have_text(re.compile(r"^Sparat \d\d[:.]\d\d$"))


def onwards(cockpit: Page, phones: tuple[Page, ...], place: str) -> None:
    press(cockpit, "next")
    for phone in phones:
        expect(phone.locator(f".talks[data-phase={place}]")).to_be_visible()


def test_one_table_writes_one_sheet_with_one_pen(talk: tuple[Running, Screens]) -> None:
    product, screens = talk
    cockpit, wall = screens.open(product.cockpit, COMPUTER), screens.open(product.projector, WALL)
    asta, bo, other = screens.open(product.phone), screens.open(product.phone, NARROW), screens.open(product.phone)
    for phone, table in ((asta, 4), (bo, 4), (other, 5)):
        sit(phone, table)
    expect(wall.locator(".table-stones li").nth(3)).to_contain_text("2 personer")
    well(asta, "choosing a table")
    onwards(cockpit, (asta, bo, other), "talk")
    expect(wall.locator("h1")).to_have_text("Vad hörde vi?")
    one_pen(asta, bo)
    expect(other.get_by_label(BOX)).to_have_value("")
    expect(cockpit.locator(".crew-tables > li").nth(3)).to_contain_text("har text")
    expect(cockpit.locator(".crew-tables > li").nth(4)).to_contain_text("inget än")
    cockpit.get_by_role("button", name="2. Vad väcker det hos oss?").click()
    for page in (wall, asta, other):
        expect(page.locator("main [data-cell^=exercise] h1, .screen h1")).to_have_text("Vad väcker det hos oss?")
    assert FIRST not in wall.content()
    for page, where in ((asta, "a sheet"), (bo, "a sheet on a narrow phone"), (cockpit, "tables in the cockpit")):
        well(page, where)
    read_aloud(cockpit, wall)


def one_pen(asta: Page, bo: Page) -> None:
    pen(asta, "Ta pennan")
    write(asta, FIRST)
    expect(bo.get_by_label(BOX)).to_have_value(FIRST)
    expect(bo.get_by_label(BOX)).not_to_be_editable()
    pen(bo, "Be om pennan")
    expect(asta.locator("[data-pen-says]")).to_have_text("Någon vid bordet vill skriva.")
    pen(asta, "Lämna över pennan")
    expect(bo.get_by_label(BOX)).to_be_editable()
    write(bo, f"{FIRST} {SECOND}")
    expect(asta.get_by_label(BOX)).to_have_value(f"{FIRST} {SECOND}")
    expect(asta.get_by_label(BOX)).not_to_be_editable()
    too_much(bo)


def too_much(phone: Page) -> None:
    """Fifty thousand characters stay where they were written, over a reload too, and the page says what to do."""
    title = phone.get_by_label("Rubrik")
    title.fill("x" * 50_000)
    title.blur()
    said = phone.locator("[data-field=title] [data-is]")
    expect(said).to_contain_text("Korta ned den")
    phone.reload()
    expect(title).to_have_value("x" * 50_000)
    expect(said).to_contain_text("Korta ned den")
    title.fill("När chefen byts ut mitt i")
    title.blur()
    expect(said).to_contain_text("Sparat")


def read_aloud(cockpit: Page, wall: Page) -> None:
    press(cockpit, "next")
    expect(wall.locator("h1")).to_have_text("När chefen byts ut mitt i")
    expect(wall.locator(".sheet-body")).to_contain_text(SECOND)
    well(wall, "a sheet on the wall")
    cockpit.get_by_role("link", name="Dokumentation").click()
    sheet = cockpit.locator(".passage", has_text="När chefen byts ut mitt i").last
    expect(sheet).to_contain_text(SECOND)
