"""The first learning meeting, from an opened room to its documentation: two who lead, a wall, phones, and twelve minutes late."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conformance.client import Holder, join, new_id
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, WALL, Screens, Watch
from tests.journeys.people import rate, saved
from tests.running import Running, environment, free_port, poll, start_serve

pytestmark = pytest.mark.journey
ITEMS = ("notice", "step", "understand", "candour")
SUBJECTS = ("me", "organisation", "together")
WAY_ON = '.ctl [data-key="n"]'
HARD = "Att hinna prata klart innan nästa möte"
SHARED = "Dörren står på glänt, men ingen går in först"
NOTED = "Vi lånar folk av varandra utan att fråga"
HEARD = "Bord två vill börja med ett gemensamt ord"


@dataclass
class Meeting:
    """Its screens: `desk` and `hand` lead, on a computer and on a phone; a phone each for three people, one of them without scripts."""

    running: Running
    told: dict[str, Any]
    screens: Screens
    desk: Page
    hand: Page
    wall: Page

    @property
    def room(self) -> str:
        return self.desk.url.split("/rooms/")[1].split("/")[0]

    @cached_property
    def code(self) -> str:
        return re.sub(r"\D", "", self.wall.locator(".jn .visually-hidden").inner_text())

    @property
    def here(self) -> str:
        """Block and step, as the desk shows them."""
        return " · ".join(self.desk.locator('.now-box h1, .now-box [aria-current="step"]').all_inner_texts())

    def next(self, *, by: Page | None = None) -> None:
        """One step on, once who presses sees the step that the desk sees, until the desk sees another."""
        page, step = by or self.desk, self.step(self.desk)
        poll(lambda: self.step(page) == step, what=f"both at {step}")
        page.locator(WAY_ON).click()
        poll(lambda: self.step(self.desk) != step, what=f"on from {self.here}")

    def step(self, page: Page) -> str | None:
        """What the button that leads on says it leads from."""
        found: str | None = page.locator(WAY_ON).evaluate_all("found => found[0]?.dataset.actData ?? null")
        return found

    def go_to(self, words: str) -> None:
        """Step by step until the desk shows that block, or that step of it."""
        for _step in range(30):
            if words in self.here:
                return
            self.next()
        raise AssertionError(f"never came to {words}")


@pytest.fixture
def meeting(browser: Browser, tmp_path: Any) -> Iterator[Meeting]:
    data = tmp_path / "data"
    line = [sys.executable, "-m", "tests.journeys.meeting", str(data)]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=120, check=True).stdout)
    running = start_serve(data, port=free_port())
    screens = Screens(browser, Watch(running.base))
    desk, hand = (signed_in(screens, running, told, who, kind) for who, kind in (("lo", COMPUTER), ("robin", PHONE)))
    desk.goto(f"{running.base}/gatherings/{told['gathering']}")
    desk.get_by_role("button", name="Öppna rummet").first.click()
    desk.wait_for_url("**/cockpit")
    hand.goto(desk.url)
    wall = signed_in(screens, running, told, "robin", WALL)
    wall.goto(desk.url.replace("cockpit", "projector"))
    yield Meeting(running, told, screens, desk, hand, wall)
    screens.close()
    running.stop()
    assert screens.watch.strangers == []
    assert screens.watch.complaints == []
    assert "Traceback" not in running.output


def signed_in(screens: Screens, running: Running, told: dict[str, Any], who: str, kind: dict[str, Any]) -> Page:
    page = screens.open(running.base + "/sign-in/", kind)
    page.context.add_cookies([{"name": "sessionid", "value": told["sessions"][who], "url": running.base}])
    return page


def test_the_first_meeting_twelve_minutes_late(meeting: Meeting) -> None:
    phone, narrow, plain = come_in(meeting)
    meeting.next(by=meeting.hand)
    for leader in (meeting.desk, meeting.hand):
        expect(leader.locator(".drift")).to_have_text(re.compile(r"1[234] min efter plan"))
    leaks_no_minutes(phone, meeting)
    check_in(meeting, phone)
    listen_and_talk(meeting, phone)
    rate_it(meeting, phone, narrow, plain)
    thank(meeting, phone)
    read(meeting)


def come_in(meeting: Meeting) -> tuple[Page, Page, Page]:
    door = f"{meeting.running.base}/r/{meeting.code}"
    phone, narrow = meeting.screens.open(door), meeting.screens.open(door, NARROW, color_scheme="dark")
    plain = meeting.screens.open(door + "/plain", java_script_enabled=False)
    plain.get_by_role("button", name="Gå in").click()
    expect(meeting.wall.locator(".jn")).to_be_visible()
    for page in (phone, narrow):
        expect(page.get_by_role("heading", name="Du är inne")).to_be_visible()
    return phone, narrow, plain


def leaks_no_minutes(phone: Page, meeting: Meeting) -> None:
    """The crew sees when each block ends; of that a phone knows nothing."""
    expect(meeting.desk.locator(".row.coming .t").first).to_have_text(re.compile(r"\d\d\.\d\d"))
    assert not re.search(r"\d\d[.:]\d\d", phone.locator("body").inner_text())


def check_in(meeting: Meeting, phone: Page) -> None:
    """A picture is chosen before the question is known, and what it says is shared when everybody listens."""
    question = "Vad i din bild liknar platsen där du leder?"
    meeting.go_to("Incheckning")
    expect(phone.get_by_role("heading", name="Välj en bild")).to_be_visible()
    assert question not in phone.content()
    phone.locator("[data-cell] form[data-exercise] label").nth(2).click()
    saved(phone)
    meeting.next(by=meeting.hand)
    for page in (phone, meeting.wall):
        expect(page.get_by_role("heading", name=question)).to_be_visible()
    meeting.go_to("Alla")
    phone.get_by_text("Dela en tanke med rummet").click()
    phone.get_by_label("Din tanke").fill(SHARED)
    phone.get_by_role("button", name="Dela med rummet").click()
    saved(phone)
    expect(meeting.wall.locator("body")).to_contain_text(SHARED)


def listen_and_talk(meeting: Meeting, phone: Page) -> None:
    """Both write what is said: at the tables one of them, in the plenary the other."""
    meeting.go_to("Inspiration")
    expect(meeting.wall.get_by_text("Utan telefoner")).to_be_visible()
    expect(phone.locator("[data-cell] form[data-exercise]")).to_have_count(
        0
    )  # who has pressed is done, and comes along without being asked
    meeting.go_to("Bordssamtal")
    take_note(meeting.desk, NOTED)
    meeting.go_to("Samling")
    take_note(meeting.hand, HEARD)
    expect(meeting.desk.locator(".notes")).to_contain_text(HEARD)


def take_note(page: Page, text: str) -> None:
    page.get_by_label("Anteckna det som sägs").fill(text)
    page.locator(".take-note button", has_text="Spara").click()
    expect(page.get_by_label("Anteckna det som sägs")).to_have_value("")


def rate_it(meeting: Meeting, phone: Page, narrow: Page, plain: Page) -> None:
    meeting.go_to("Självskattning")
    for page, value in ((phone, 2), (narrow, 4)):
        for subject in SUBJECTS:
            rate(page, ITEMS[0], subject, value)
        saved(page)
    exercise = str(phone.locator("[data-cell] form[data-exercise]").first.get_attribute("data-exercise"))
    plain.reload()
    plain.locator("textarea").first.fill(HARD)
    plain.get_by_role("button", name="Spara svar").click()
    for value in (3, 3, 4, 5):
        assert {one["status"] for one in everything(join(meeting.running.base, meeting.code), exercise, value)} == {"stored"}
    meeting.next(by=meeting.hand)
    expect(meeting.wall.get_by_role("heading", name="Att leda i mellanrummet")).to_be_visible()
    expect(meeting.wall.locator("svg").first).to_be_visible()


def everything(person: Holder, exercise: str, value: int) -> list[dict[str, Any]]:
    ratings = [{"item": item, "subject": subject, "value": value} for item in ITEMS for subject in SUBJECTS]
    return person.send(*({"id": new_id(), "exercise": exercise, "type": "rate", "data": data} for data in ratings))


def thank(meeting: Meeting, phone: Page) -> None:
    """The colleague closes."""
    meeting.go_to("Mingel")
    meeting.next(by=meeting.hand)
    expect(meeting.wall.get_by_role("heading", name="Tack för i dag")).to_be_visible()
    expect(phone.locator("[data-notices]")).to_contain_text("Rummet")  # a rating that is half done stays where it is


def read(meeting: Meeting) -> None:
    """What anyone gave is there before the coffee is cold: on the page and in the PDF."""
    link = meeting.desk.get_by_role("link", name="Läs dokumentationen")
    expect(link).to_be_visible()
    path = str(link.get_attribute("href"))
    link.click()
    page = meeting.desk.locator("main")
    for words in (SHARED, NOTED, HEARD, HARD, "Att leda i mellanrummet"):
        expect(page).to_contain_text(words)
    answer = meeting.desk.request.get(f"{meeting.running.base}{path}.pdf")
    assert answer.ok
    text = " ".join(" ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(answer.body())).pages).split())
    for words in (SHARED, NOTED, HEARD, HARD):
        assert words in text
