"""Planning a day on real screens: by keyboard alone, by mouse, by two people at once, without contact and without scripts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, Screens, accessible, well
from tests.running import Running

pytestmark = pytest.mark.journey
SAVED = re.compile(r"^Sparat \d\d\.\d\d$")
MEETING = "[data-row][data-part-of=meeting]"
ORDER = "slots => slots.map(slot => slot.dataset.row.replace('block-', ''))"


def plan(product: Running, screens: Screens, kind: dict[str, Any] = COMPUTER, **options: Any) -> Page:
    """A new programme's first gathering, at 13 on a day to come."""
    page = screens.open(f"{product.base}/", kind, **options)
    form = page.locator('form:has(input[value="larandetraff.sv"])')
    form.locator("[name=day]").fill("2030-04-16")
    form.get_by_role("button").click()
    expect(page.locator("[data-span]")).to_have_text("13.00–15.30")
    return page


def row(page: Page, key: int | str) -> Locator:
    return page.locator(f"#row-block-{key}")


def field(page: Page, key: int | str, name: str) -> Locator:
    return row(page, key).locator(f"[name={name}]")


def order(page: Page) -> list[str]:
    """Of the meeting's blocks."""
    found: list[str] = page.locator(MEETING).evaluate_all(ORDER)
    return found


def begins(page: Page) -> list[str]:
    return page.locator(f"{MEETING} [data-start]").all_inner_texts()


def saved(page: Page) -> None:
    expect(page.locator("[data-saving]")).to_have_text(SAVED)


def open_block(page: Page, key: int | str) -> None:
    row(page, key).locator("[data-open]").click()
    expect(page.locator(f"[data-key=block-{key}]")).to_be_visible()


def tab_to(page: Page, wanted: Locator) -> None:
    """As a hand on the keyboard does."""
    for _press in range(120):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"the keyboard does not come to {wanted}")


