"""From the run sheet to the documentation: cockpit, projector, and phones of which one is offline, one reloads, one has no JavaScript."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import stage
from tests.journeys.browsing import COMPUTER, WALL, Screens, Watch, well
from tests.journeys.people import form, on, press, rate, saved, simulate, stone, waits
from tests.running import Running, poll

SECRET = "Den här meningen ska ingen annan läsa 4711"
SIMULATED = 6

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # a whole meeting


@dataclass
class Room:
    cockpit: Page
    wall: Page
    steady: Page
    offline: Page
    reloading: Page
    plain: Page


def test_one_rating_from_the_run_sheet_to_the_documentation(product: Running, crew: Holder, screens: Screens) -> None:
    crew.act("go", to="lobby")  # the demo stands in the middle of its run sheet; a meeting begins at the door
    room = come_in(product, screens)
    begin(room, crew)
    answer(room, screens.watch)
    exercise = str(stage(crew)["now"]["exercise"])  # type: ignore[index]
    simulate(product, exercise, [{("notice", "me"): 5, ("talk", "together"): 2}] * SIMULATED)
    hide_the_secret(room, crew, exercise)
    reveal(room, crew, exercise)
    close(room)
    read_the_documentation(room, product, screens)


def come_in(product: Running, screens: Screens) -> Room:
    cockpit, wall = screens.open(product.cockpit, COMPUTER), screens.open(product.projector, WALL)
    phones = [screens.open(product.phone) for _ in range(3)]
    plain = screens.open(f"{product.base}/r/{product.code}/plain", java_script_enabled=False)
    plain.get_by_role("button", name="Gå in").click()
    expect(wall.locator("body")).to_contain_text(re.compile(rf"{product.code[:4]}\s*{product.code[4:]}"))
    for phone in phones:
        expect(phone.get_by_role("heading", name="Du är inne")).to_be_visible()
        saved(phone)
    well(cockpit, "cockpit before the start")
    well(wall, "projector before the start")
    well(phones[0], "phone before the start")
    return Room(cockpit, wall, phones[0], phones[1], phones[2], plain)


def begin(room: Room, crew: Holder) -> None:
    """The crew presses next until the phones may rate."""
    for _ in range(10):
        now = stage(crew)["now"]
        if isinstance(now, dict) and now.get("phase") == "rate":
            break
        press(room.cockpit, "next")
        poll(partial(has_moved, crew, now), what="the room moved on")
    for phone in (room.steady, room.offline, room.reloading):
        expect(form(phone)).to_be_visible()
    room.plain.reload()
    expect(form(room.plain)).to_be_visible()
    well(room.cockpit, "cockpit while phones rate")
    well(room.wall, "projector while phones rate")
    well(room.steady, "phone that rates")


def has_moved(crew: Holder, before: object) -> bool:
    return stage(crew)["now"] != before


def answer(room: Room, watch: Watch) -> None:
    rate(room.steady, "notice", "me", 4)
    saved(room.steady)

    watch.expected = ("ERR_INTERNET_DISCONNECTED",)
    room.offline.context.set_offline(True)
    rate(room.offline, "notice", "me", 3)
    waits(room.offline, 1)
    rate(room.offline, "notice", "together", 2)
    waits(room.offline, 2)
    well(room.offline, "phone without contact")

    rate(room.reloading, "notice", "me", 2)
    on(room.reloading)
    rate(room.reloading, "talk", "together", 1)
    room.reloading.reload()
    expect(stone(room.reloading, "talk", "together", 1)).to_be_checked()
    expect(stone(room.reloading, "talk", "together", 1)).to_be_visible()
    saved(room.reloading)

    stone(room.plain, "notice", "me", 1).check(force=True)
    room.plain.locator("textarea").first.fill(SECRET)
    room.plain.get_by_role("button", name="Spara svar").click()
    expect(stone(room.plain, "notice", "me", 1)).to_be_checked()
    expect(room.plain.locator("textarea").first).to_have_value(SECRET)
    well_without_script(room.plain)

    room.offline.context.set_offline(False)
    saved(room.offline)


def well_without_script(page: Page) -> None:
    """Axe needs scripts; the width can be seen without: the page is as wide as what it holds."""
    box = page.locator("main").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 391


def hide_the_secret(room: Room, crew: Holder, exercise: str) -> None:
    with crew.events() as stream:
        stream.until("hello")
        view = stream.cell(f"exercise-{exercise}", where=lambda value: value["answered"] == 4 + SIMULATED and value["texts"])
        hidden = next(text for text in view["texts"] if text["text"] == SECRET)
        expect(room.cockpit.locator("body")).to_contain_text(SECRET)
        crew.act("hide", id=hidden["id"], reason="Nämner en person")
        stream.cell(f"exercise-{exercise}", where=lambda value: not value["texts"])
    expect(room.cockpit.locator("body")).not_to_contain_text(SECRET)


def reveal(room: Room, crew: Holder, exercise: str) -> None:
    assert "10 har svarat" not in room.wall.inner_text("body")
    press(room.cockpit, "next")
    expect(room.wall.locator("body")).to_contain_text("10 har svarat")
    result = crew.state("?audience=projector")["cells"][f"exercise-{exercise}"]["result"]
    assert result["people"] == 4 + SIMULATED
    bars = {(item["item"], bar["subject"]): bar for item in result["items"] for bar in item["bars"]}
    assert bars["notice", "me"]["counts"] == [1, 1, 1, 1, SIMULATED]
    assert SECRET not in room.wall.content()
    room.steady.get_by_role("button", name="Gå dit rummet är").click()  # in the middle of the form: asked, not moved
    for phone in (room.steady, room.reloading):
        expect(phone.locator("body")).to_contain_text("10 har svarat")
        assert SECRET not in phone.content()
    well(room.wall, "projector with the result")
    well(room.steady, "phone with the result")
    well(room.cockpit, "cockpit with the result")


def close(room: Room) -> None:
    press(room.cockpit, "next")
    expect(room.steady.get_by_role("heading", name="Lägg undan telefonen en stund")).to_be_visible()
    press(room.cockpit, "close")
    expect(room.steady.get_by_role("heading", name="Tack för i dag")).to_be_visible()
    well(room.steady, "phone after closing")
    well(room.wall, "projector after closing")
    well(room.cockpit, "cockpit after closing")


def read_the_documentation(room: Room, product: Running, screens: Screens) -> None:
    link = room.cockpit.locator('a[href*="/documentation"]').first
    room.cockpit.goto(product.base + str(link.get_attribute("href")))
    page = room.cockpit
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    text = page.inner_text("body")
    assert "Märker tidigt när något skaver." in text
    assert SECRET not in page.content()
    means = page.locator("table", has=page.locator("caption", has_text="Medelvärden"))
    assert cells(means, "Märker tidigt när något skaver.") == ["4,0", "–", "–"]  # one answer alone about us together stays hidden
    assert cells(means, "Pratar om det som skaver medan det ännu är litet.")[2] == "1,9"
    numbers = page.locator("details table", has=page.locator("caption", has_text="Märker tidigt")).first
    assert cells(numbers, "Jag")[:5] == ["1", "1", "1", "1", str(SIMULATED)]
    well(page, "documentation")
    for width in (320, 768):
        page.set_viewport_size({"width": width, "height": 800})
        well(page, f"documentation at {width} px")


def cells(table: Locator, name: str) -> list[str]:
    """The cells of the row with that heading, folded away or not."""
    row = table.locator("tr", has=table.page.locator("th", has_text=name)).last
    return [text.strip() for text in row.locator("td").all_text_contents()]
