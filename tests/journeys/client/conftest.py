"""A fake room for the browser of all journeys; every page must end without script errors."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.journeys.client.fake_room import CODE, FakeRoom, fake_room
from tests.journeys.client.pages import PAGES, rating, stage
from tests.running import poll


@pytest.fixture
def room() -> Iterator[FakeRoom]:
    with fake_room(PAGES) as running:
        running.show("stage", stage())
        running.show("exercise-scale-1", rating())
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="sv-SE")
    made.set_default_timeout(30_000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext, room: FakeRoom) -> Iterator[Callable[..., Page]]:
    """Open a path of the room, by default as a phone."""
    complaints: list[str] = []

    def open_path(path: str = f"/r/{CODE}", *, base: str = "") -> Page:
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto((base or room.base) + path)
        return page

    yield open_path
    assert complaints == []


def poll_with_clock(page: Page, check: Callable[[], bool]) -> None:
    """Wait while the page's time runs a second per look, after `page.clock.install()`."""

    def look() -> bool:
        page.clock.run_for(1000)
        return check()

    poll(look, within=20, every=0.05)
