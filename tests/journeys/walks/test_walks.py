"""Phone, cockpit, projector and documentation, each as its script in docs/accessibility says, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.conformance.client import Holder, call
from tests.journeys.browsing import COMPUTER, WALL, Screens
from tests.journeys.walks.listening import HEARD, tab_through, tab_to
from tests.journeys.walks.script import ROOT, steps_of
from tests.journeys.walks.walker import Walker
from tests.running import Running, start_demo

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # a whole meeting, four times
KEYBOARD_PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1}
SURFACES: dict[str, dict[str, Any]] = {"phone": KEYBOARD_PHONE, "cockpit": COMPUTER, "projector": WALL, "documentation": COMPUTER}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    template = Path(__file__).with_name("meeting.toml")
    running = start_demo(tmp_path_factory.mktemp("walk") / "data", arguments=["--template", str(template)])
    yield running
    running.stop()


@pytest.fixture
def room(product: Running, crew: Holder) -> Holder:
    """The meeting stands at its door, whatever was walked before."""
    if crew.state()["cells"]["stage"]["status"] == "closed":
        assert crew.act("open")["status"] == "stored"
    assert crew.act("go", to="lobby")["status"] == "stored"
    assert crew.act("message", text="")["status"] == "stored"
    return crew


def test_every_script_is_walked() -> None:
    assert {path.stem for path in ROOT.glob("*.md")} - {"README"} == set(SURFACES)


@pytest.mark.parametrize("surface", SURFACES)
def test_the_script_holds(product: Running, room: Holder, screens: Screens, surface: str) -> None:
    page = screens.open(f"{product.base}/privacy", SURFACES[surface])
    page.context.add_init_script(HEARD)
    found = re.search(r"/gatherings/(\d+)", call(product.base, "GET", f"/rooms/{room.room}/cockpit").body.decode())
    assert found
    names = {"code": product.code, "room": room.room, "gathering": found[1]}
    walker = Walker(page, product, room, names)
    try:
        walker.walk(f"{surface}.md")
    finally:
        walker.contact("back")


def test_a_script_with_a_line_nobody_can_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "bad.md").write_text("## One\n- Press Enter\n")
    monkeypatch.setattr("tests.journeys.walks.script.ROOT", tmp_path)
    with pytest.raises(ValueError, match=r"bad\.md:2"):
        steps_of("bad.md")


TRAPS = {
    "not reached": "<a href=#>a</a><div role=button tabindex=-1>Spara</div>",
    "no ring": "<style>a:focus { outline: none }</style><a href=#>a</a><button>Spara</button>",
}


@pytest.mark.parametrize("why", TRAPS)
def test_what_cannot_be_reached_or_seen_fails(browser: Browser, why: str) -> None:
    page = opened(browser, TRAPS[why])
    with pytest.raises(AssertionError, match=why):
        tab_to(page, 'button "Spara"')


def test_a_trap_and_a_thing_left_out_fail(browser: Browser) -> None:
    page = opened(browser, "<a href=#>a</a><a href=# id=b>b</a><button>Spara</button>")
    page.evaluate("document.querySelector('#b').addEventListener('keydown', (event) => event.preventDefault())")
    with pytest.raises(AssertionError, match="Tab does not come around"):
        tab_through(page)


def opened(browser: Browser, html: str) -> Page:
    page = browser.new_page()
    page.set_content(f"<!doctype html><title>t</title><style>:focus {{ outline: 3px solid }}</style>{html}")
    return page
