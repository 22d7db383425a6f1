"""Cells arrive while people write: nothing under their hands changes, and the way on is theirs to choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.client.conftest import poll_with_clock
from tests.journeys.client.fake_room import FakeRoom
from tests.journeys.client.pages import rating, stage, steps
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
MOVED = "[data-notice-shown=moved]"
WATCH = """
(selector) => {
  window.changes = [];
  const options = {attributes: true, childList: true, characterData: true, subtree: true};
  const observer = new MutationObserver((list) => window.changes.push(...list.map((change) => change.type)));
  observer.observe(document.querySelector(selector), options);
}
"""


def changes(page: Page) -> Any:
    return page.evaluate("window.changes")


def test_a_form_being_filled_sees_no_change_while_cells_arrive_and_a_block_opens(open_page: Open, room: FakeRoom) -> None:
    room.show("people", "3")
    phone = open_page()
    phone.get_by_label("a2").check()
    phone.get_by_label("Med egna ord").press_sequentially("Halva men")
    phone.evaluate(WATCH, "#exercise-scale-1")
    for here in range(5):
        room.show("stage", stage(text=f"Meddelande {here}"))
    room.show("exercise-scale-1", "")
    room.show("stage", stage("looking-up", "Titta upp"))
    room.show("exercise-scale-2", rating("scale-2", items="c"))
    expect(phone.locator(MOVED)).to_be_visible()
    assert changes(phone) == []
    expect(phone.get_by_label("Med egna ord")).to_be_focused()
    expect(phone.locator("#stage")).to_have_text("Meddelande 4")
    expect(phone.get_by_label("c2")).to_have_count(0)
    phone.get_by_label("Med egna ord").press_sequentially("ing")
    phone.get_by_role("button", name="Gå dit rummet är").click()
    expect(phone.get_by_label("c2")).to_be_visible()
    expect(phone.get_by_label("a2")).to_have_count(0)
    expect(phone.locator("#stage")).to_have_text("Titta upp")
    expect(phone.locator(MOVED)).to_have_count(0)
    poll(lambda: {"part": "p1", "text": "Halva mening"} in room.data_of())


def test_the_observer_does_see_changes_of_an_untouched_form(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    phone.evaluate(WATCH, "#exercise-scale-1")
    room.show("exercise-scale-1", rating(items="abd"))
    expect(phone.get_by_label("d2")).to_be_visible()
    assert changes(phone) != []


def test_reading_on_keeps_the_form_and_the_way_on(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a2").check()
    room.show("exercise-scale-1", "<p>Summan</p>")
    phone.get_by_role("button", name="Läs klart här").click()
    phone.get_by_label("b3").check()
    expect(phone.get_by_role("button", name="Läs klart här")).to_have_count(0)
    poll(lambda: len(room.stored) == 2)
    phone.get_by_role("button", name="Gå dit rummet är").click()
    expect(phone.locator("#exercise-scale-1")).to_have_text("Summan")


def test_going_back_in_the_cockpit_takes_the_question_away(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a2").check()
    html = room.cells["exercise-scale-1"][1]
    room.show("exercise-scale-1", "")
    room.show("exercise-scale-2", "<p>Nästa</p>")
    expect(phone.locator(MOVED)).to_be_visible()
    room.show("exercise-scale-2", "")
    room.show("exercise-scale-1", html)
    expect(phone.locator(MOVED)).to_have_count(0)
    expect(phone.get_by_label("a2")).to_be_checked()


def test_the_notice_names_where_the_room_is_at_every_step(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a2").check()
    room.show("exercise-scale-1", "")  # the form's cell comes first, while the stage still says the old
    room.show("stage", stage(now="Bordssamtal"))
    expect(phone.locator(f"{MOVED} b")).to_have_text("Bordssamtal")
    room.show("stage", stage("looking-up", now="Paus"))
    expect(phone.locator(f"{MOVED} b")).to_have_text("Paus")
    phone.get_by_role("button", name="Läs klart här").click()
    room.show("exercise-scale-2", rating("scale-2", items="c"))
    room.show("stage", stage(now="Självskattning"))
    expect(phone.locator(f"{MOVED} b")).to_have_text("Självskattning")
    expect(phone.get_by_role("button", name="Läs klart här")).to_have_count(0)
    expect(phone.get_by_label("a2")).to_be_checked()


def test_who_has_come_to_the_last_page_follows_without_being_asked(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-1", steps())
    phone = open_page()
    phone.get_by_label("a1").check()
    for _ in range(2):  # past a statement that is left out, too
        phone.get_by_role("button", name="Nästa").click()
    expect(phone.get_by_role("heading", name="Det var allt")).to_be_visible()
    poll(lambda: len(room.stored) == 1)
    expect(phone.locator("[data-connection]")).to_have_text("Sparat")
    room.show("exercise-scale-1", "")
    room.show("exercise-scale-2", "<p>Nästa övning</p>")
    expect(phone.get_by_text("Nästa övning")).to_be_visible()
    expect(phone.locator(MOVED)).to_have_count(0)


def test_who_wanted_to_finish_first_follows_once_finished(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-1", steps())
    phone = open_page()
    phone.get_by_label("a1").check()
    poll(lambda: len(room.stored) == 1)
    room.show("exercise-scale-1", "<p>Summan</p>")
    phone.get_by_role("button", name="Läs klart här").click()
    for _ in range(2):
        phone.get_by_role("button", name="Nästa").click()
    expect(phone.get_by_text("Summan")).to_be_visible(timeout=20_000)


def test_a_part_beside_the_form_changes_and_the_form_stays(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-1", f"<p>En rad</p>{rating()}<p>1 har svarat</p>")
    phone = open_page()
    phone.get_by_label("Med egna ord").press_sequentially("Mitt i")
    phone.evaluate(WATCH, "form")
    room.show("exercise-scale-1", f"<p>Ny rad</p><p>Två</p>{rating()}<p>2 har svarat</p>")
    expect(phone.get_by_text("2 har svarat")).to_be_visible()
    expect(phone.get_by_text("Ny rad")).to_be_visible()
    assert changes(phone) == []
    expect(phone.get_by_label("Med egna ord")).to_be_focused()


def test_older_versions_are_dropped(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    room.show("exercise-scale-1", "<p>Nyare</p>")
    expect(phone.get_by_text("Nyare")).to_be_visible()
    room.say("cell", cell="exercise-scale-1", v=1, html="<p>Äldre</p>")
    room.show("stage", stage(text="Efter"))
    expect(phone.get_by_text("Efter")).to_be_visible()
    expect(phone.get_by_text("Äldre")).to_have_count(0)


def test_what_people_wrote_stays_text(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-1", "<p>&lt;img src=x onerror=alert(1)&gt; &lt;script&gt;window.bad=1&lt;/script&gt;</p>")
    phone = open_page()
    expect(phone.locator("#exercise-scale-1 p")).to_have_text("<img src=x onerror=alert(1)> <script>window.bad=1</script>")
    assert phone.locator("#exercise-scale-1 img, #exercise-scale-1 script").count() == 0


def test_a_tick_does_not_stay_behind_on_other_words(open_page: Open, room: FakeRoom) -> None:
    line = '<ul><li><label><input type="checkbox">{}</label></li></ul>'
    room.show("exercise-scale-1", line.format("Dela ut papper"))
    phone = open_page()
    phone.get_by_label("Dela ut papper").check()
    room.show("exercise-scale-1", line.format("Samla in papper"))
    expect(phone.get_by_label("Samla in papper")).not_to_be_checked()


def test_a_new_version_waits_for_whoever_writes(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a2").check()
    phone.evaluate("window.same = true")
    poll(lambda: room.stored)
    phone.clock.install()
    room.release = "2"
    room.hang_up()
    poll_with_clock(phone, lambda: phone.locator("[data-notice-shown=release]").count() == 1)
    assert phone.evaluate("window.same")
    phone.get_by_role("button", name="Ladda om").click()
    expect(phone.get_by_label("a2")).to_be_checked()
    assert not phone.evaluate("window.same")
