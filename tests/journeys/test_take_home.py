"""Taking home: from the phone to one's own page, private notes and all, into a file and onto another device; and leaving no trace."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.conformance.client import Holder
from tests.conformance.conftest import find_rating, stage
from tests.journeys.browsing import NARROW, Screens, well
from tests.journeys.people import rate, saved
from tests.running import Running

pytestmark = pytest.mark.journey
NOTE = "Bara för mig, inte för rummet"


def noted(page: Page) -> None:
    """As the phone keeps a private note: a draft whose field has no name."""
    room = page.evaluate("document.querySelector('[data-take-home]').dataset.takeHome")
    draft = {"id": "n", "key": "k", "room": room, "exercise": "scale-2", "name": "exercise-scale-2-note", "value": NOTE}
    page.evaluate("(draft) => localStorage.setItem('draft k', JSON.stringify(draft))", draft)
    page.reload()


def stored(page: Page) -> str:
    """All that the browser keeps of the room's, as text."""
    return str(
        page.evaluate(
            """() => new Promise((resolve) => {
              const opened = indexedDB.open('mellanrum');
              opened.onsuccess = async () => {
                const names = [...opened.result.objectStoreNames];
                const all = (name) => new Promise((done) => {
                  opened.result.transaction(name).objectStore(name).getAll().onsuccess = (event) => done(event.target.result);
                });
                resolve(JSON.stringify([await Promise.all(names.map(all)), { ...localStorage }]));
              };
            })"""
        )
    )


def own_page(product: Running, crew: Holder, screens: Screens) -> Page:
    if (stage(crew)["now"] or {}).get("phase") != "rate":  # type: ignore[attr-defined]
        find_rating(crew)
    page = screens.open(product.phone)
    rate(page, "notice", "me", 4)
    saved(page)
    page.get_by_role("link", name="Ta med dig hem").click()
    expect(page.locator(".own-line b")).to_have_text("4")
    return page


def test_ones_own_page_has_what_one_gave_and_what_stays_here(product: Running, crew: Holder, screens: Screens, tmp_path: Path) -> None:
    page = own_page(product, crew, screens)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.url} {request.post_data or ''}"))
    noted(page)
    expect(page.get_by_text(NOTE)).to_be_visible()
    expect(page.get_by_text("Bara i den här telefonen")).to_be_visible()
    well(page, "one's own page")

    with page.expect_download() as download:
        page.get_by_role("button", name="Spara som fil").click()
    file = tmp_path / "mine.html"
    download.value.save_as(file)
    kept = file.read_text("utf-8")
    assert NOTE in kept
    assert "<b>4</b>" in kept
    assert "<script" not in kept
    assert '<meta name="viewport" content="width=device-width' in kept
    headed = re.findall(r"<section[^>]*>(.*?)</section>", kept, re.DOTALL)
    assert headed
    assert all(re.sub(r"<h2.*?</h2>", "", one, flags=re.DOTALL).strip() for one in headed), "a bare heading"
    assert product.base not in kept

    page.get_by_role("button", name="Gör en egen länk").click()
    link = page.locator("#own-link").input_value()
    assert not [one for one in sent if NOTE in one], "a private note has left the phone"
    other = screens.open(link, NARROW)
    expect(other.locator(".own-line b")).to_have_text("4")
    assert "#" not in other.url
    expect(other.get_by_text(NOTE)).to_have_count(0)
    well(other, "one's own page by a link")


def test_leaving_no_trace_empties_the_browser_too(product: Running, crew: Holder, screens: Screens) -> None:
    page = own_page(product, crew, screens)
    noted(page)
    room = page.locator("[data-take-home]").get_attribute("data-take-home")
    assert room
    before = stored(page)
    assert NOTE in before
    assert room in before
    page.get_by_role("link", name="Lämna inga spår").click()
    expect(page.get_by_role("heading", name="Det här blir kvar")).to_be_visible()
    well(page, "leaving no trace")
    page.get_by_role("button", name="Ta bort allt om mig").click()
    expect(page.get_by_role("heading", name="Inget finns kvar av dig här")).to_be_visible()
    after = stored(page)
    assert NOTE not in after
    assert room not in after
    assert not [one for one in page.context.cookies() if room in str(one["name"])]
    screens.watch.expected = ("404 (Not Found)",)
    page.goto(f"{product.base}/rooms/{room}/mine")
    expect(page.get_by_role("heading", name="Här finns inget")).to_be_visible()
    well(page, "a page that is not there")
