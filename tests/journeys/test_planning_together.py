"""Two people in one plan at the same time: rows come and go by themselves, and nobody's words are lost on the way."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.browsing import COMPUTER, Screens, accessible
from tests.journeys.test_planning import field, open_block, order, plan, row, saved
from tests.running import Running

pytestmark = pytest.mark.journey
SOON = 20_000


def test_what_others_do_arrives_and_the_field_being_written_in_is_left_alone(product: Running, screens: Screens) -> None:
    elin = plan(product, screens)
    tariq = screens.open(elin.url, COMPUTER)
    title = field(tariq, 3, "title")
    title.focus()
    tariq.keyboard.press("End")
    tariq.keyboard.type(" i morgon")
    row(elin, 2).locator("[data-lift]").focus()
    elin.keyboard.press("d")
    expect(elin.locator("[data-row][data-part-of=meeting]")).to_have_count(11)
    field(elin, 5, "responsible").fill("Elin")
    field(elin, 5, "responsible").press("Enter")
    saved(elin)
    expect(tariq.locator("[data-row][data-part-of=meeting]")).to_have_count(11, timeout=SOON)
    expect(field(tariq, 5, "responsible")).to_have_value("Elin", timeout=SOON)
    assert order(tariq) == order(elin)
    expect(title).to_be_focused()
    tariq.keyboard.type(" igen")
    expect(title).to_have_value("Inspiration från forskningen i morgon igen")
    tariq.keyboard.press("Enter")
    saved(tariq)
    expect(field(elin, 3, "title")).to_have_value("Inspiration från forskningen i morgon igen", timeout=SOON)


def test_words_in_a_block_that_somebody_removes_are_not_lost(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("status of 404",)
    elin = plan(product, screens)
    tariq = screens.open(elin.url, COMPUTER)
    open_block(tariq, 4)
    say = tariq.locator("#inspector [name=say]")
    say.fill("Två stolar, och tystnad mellan dem.")
    open_block(elin, 4)
    elin.get_by_role("button", name="Ta bort momentet").click()
    expect(elin.locator("[data-row][data-part-of=meeting]")).to_have_count(9)
    lost = tariq.locator("[data-lost-key=block-4]")
    expect(lost).to_contain_text("Två stolar, och tystnad mellan dem.", timeout=SOON)
    expect(tariq.locator("[data-row][data-part-of=meeting]")).to_have_count(9)
    accessible(tariq, "words of a block that is gone")
    lost.get_by_role("button", name="Lägg tillbaka").click()
    expect(tariq.locator("[data-row][data-part-of=meeting]")).to_have_count(10)
    expect(tariq.locator("#inspector [data-key]")).not_to_have_attribute("data-key", "block-4")
    expect(tariq.locator("#inspector [name=say]")).to_have_value("Två stolar, och tystnad mellan dem.")
    expect(elin.locator("[data-row][data-part-of=meeting] [name=title]").last).to_have_value("Perspektiv från två håll", timeout=SOON)


def test_a_room_opened_by_somebody_else_is_told_by_itself(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    other = screens.open(page.url, COMPUTER)
    other.get_by_role("button", name="Öppna rummet").click()
    other.get_by_role("button", name="Öppna redan nu").click()
    expect(page.get_by_role("alert")).to_contain_text("egen kopia av körschemat", timeout=SOON)
    expect(page.locator("[data-saving]")).to_have_text(re.compile("Inte sparat|^$"))
