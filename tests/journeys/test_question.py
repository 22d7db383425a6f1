"""An open question and questions to a speaker on cockpit, wall and phones: written, let through, liked, sorted, answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, WALL, Screens, Watch, well
from tests.journeys.people import saved
from tests.running import Running, start_demo

pytestmark = pytest.mark.journey
LATE, TIME, SECRET = "Vi möts för sent", "Mer tid", "Ordföranden sover på mötena"
TEMPLATE = Path(__file__).parent / "question.sv.toml"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_demo(tmp_path_factory.mktemp("question") / "data", arguments=("--template", str(TEMPLATE)))
    yield running
    running.stop()


@pytest.fixture
def screens(browser: Browser, product: Running) -> Iterator[Screens]:
    opened = Screens(browser, Watch(product.base))
    yield opened
    opened.close()
    assert opened.watch.strangers == []
    assert opened.watch.complaints == []
    assert "Traceback" not in product.output


@dataclass
class Room:
    cockpit: Page
    wall: Page
    one: Page
    other: Page

    def step(self, name: str) -> None:
        """On with the key, until the cockpit stands at that step."""
        self.cockpit.locator('.ctl [data-key="n"]').click()
        expect(self.cockpit.locator('.now-box [aria-current="step"]')).to_have_text(name)


def test_from_the_first_thought_to_the_last_answer(product: Running, screens: Screens) -> None:
    room = Room(
        screens.open(product.cockpit, COMPUTER),
        screens.open(product.projector, WALL),
        screens.open(product.phone),
        screens.open(product.phone, NARROW),
    )
    think_and_write(room)
    let_through(room)
    look(room)
    sort(room)
    ask_and_answer(room)


def write(phone: Page, *texts: str) -> None:
    """In the places of the form, sent with its button."""
    for place, text in enumerate(texts, 1):
        phone.locator(f'textarea[name="text?slot={place}#text"]').fill(text)
    phone.get_by_role("button", name="Skicka", exact=True).click()
    saved(phone)


def think_and_write(room: Room) -> None:
    expect(room.one.get_by_role("heading", name="Vad skaver mellan oss?")).to_be_visible()
    well(room.one, "phone while thinking")
    room.step("Skriv")
    for phone in (room.one, room.other):
        expect(phone.get_by_text("De som leder läser det först.")).to_be_visible()
    write(room.one, LATE, SECRET)
    write(room.other, TIME)
    expect(room.cockpit.locator(".question-crew .waiting li")).to_have_count(3)
    well(room.cockpit, "cockpit with a queue")
    expect(room.wall.get_by_text("De som leder läser först.")).to_be_visible()
    for words in (LATE, TIME, SECRET):
        assert words not in room.wall.content()


def let_through(room: Room) -> None:
    """Two with the keyboard; the third rests, with a reason that its writer reads."""
    queue = room.cockpit.locator(".question-crew .waiting li")
    queue.filter(has_text=SECRET).get_by_role("button", name="Dölj").click()
    dialog = room.cockpit.get_by_role("dialog", name="Varför döljs det?")
    dialog.get_by_role("radio", name="Pekar ut någon").check()
    dialog.get_by_role("button", name="Dölj").click()
    expect(queue).to_have_count(2)
    expect(room.one.get_by_text("En text du skrev vilar")).to_be_visible()
    for left in (1, 0):
        room.cockpit.keyboard.press("v")
        expect(queue).to_have_count(left)
    for words in (LATE, TIME):
        expect(room.wall.locator(".text-columns").get_by_text(words)).to_be_visible()
    well(room.wall, "wall with texts")
    assert SECRET not in room.wall.content()


def look(room: Room) -> None:
    """The room reads; a vote shows on the wall and can be taken back."""
    room.step("Läs varandras")
    vote = room.other.locator(".others li").filter(has_text=LATE).locator("label")
    expect(vote).to_be_visible()
    well(room.other, "phone with others' texts")
    assert SECRET not in room.other.content()
    liked = room.wall.locator(".text-columns li").filter(has_text=LATE).locator("small")
    vote.click()
    expect(liked).to_contain_text("+1")
    vote.click()
    expect(liked).to_have_count(0)
    vote.click()
    expect(liked).to_contain_text("+1")


def sort(room: Room) -> None:
    """A theme is made, filled, undone and filled again."""
    room.step("Teman")
    crew = room.cockpit.locator(".question-crew")
    crew.get_by_label("Nytt tema").fill("När vi möts")
    crew.get_by_role("button", name="Skapa").click()
    put = crew.get_by_role("button", name=f"Lägg i När vi möts: {LATE}")
    put.click()
    theme = room.wall.locator(".theme-columns section")
    expect(theme).to_contain_text(LATE)
    room.cockpit.locator('[data-act="undo"][data-key="z"]').click()
    expect(theme).not_to_contain_text(LATE)
    put.click()
    expect(theme).to_contain_text(LATE)
    well(room.wall, "wall with a theme")
    well(room.cockpit, "cockpit with a theme")
    expect(room.other.get_by_role("heading", name="När vi möts")).to_be_visible()


def ask_and_answer(room: Room) -> None:
    """Two questions, one liked; the one answered now is big on the wall and first on phones."""
    room.cockpit.locator('.ctl [data-key="n"]').click()
    expect(room.one.get_by_role("heading", name="Vad vill du fråga Torun?")).to_be_visible()
    expect(room.other.get_by_role("heading", name="Vad vill du fråga Torun?")).to_be_visible()
    write(room.one, "Vad kostade det?")
    write(room.other, "Vem höll i det?")
    queue = room.wall.locator(".asked ol li")
    expect(queue).to_have_count(2)
    room.one.locator(".others li").filter(has_text="Vem höll i det?").locator("label").click()
    expect(queue.first).to_contain_text("Vem höll i det?")
    room.step("Svara")
    crew = room.cockpit.locator(".question-crew")
    crew.get_by_role("button", name="Nu: Vem höll i det?").click()
    expect(room.wall.locator(".asked-now")).to_contain_text("Vem höll i det?")
    expect(room.one.locator(".asked-now")).to_contain_text("Vem höll i det?")
    well(room.one, "phone with a question being answered")
    well(room.wall, "wall with a question being answered")
    crew.get_by_role("button", name="Besvarad: Vem höll i det?").click()
    expect(room.wall.locator(".asked-now")).to_have_count(0)
    expect(room.one.locator(".others li").filter(has_text="Vem höll i det?")).to_contain_text("Besvarad")
