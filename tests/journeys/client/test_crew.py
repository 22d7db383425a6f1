"""The crew's pages: acts are sent once, said when they came second, undone while the toast is there; the projector follows."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.client.conftest import poll_with_clock
from tests.journeys.client.fake_room import CODE, ROOM, FakeRoom
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
COCKPIT, PROJECTOR = f"/rooms/{ROOM}/cockpit", f"/rooms/{ROOM}/projector"


def controls(step: str) -> str:
    return (
        f"<h1>{step}</h1>"
        f'<button type="button" data-act="next" data-act-data=\'{{"from":"{step}"}}\' data-key="n" data-clicker="PageDown">Nästa</button>'
        f'<button type="button" data-act="back" data-act-data=\'{{"from":"{step}"}}\' data-clicker="PageUp">Tillbaka</button>'
        '<form data-act-form="message"><input name="text" aria-label="Meddela"><button>Skicka</button></form>'
    )


def join(open_page: Open) -> None:
    """The fake room knows one kind of ticket only."""
    phone = open_page(f"/r/{CODE}")
    expect(phone.locator("[data-door=joining]")).to_be_hidden()
    phone.close()


@pytest.fixture
def cockpit(open_page: Open, room: FakeRoom) -> Page:
    room.show("stage", controls("block-1"))
    join(open_page)
    page = open_page(COCKPIT)
    expect(page.get_by_role("heading", name="block-1")).to_be_visible()
    poll(lambda: room.listeners == 1)
    return page


def acts(room: FakeRoom) -> list[tuple[str, object]]:
    return [(item["type"], item["data"]) for item in room.stored if item["exercise"] == "stage"]


def test_pressing_twice_is_one_act_and_it_can_be_undone(cockpit: Page, room: FakeRoom) -> None:
    cockpit.get_by_role("button", name="Nästa").dblclick()
    poll(lambda: acts(room))
    seq = room.stored[-1]["seq"]
    room.values = {"stage": {"acts": [{"seq": seq, "kind": "next", "label": "Nästa: samtal", "at": 0}]}}
    room.show("stage", controls("block-2"))
    expect(cockpit.locator(".toast")).to_contain_text("Nästa: samtal")
    cockpit.locator(".toast").get_by_role("button", name="Ångra").click()
    poll(lambda: len(acts(room)) == 2)
    assert acts(room) == [("next", {"from": "block-1"}), ("undo", {"seq": seq})]


def test_the_toast_goes_by_itself_but_not_under_the_pointer(cockpit: Page, room: FakeRoom) -> None:
    cockpit.clock.install()
    cockpit.keyboard.press("n")
    poll(lambda: acts(room))
    room.values = {"stage": {"acts": [{"seq": room.stored[-1]["seq"], "kind": "next", "label": "Nästa: samtal", "at": 0}]}}
    room.show("stage", controls("block-2"))
    toast = cockpit.locator(".toast")
    expect(toast).to_be_visible()
    toast.hover()
    cockpit.clock.run_for(15_000)
    expect(toast).to_be_visible()
    cockpit.mouse.move(0, 0)
    cockpit.clock.run_for(11_000)
    expect(toast).to_have_count(0)


def test_whoever_came_second_is_told(cockpit: Page, room: FakeRoom) -> None:
    room.values = {"stage": {"acts": [{"seq": 1, "kind": "next", "label": "Nästa: samtal", "at": 0}]}}
    cockpit.get_by_role("button", name="Nästa").click()
    expect(cockpit.locator("[data-notice-shown=first]")).to_be_visible()


def test_keys_and_clickers_act_but_not_while_typing(cockpit: Page, room: FakeRoom) -> None:
    cockpit.get_by_label("Meddela").press_sequentially("nu")
    cockpit.get_by_label("Meddela").press("Enter")
    poll(lambda: acts(room))
    cockpit.get_by_label("Meddela").blur()
    cockpit.keyboard.press("PageDown")
    poll(lambda: len(acts(room)) == 2)
    cockpit.keyboard.press("PageUp")
    poll(lambda: len(acts(room)) == 3)
    assert acts(room) == [("message", {"text": "nu"}), ("next", {"from": "block-1"}), ("back", {"from": "block-1"})]


def test_an_act_survives_a_short_break_and_is_done_once(cockpit: Page, room: FakeRoom) -> None:
    room.trouble.lose_answers = 2
    cockpit.get_by_role("button", name="Nästa").click()
    poll(lambda: len(room.posts) == 3)
    assert acts(room) == [("next", {"from": "block-1"})]


def test_a_refused_act_is_said(cockpit: Page, room: FakeRoom) -> None:
    room.trouble.refuse = {"next": "no_right"}
    cockpit.get_by_role("button", name="Nästa").click()
    expect(cockpit.locator("[data-notice-shown=refused]")).to_contain_text("Det gick inte.")


def test_focus_stays_on_the_button_while_the_cell_changes(cockpit: Page, room: FakeRoom) -> None:
    cockpit.get_by_role("button", name="Nästa").focus()
    room.show("stage", controls("block-2"))
    expect(cockpit.get_by_role("heading", name="block-2")).to_be_visible()
    expect(cockpit.get_by_role("button", name="Nästa")).to_be_focused()


def test_the_cockpit_shows_the_projector_s_picture(cockpit: Page, room: FakeRoom) -> None:
    room.show("projector:stage", "<p>Duken</p>")
    expect(cockpit.get_by_text("Duken")).to_be_visible()


def test_the_projector_follows_after_the_server_was_away(open_page: Open, room: FakeRoom) -> None:
    join(open_page)
    bar = '<p class="timer" data-timer data-ends-at="1" data-length-ms="60000">0</p>'
    room.show("stage", f'{bar}<b data-clock="ends" data-left-ms="65000"></b>')
    projector = open_page(PROJECTOR)
    expect(projector.locator("[data-clock]")).to_contain_text("1:05")
    assert projector.evaluate("document.querySelector('.timer').style.getPropertyValue('--left')") == "0.0000"
    projector.clock.install()
    room.stop()
    room.start()
    room.show("stage", "<p>Efteråt</p>")
    poll_with_clock(projector, lambda: projector.get_by_text("Efteråt").count() == 1)


ROUND = (
    '<button type="button" data-act="heard" data-act-exercise="round-3" data-act-data=\'{"who":"4","on":true}\'>4</button>'
    '<form data-exercise="round-3" data-crew data-act-form="note" data-act-exercise="round-3">'
    '<input name="who" aria-label="Bord"><input name="text" aria-label="Anteckna" required><button>Spara</button></form>'
)


def given(room: FakeRoom) -> list[tuple[str, object]]:
    return [(item["type"], item["data"]) for item in room.stored if item["exercise"] == "round-3"]


def test_crew_gives_to_an_exercise_with_one_press(cockpit: Page, room: FakeRoom) -> None:
    room.show("exercise-round-3", ROUND)
    cockpit.get_by_role("button", name="4").dblclick()
    poll(lambda: given(room))
    room.show("exercise-round-3", f"<p>Bord 4 är hört</p>{ROUND}")
    expect(cockpit.get_by_role("button", name="4")).not_to_have_attribute("aria-busy", "true")
    assert given(room) == [("heard", {"who": "4", "on": True})]
    assert acts(room) == []
    expect(cockpit.locator(".toast")).to_have_count(0)


def test_a_note_is_sent_and_its_field_emptied(cockpit: Page, room: FakeRoom) -> None:
    room.show("exercise-round-3", ROUND)
    cockpit.get_by_label("Bord").fill("4")
    cockpit.get_by_label("Anteckna").fill("Gruset blev lättare.")
    cockpit.keyboard.press("Enter")
    poll(lambda: given(room))
    room.show("exercise-round-3", f"<p>Gruset blev lättare.</p>{ROUND}")
    expect(cockpit.get_by_label("Anteckna")).to_have_value("")
    assert given(room) == [("note", {"who": "4", "text": "Gruset blev lättare."})]


def test_a_note_that_was_not_taken_stays_where_it_was_written(cockpit: Page, room: FakeRoom) -> None:
    room.trouble.refuse = {"note": "closed"}
    room.show("exercise-round-3", ROUND)
    cockpit.get_by_label("Anteckna").fill("För sent.")
    cockpit.get_by_role("button", name="Spara").click()
    expect(cockpit.locator("[data-notice-shown=refused]")).to_be_visible()
    expect(cockpit.get_by_label("Anteckna")).to_have_value("För sent.")


def test_what_is_written_on_while_a_note_goes_out_stays(cockpit: Page, room: FakeRoom) -> None:
    room.show("exercise-round-3", ROUND)
    cockpit.get_by_label("Anteckna").fill("En rad.")
    cockpit.keyboard.press("Enter")
    poll(lambda: given(room))
    cockpit.get_by_label("Anteckna").fill("En rad till.")
    room.show("exercise-round-3", f"<p>En rad.</p>{ROUND}")
    expect(cockpit.get_by_text("En rad.", exact=True)).to_be_visible()
    expect(cockpit.get_by_label("Anteckna")).to_have_value("En rad till.")


def test_when_a_break_ends_follows_the_blocks_clock(open_page: Open, room: FakeRoom) -> None:
    join(open_page)
    room.show("stage", '<span data-clock="ends" data-ends-at="1776340800000"></span>')
    room.show("exercise-slide-3", '<span data-until data-clock="until" data-zone="Europe/Stockholm"></span>')
    page = open_page(PROJECTOR)
    expect(page.locator("[data-until] .visually-hidden")).to_have_text("14.00")
    room.show("stage", '<span data-clock="ends" data-ends-at="1776341100000"></span>')
    expect(page.locator("[data-until] .visually-hidden")).to_have_text("14.05")
    room.show("stage", '<span data-clock="ends" data-left-ms="60000"></span>')
    expect(page.locator("[data-until]")).to_have_attribute("data-state", "paused")


def test_a_paired_screen_that_is_no_longer_let_in_shows_how_to_pair_again(open_page: Open, room: FakeRoom) -> None:
    join(open_page)
    screen = open_page(PROJECTOR.replace("/projector", "/screen"))
    poll(lambda: room.listeners)
    room.joined.clear()
    room.say("bye", reason="revoked", retry=1)
    room.hang_up()
    expect(screen.get_by_role("heading", name="Skriv koden i cockpiten")).to_be_visible(timeout=20_000)
    assert screen.url == f"{room.base}/projector?ended"