def test_the_keyboard_alone_plans_a_day(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    heard = page.locator("[data-said]")
    tab_to(page, field(page, 2, "minutes"))
    page.keyboard.press("Control+a")
    page.keyboard.type("1 h")
    page.keyboard.press("Enter")
    assert begins(page)[2] == "14.07"  # at once
    saved(page)
    expect(field(page, 2, "minutes")).to_have_value("60 min")

    tab_to(page, row(page, 4).locator("[data-lift]"))
    page.keyboard.press("Space")
    expect(heard).to_contain_text("Lyft: Perspektiv från två håll, plats 5 av 12, 14.32 till 14.52.")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(heard).to_have_text("Perspektiv från två håll, plats 3 av 12, 13.07 till 13.27.")
    accessible(page, "the planner with a lifted row")
    page.keyboard.press("Escape")
    expect(heard).to_have_text("Perspektiv från två håll är tillbaka på plats 5 av 12.")
    for key in ("Space", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    expect(heard).to_contain_text("Släppt: Perspektiv från två håll, plats 4 av 12")
    assert order(page)[:4] == ["1", "2", "4", "3"]
    saved(page)

    tab_to(page, page.get_by_role("button", name="Lägg till moment"))
    page.keyboard.press("Enter")
    expect(page.locator(MEETING)).to_have_count(11)
    expect(page.locator("[data-row] [name=title]:focus")).to_have_value("Nytt moment")
    page.keyboard.type("Bensträckare")
    page.keyboard.press("Enter")
    saved(page)
    expect(page.locator("#inspector [name=title]")).to_have_value("Bensträckare")
    page.reload()
    assert order(page)[:4] == ["1", "2", "4", "3"]
    expect(page.locator(f"{MEETING} [name=title]").last).to_have_value("Bensträckare")
    expect(page.locator("[data-span]")).to_have_text("13.00–16.12")


def test_a_row_is_dragged_into_the_lit_gap(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    page.set_viewport_size({"width": 1440, "height": 1600})  # both rows are in sight
    handle, target = row(page, 6).locator("[data-lift]").bounding_box(), row(page, 3).bounding_box()
    assert handle
    assert target
    page.mouse.move(handle["x"] + 12, handle["y"] + 20)
    page.mouse.down()
    page.mouse.move(handle["x"] + 12, handle["y"] - 20, steps=4)
    expect(page.locator(".slot.lifted")).to_have_attribute("data-row", "block-6")
    page.mouse.move(handle["x"] + 12, target["y"] + 4, steps=8)
    assert order(page)[:4] == ["1", "2", "6", "3"]
    assert begins(page)[2:4] == ["13.30", "13.45"]
    page.mouse.up()
    expect(page.locator(".slot.lifted")).to_have_count(0)
    saved(page)
    page.reload()
    assert order(page) == ["1", "2", "6", "3", "4", "5", "7", "8", "9", "10"]
    expect(page.locator("[data-span]")).to_have_text("13.00–15.30")  # the day is as long as before


def test_what_is_removed_comes_back(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    open_block(page, 5)
    page.get_by_role("button", name="Ta bort momentet").click()
    expect(page.locator(MEETING)).to_have_count(9)
    expect(page.locator("[data-span]")).to_have_text("13.00–15.00")
    page.locator("[data-toast-undo]").click()
    expect(page.locator(MEETING)).to_have_count(10)
    assert order(page) == [str(number) for number in range(1, 11)]
    expect(page.locator("[data-key=block-5]")).to_be_visible()


def test_two_people_in_one_field_both_see_both_texts(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("status of 409",)
    elin = plan(product, screens)
    tariq = screens.open(elin.url, COMPUTER)
    for page in (elin, tariq):
        open_block(page, 5)
    say = "#inspector [name=say]"
    elin.locator(say).fill("Elins manus")
    elin.locator(say).blur()
    saved(elin)
    tariq.locator(say).fill("Tariqs manus")
    tariq.locator(say).blur()
    choice = tariq.locator(".other")
    expect(choice.locator("[data-yours]")).to_have_text("Tariqs manus")
    expect(choice.locator("[data-theirs]")).to_have_text("Elins manus")
    expect(tariq.locator("[data-saving]")).to_have_text("Inte sparat")
    accessible(tariq, "two texts to choose from")
    field(tariq, 5, "responsible").fill("Tariq")  # another field of the same block is nobody else's business
    field(tariq, 5, "responsible").press("Enter")
    expect(field(elin, 5, "responsible")).to_have_value("Samtalsledare")
    tariq.get_by_role("button", name="Behåll mitt").click()
    saved(tariq)
    expect(choice).to_have_count(0)
    elin.locator(say).fill("Elin igen")
    elin.locator(say).blur()
    elin.get_by_role("button", name="Ta det andra").click()
    expect(elin.locator(say)).to_have_value("Tariqs manus")
    elin.reload()
    expect(elin.locator(say)).to_have_value("Tariqs manus")
    expect(field(elin, 5, "responsible")).to_have_value("Tariq")


def test_what_is_written_without_contact_is_kept_and_sent(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("ERR_INTERNET_DISCONNECTED",)
    page = plan(product, screens)
    page.context.set_offline(True)
    field(page, 3, "minutes").fill("40")
    field(page, 3, "minutes").blur()
    field(page, 3, "title").fill("Inspiration i lugn takt")
    field(page, 3, "title").blur()
    expect(page.locator("[data-saving]")).to_have_text("Väntar · 2 ändringar")
    assert begins(page)[3] == "14.10"
    page.context.set_offline(False)
    saved(page)
    page.reload()
    expect(field(page, 3, "title")).to_have_value("Inspiration i lugn takt")
    expect(field(page, 3, "minutes")).to_have_value("40 min")


def test_what_waits_when_the_page_is_left_is_sent_when_one_comes_back(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("ERR_FAILED",)
    page = plan(product, screens)
    page.on("dialog", lambda dialog: dialog.accept())  # the browser asks whether to leave what is not saved
    page.route("**/blocks/*", lambda route: route.abort())
    open_block(page, 5)
    page.locator("#inspector [name=say]").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("Mitt manus")
    expect(page.locator("#inspector [name=say]")).to_have_value("Mitt manus")
    page.reload()  # while the field is still being written in
    expect(page.locator("#inspector [name=say]")).to_have_value("Mitt manus")
    expect(page.locator("[data-saving]")).to_have_text("Väntar · 1 ändring")
    page.unroute("**/blocks/*")
    saved(page)
    other = screens.open(f"{page.url}", COMPUTER)
    expect(other.locator("#inspector [name=say]")).to_have_value("Mitt manus")


def test_what_cannot_be_saved_is_told_at_the_field(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("status of 400",)
    page = plan(product, screens)
    field(page, 4, "minutes").fill("en stund")
    field(page, 4, "minutes").blur()
    expect(row(page, 4).locator(".err")).to_contain_text("hela minuter")
    expect(page.locator("[data-saving]")).to_have_text("Inte sparat")
    accessible(page, "a length that is none")
    field(page, 4, "minutes").fill("25")
    field(page, 4, "minutes").blur()
    expect(row(page, 4).locator(".err")).to_have_count(0)
    saved(page)


def test_a_block_is_given_an_exercise_and_prepared(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("status of 400",)
    page = plan(product, screens)
    open_block(page, 8)
    page.get_by_label("Välj en övning").select_option("words:")
    page.get_by_role("button", name="Lägg till övning").click()
    editor = page.locator("form.editor")
    question = editor.locator("textarea, input.input").first
    kept = question.input_value()
    question.fill("")
    page.get_by_role("button", name="Spara övningen").click()
    expect(page.locator(".problems")).to_be_focused()
    accessible(page, "an exercise that is not ready")
    expect(page.get_by_role("link", name="Övningar (8)")).to_be_visible()
    question.fill("Vad gnisslar?")
    page.get_by_role("button", name="Spara övningen").click()
    expect(page.locator(".problems")).to_have_count(0)
    saved(page)
    page.reload()
    expect(question).to_have_value("Vad gnisslar?")
    assert kept != "Vad gnisslar?"
    page.get_by_role("button", name="Ta bort övningen").click()
    expect(editor).to_have_count(0)


@pytest.mark.parametrize("has_heard", [False, True], ids=["when one saves", "before one writes"])
def test_an_opened_room_is_told_while_one_writes(product: Running, screens: Screens, has_heard: bool) -> None:
    screens.watch.expected = ("status of 409",)
    page = plan(product, screens)
    other = screens.open(page.url, COMPUTER)
    other.get_by_role("button", name="Öppna rummet").click()
    well(other, "asked before a room is opened years ahead")
    other.get_by_role("button", name="Öppna redan nu").click()
    expect(other.locator("[data-cell=stage]")).to_be_visible()
    if has_heard:
        expect(page.get_by_role("alert")).to_contain_text("egen kopia av körschemat")
    field(page, 1, "title").fill("Nytt namn")
    field(page, 1, "title").blur()
    expect(page.get_by_role("alert")).to_contain_text("egen kopia av körschemat")
    expect(page.locator("[data-saving]")).to_have_text("Inte sparat")
    expect(field(page, 1, "title")).to_have_value("Nytt namn")  # to copy
    page.reload()
    expect(page.get_by_role("link", name="Styr från cockpiten")).to_be_visible()
    well(page, "the plan of an opened room")
    row(page, 5).locator(".t").click(position={"x": 2, "y": 2}, force=True)  # anywhere in the row
    expect(page.locator("#inspector h2")).to_have_text(row(page, 5).locator(".n").inner_text())


@pytest.mark.parametrize("kind", [COMPUTER, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("language", ["sv-SE", "en-GB"])
def test_the_planner_with_its_inspector_is_sound(product: Running, screens: Screens, kind: dict[str, Any], language: str) -> None:
    address = plan(product, screens).url
    page = screens.open(f"{address}?block=block-7", kind, locale=language)
    expect(page.locator("[data-key=block-7]")).to_be_visible()
    page.locator("details.icons summary").click()
    well(page, f"the planner in {language} at {kind['viewport']['width']} px")
    for view in ("?view=agenda", "?view=exercises", ""):
        page.goto(address + view)
        well(page, f"the planner{view} in {language} at {kind['viewport']['width']} px")


def test_without_scripts_everything_goes_by_forms(product: Running, screens: Screens) -> None:
    page = plan(product, screens, java_script_enabled=False)
    address = page.url
    field(page, 2, "minutes").fill("40")
    row(page, 2).get_by_role("button", name="Spara").click()
    expect(page.locator("[data-span]")).to_have_text("13.00–15.47")
    saved(page)
    page.get_by_label("Flytta till").select_option("sist")
    page.get_by_role("button", name="Flytta", exact=True).click()
    expect(page.locator(MEETING).last).to_have_attribute("data-row", "block-2")
    page.get_by_role("button", name="Lägg till moment").click()
    expect(page.locator(MEETING)).to_have_count(11)
    page.get_by_role("button", name="Ta bort momentet").click()
    page.get_by_role("button", name="Ångra").click()
    expect(page.locator(MEETING)).to_have_count(11)
    page.goto(f"{address}?block=block-1")
    page.get_by_label("Säg").fill("Hej och välkomna")
    page.locator(".ins-form").get_by_role("button", name="Spara").click()
    expect(page.get_by_label("Säg")).to_have_value("Hej och välkomna")
