"""Notes that stay on the phone, thoughts that go when their author says so, and a quick choice that does not hold the room back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.journeys.client.fake_room import FakeRoom
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
CHOICE = '<label>Dörr<input type="radio" name="choose?#card" value="door"></label>'
DECK = f'<form data-exercise="cards-1" data-follows method="post">{CHOICE}</form>'
QUESTION = (
    f'<form data-exercise="cards-1" method="post">{CHOICE}<label>Bara för dig<textarea id="cards-1-note" data-private></textarea></label>'
    '<label>Din tanke<textarea name="share?#text" data-on-press></textarea></label><button type="submit">Dela</button></form>'
)


def kept(page: Page) -> list[str]:
    """The texts among the drafts on the phone."""
    found: list[str] = page.evaluate("""() => Object.entries(localStorage).filter(([name]) => name.startsWith("draft "))
      .map(([, draft]) => JSON.parse(draft).value)""")
    return found


def test_private_notes_survive_a_reload_and_never_leave_the_phone(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-cards-1", QUESTION)
    phone = open_page()
    phone.get_by_label("Bara för dig").fill("Mandatet finns i springan.")
    poll(lambda: kept(phone) == ["Mandatet finns i springan."])
    phone.get_by_label("Dörr").check()
    poll(lambda: len(room.stored) == 1)
    phone.reload()
    expect(phone.get_by_label("Bara för dig")).to_have_value("Mandatet finns i springan.")
    phone.get_by_role("button", name="Dela").click()
    phone.get_by_label("a1").check()  # the control: what has a name goes
    poll(lambda: len(room.stored) == 2)
    assert "springan" not in str(room.posts)


def test_a_thought_waits_for_its_button_and_is_sent_once(open_page: Open, room: FakeRoom, context: BrowserContext) -> None:
    room.show("exercise-cards-1", QUESTION)
    phone = open_page()
    phone.clock.install()
    phone.get_by_label("Din tanke").fill("Vi väntar på varandra.")
    phone.get_by_label("Med egna ord").fill("Det här går av sig självt.")  # the control: other texts go when they rest
    phone.clock.run_for(10_000)
    poll(lambda: len(room.stored) == 1)
    assert "varandra" not in str(room.posts)
    phone.reload()
    expect(phone.get_by_label("Din tanke")).to_have_value("Vi väntar på varandra.")
    phone.get_by_role("button", name="Dela").click()
    poll(lambda: len(room.stored) == 2)
    assert room.stored[-1]["data"] == {"text": "Vi väntar på varandra."}
    expect(phone.locator("form[data-pressed=sent]")).to_have_count(1)
    phone.get_by_role("button", name="Dela").click()
    phone.get_by_label("a1").check()
    poll(lambda: len(room.stored) == 3)
    assert kept(phone) == []


def test_who_has_chosen_follows_to_the_question_at_once(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-cards-1", DECK)
    phone = open_page()
    phone.get_by_label("Dörr").check()
    poll(lambda: len(room.stored) == 1)
    expect(phone.locator("[data-connection]")).to_have_text("Sparat")
    room.show("exercise-cards-1", QUESTION)
    expect(phone.get_by_label("Din tanke")).to_be_visible()
    expect(phone.get_by_label("Dörr")).to_be_checked()
