"""The page's own arithmetic of a day says what the server's says, for the table of days both are held to."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

import mellanrum

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
