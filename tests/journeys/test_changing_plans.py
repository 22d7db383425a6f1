"""Changing a plan with few hands on real screens: copies, halves, undo."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, Screens, accessible, well
from tests.journeys.test_planning import field, open_block, order, plan, row, saved
from tests.running import Running

pytestmark = pytest.mark.journey


def undo(page: Page) -> None:
    page.keyboard.press("Control+z")


def test_blocks_are_copied_divided_and_joined_and_everything_is_undone(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    heard, button = page.locator("[data-said]"), page.locator("[data-undo-last]")
    expect(button).to_be_hidden()
    row(page, 2).locator("[data-lift]").focus()
    page.keyboard.press("s")
    expect(heard).to_have_text("”Incheckning med bilder” är delat: 12 min och 11 min.")
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(11)
    expect(button).to_contain_text("Ångra delningen av ”Incheckning med bilder”")
    expect(row(page, 2).locator("[data-lift]")).to_be_focused()
    page.keyboard.press("j")
    expect(heard).to_have_text("Ihopslaget: ”Incheckning med bilder”, 23 min.")
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(10)
    open_block(page, 5)
    page.get_by_role("button", name="Duplicera").click()
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(11)
    expect(page.locator("#inspector [name=title]")).to_have_value(field(page, 5, "title").input_value())
    field(page, 3, "minutes").fill("40")
    field(page, 3, "minutes").press("Enter")
    saved(page)
    expect(button).to_contain_text("ändringen av ”Inspiration från forskningen”")
    accessible(page, "the planner with something to undo")
    page.locator("[data-lift]").first.focus()
    for _change in range(4):
        undo(page)
    expect(button).to_be_hidden()
    expect(field(page, 3, "minutes")).to_have_value("25 min")
    expect(heard).to_have_text("Ångrat: delningen av ”Incheckning med bilder”.")
    assert order(page) == [str(number) for number in range(1, 11)]
    page.reload()
    assert order(page) == [str(number) for number in range(1, 11)]
    expect(page.locator("[data-span]")).to_have_text("13.00–15.30")


def test_undo_lives_through_a_reload_and_leaves_letters_being_written_to_the_field(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    open_block(page, 4)
    page.get_by_role("button", name="Ta bort momentet").click()
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(9)
    page.reload()
    title = field(page, 1, "title")
    title.focus()
    page.keyboard.press("End")
    page.keyboard.type("x")
    undo(page)  # the letter, not the row
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(9)
    page.keyboard.press("Tab")
    page.locator("[data-undo-last]").click()
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(10)
    expect(page.locator("[data-key=block-4]")).to_be_visible()


def test_rows_are_marked_and_changed_together(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    bar, heard = page.locator("[data-marking]"), page.locator("[data-said]")
    row(page, 2).locator(".t").click(modifiers=["Shift"])
    row(page, 4).locator(".t").click(modifiers=["Shift"])
    expect(heard).to_contain_text("3 markerade")
    row(page, 3).locator(".t").click(modifiers=["Control"])
    expect(heard).to_contain_text("2 markerade")
    accessible(page, "marked rows")
    bar.get_by_text("Ansvarig", exact=True).click()
    page.get_by_label("Ansvarig för alla markerade").fill("Tariq")
    bar.get_by_role("button", name="Sätt").locator("visible=true").click()
    expect(heard).to_have_text("Ansvarig är satt för 2 moment.")
    expect(field(page, 4, "responsible")).to_have_value("Tariq")
    bar.get_by_role("button", name="Upp").click()
    expect(heard).to_have_text("Flyttade: 2 moment.")
    assert order(page)[:4] == ["2", "4", "1", "3"]
    expect(row(page, 4).locator("[data-mark]")).to_be_checked()
    bar.get_by_role("button", name="Ta bort").click()
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(8)
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    for _change in range(3):
        undo(page)
    expect(page.locator("[data-undo-last]")).to_be_hidden()
    assert order(page) == [str(number) for number in range(1, 11)]
    expect(field(page, 4, "responsible")).not_to_have_value("Tariq")


def test_marking_by_keyboard_and_by_touch(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    page.get_by_role("button", name="Markera flera").click()
    page.get_by_role("checkbox", name="Markera Inspiration från forskningen").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Shift+ArrowDown")
    expect(page.locator("[data-said]")).to_contain_text("2 markerade")
    page.get_by_role("button", name="Fem minuter kortare").click()
    expect(page.locator("[data-said]")).to_have_text("Längden är ändrad för 2 moment.")
    expect(page.locator("[data-span]")).to_have_text("13.00–15.20")
    page.get_by_role("button", name="Klar").click()
    expect(page.locator("[data-mark]")).to_have_count(0)
    expect(page.get_by_role("button", name="Markera flera")).to_be_focused()


@pytest.mark.parametrize("kind", [COMPUTER, NARROW], ids=["wide", "narrow"])
def test_the_pages_of_blocks_and_of_the_spreadsheet_are_sound(product: Running, screens: Screens, kind: dict[str, Any]) -> None:
    address = plan(product, screens).url
    page = screens.open(f"{address}?block=block-3", kind)
    page.get_by_role("button", name="Spara som byggsten").click()
    expect(page.get_by_role("heading", name="Hämta moment")).to_be_visible()
    well(page, f"blocks to take at {kind['viewport']['width']} px")
    page.get_by_role("checkbox", name="Inspiration från forskningen").check()
    page.get_by_role("button", name="Lägg till de valda").click()
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(11)
    expect(page.locator("[data-undo-last]")).to_be_visible()  # the page before this one did it, and it can be undone here
    undo(page)
    expect(page.locator("[data-row][data-part-of=meeting]")).to_have_count(10)
    page.goto(f"{address}/table")
    file: Any = {"name": "plan.csv", "mimeType": "text/csv", "buffer": b"Moment;Minuter\nKaffe;tio\n"}
    page.get_by_label("Fil att läsa in").set_input_files(file)
    page.get_by_role("button", name="Visa vad som står i filen").click()
    expect(page.locator(".read-rows .err")).to_contain_text("hela minuter")
    well(page, f"a spreadsheet with a problem at {kind['viewport']['width']} px")
