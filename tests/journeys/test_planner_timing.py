"""A day in the planner: the page's arithmetic says what the server's says, fixed points stand, tracks and purposes are told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

import mellanrum
from tests.journeys.browsing import Screens, accessible
from tests.journeys.test_planning import begins, field, open_block, plan, row, saved
from tests.running import Running

pytestmark = pytest.mark.journey
HOUSE = Path(mellanrum.__file__).parent
CASES: list[dict[str, Any]] = json.loads((HOUSE / "insight/tests/days.json").read_text())
MODULE = (HOUSE / "ui/static/ui/js/planner-timing.js").read_text()
PLACE = """async ([source, cases]) => {
  const { placed, fixedOffset, readClock, clock } = await import(URL.createObjectURL(new Blob([source], { type: "text/javascript" })));
  return cases.map(({ start, zone, rows }) => {
    const begins = start === null ? null : Date.parse(start);
    const fixedOf = (text, when) => (text === null || begins === null ? null : fixedOffset(begins, readClock(text), zone, when));
    const found = placed(rows.map(([length, fixed, when]) => ({ length, fixed: fixedOf(fixed, when), when })), begins);
    const wall = begins === null ? [] : found.map(({ from }) => clock(from, zone));
    return { placed: found.map(({ offset, slack }) => [offset, slack]), wall };
  });
}"""


def test_both_sides_agree_on_every_day(browser: Browser) -> None:
    page = browser.new_page()
    found = page.evaluate(PLACE, [MODULE, CASES])
    page.close()
    for case, told in zip(CASES, found, strict=True):
        assert told == {"placed": case["placed"], "wall": case["wall"]}, case["name"]


def test_a_day_goes_around_its_fixed_points(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    expect(page.locator("[data-part-of=before] [data-start]")).to_have_text("12.15")
    page.get_by_role("link", name="Om träffen").click()
    page.get_by_label("Räkna med").fill("37")
    page.get_by_label("Räkna med").blur()
    expect(row(page, 5).locator(".groups")).to_have_text("7 grupper: fem med 5, två med 6")
    open_block(page, 5)
    inspector = page.locator("#inspector")
    inspector.get_by_label("Börjar alltid klockan").fill("14.10")
    expect(row(page, 5).locator("[data-between]")).to_have_text("Krockar 5 min med föregående")  # at once
    inspector.get_by_label("Börjar alltid klockan").fill("14.30")
    inspector.get_by_label("Börjar alltid klockan").blur()
    saved(page)
    expect(row(page, 5).locator("[data-between]")).to_have_text("15 min luft")
    expect(page.locator("[data-span]")).to_have_text("13.00–15.45")


def test_tracks_stand_side_by_side_and_the_longest_is_told(product: Running, screens: Screens) -> None:
    screens.watch.expected = ("status of 400",)
    page = plan(product, screens)
    open_block(page, 5)
    inspector = page.locator("#inspector")
    inspector.locator("summary", has_text="Parallella spår").click()
    for key, title, rows in (("a", "Spår A", "10 Runda\n20 (10) Samtal"), ("b", "Spår B", "45 Verkstad")):
        inspector.locator(f"[name=track-{key}-title]").fill(title)
        inspector.locator(f"[name=track-{key}-rows]").fill(rows)
        inspector.locator(f"[name=track-{key}-rows]").blur()
        expect(row(page, 5).locator(".tracks")).to_contain_text(title)
    expect(row(page, 5).locator(".tracks > li").first).to_contain_text("Väntar 15 min")
    expect(field(page, 5, "minutes")).to_have_value("45 min")
    inspector.locator("[name=track-b-rows]").fill("Verkstad utan minuter")
    inspector.locator("[name=track-b-rows]").blur()
    expect(inspector.locator(".err")).to_contain_text("Börja varje rad med minuterna")
    accessible(page, "tracks that cannot be read")
    inspector.locator("[name=track-b-rows]").fill("45 min Verkstad")
    inspector.locator("[name=track-b-rows]").blur()
    saved(page)


def test_what_a_check_in_is_for_is_told_and_put_away(product: Running, screens: Screens) -> None:
    page = plan(product, screens)
    field(page, 2, "minutes").fill("9")
    field(page, 2, "minutes").press("Enter")
    why = page.locator("[data-why]")
    expect(why).to_contain_text("Kortare än 15 min")
    accessible(page, "what a check-in is for")
    why.get_by_role("button", name="Jag vet").click()
    expect(why).to_be_empty()
    shown = begins(page)
    page.reload()
    assert begins(page) == shown
    expect(page.locator("[data-part-of=before] [data-start]")).to_have_text("12.15")
