"""A phone: answers reach the room exactly once, whatever the net, the server and the person do meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.client.fake_room import CODE, FakeRoom
from tests.journeys.client.pages import rating, stage
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
A2, B3 = {"item": "a", "subject": "me", "value": 2}, {"item": "b", "subject": "me", "value": 3}
WORDS = {"part": "p1", "text": "Vi väntar på ett ja"}


def status(page: Page) -> Locator:
    return page.locator("[data-connection]")


def test_an_answer_is_sent_and_shown_as_saved_only_when_it_is(open_page: Open, room: FakeRoom) -> None:
    room.trouble.hold = Event()
    phone = open_page()
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Väntar · 1 svar")
    room.trouble.hold.set()
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [A2]


def test_offline_for_a_while_two_answers_wait_and_arrive_once(open_page: Open, room: FakeRoom, context: BrowserContext) -> None:
    phone = open_page()
    phone.get_by_label("a1").check()
    expect(status(phone)).to_have_text("Sparat")
    context.set_offline(True)
    phone.get_by_label("a2").check()
    phone.get_by_label("b3").check()
    expect(status(phone)).to_have_text("Väntar · 2 svar")
    context.set_offline(False)
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [{**A2, "value": 1}, A2, B3]


def test_the_latest_unsent_value_of_a_field_is_enough(open_page: Open, room: FakeRoom) -> None:
    room.trouble.hold = Event()
    phone = open_page()
    phone.get_by_label("b3").check()
    poll(lambda: room.posts, what="the first answer is on its way")
    for step in (1, 3, 2):
        phone.get_by_label(f"a{step}").check()
    expect(status(phone)).to_have_text("Väntar · 2 svar")
    room.trouble.hold.set()
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [B3, A2]


def test_a_reload_keeps_what_waits_and_what_is_half_written(open_page: Open, room: FakeRoom) -> None:
    room.trouble.status["contributions"] = 503
    phone = open_page()
    phone.get_by_label("a2").check()
    phone.get_by_label("Med egna ord").press_sequentially(WORDS["text"])
    phone.reload()
    expect(phone.get_by_label("a2")).to_be_checked()
    expect(phone.get_by_label("Med egna ord")).to_have_value(WORDS["text"])
    del room.trouble.status["contributions"]
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [A2, WORDS]


def test_own_answers_come_back_after_a_reload(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("a2").check()
    phone.get_by_label("Med egna ord").fill("Ord")
    phone.get_by_label("Med egna ord").blur()
    expect(status(phone)).to_have_text("Sparat")
    phone.reload()
    expect(phone.get_by_label("a2")).to_be_checked()
    expect(phone.get_by_label("Med egna ord")).to_have_value("Ord")
    assert len(room.joined) == 1


def test_a_lost_answer_of_the_server_stores_nothing_twice(open_page: Open, room: FakeRoom) -> None:
    room.trouble.lose_answers = 2
    phone = open_page()
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Sparat")
    assert len(room.posts) == 3
    assert {item["id"] for post in room.posts for item in post} == {room.stored[0]["id"]}
    assert room.data_of() == [A2]


def test_the_queue_is_replayed_after_the_server_died(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    room.stop()
    phone.get_by_label("a2").check()
    phone.get_by_label("b3").check()
    expect(status(phone)).to_have_text("Väntar · 2 svar")
    room.start()
    expect(status(phone)).to_have_text("Sparat", timeout=20_000)
    assert room.data_of() == [A2, B3]


def test_the_queue_is_still_there_when_the_door_does_not_answer(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    room.trouble.status |= dict.fromkeys(("join", "state", "events", "contributions"), 503)
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Väntar · 1 svar")
    phone.reload()
    expect(status(phone)).to_have_text("Väntar · 1 svar")
    room.trouble.status.clear()
    expect(phone.get_by_label("a2")).to_be_checked(timeout=20_000)
    expect(status(phone)).to_have_text("Sparat", timeout=20_000)
    assert room.data_of() == [A2]


def test_retry_after_is_respected(open_page: Open, room: FakeRoom) -> None:
    room.trouble.status["contributions"] = 429
    room.trouble.retry_after = 3
    phone = open_page()
    phone.get_by_label("a2").check()
    asked = lambda: sum(path.endswith("contributions") for path in room.asked)  # noqa: E731 - read twice below
    poll(lambda: asked() == 1)
    phone.get_by_label("b3").check()
    expect(status(phone)).to_have_text("Väntar · 2 svar")
    phone.wait_for_timeout(1500)
    assert asked() == 1
    room.trouble.status.clear()
    expect(status(phone)).to_have_text("Sparat")
    assert len(room.posts) == 1


def test_refused_words_stay_readable_until_put_away(open_page: Open, room: FakeRoom) -> None:
    room.trouble.refuse = {"write": "closed", "rate": "closed"}
    phone = open_page()
    phone.get_by_label("a2").click()  # it may be unchecked again before anybody could look
    expect(phone.locator("[data-notice-shown=refused]")).to_contain_text("Det gick inte.")
    expect(phone.get_by_label("a2")).not_to_be_checked()
    phone.get_by_label("Med egna ord").fill("Ett långt <b>svar</b>")
    phone.get_by_label("Med egna ord").blur()
    words = phone.locator("[data-notice-shown=refused] [data-text]")
    expect(words).to_have_text("Ett långt <b>svar</b>")
    expect(status(phone)).to_have_text("Sparat")
    phone.reload()
    expect(words).to_have_text("Ett långt <b>svar</b>")
    phone.locator("[data-notice-shown=refused]").get_by_role("button", name="Stäng").click()
    expect(words).to_have_count(0)
    phone.reload()
    expect(phone.get_by_label("a2")).to_be_visible()
    expect(words).to_have_count(0)


def test_one_bad_item_does_not_hold_up_the_others(open_page: Open, room: FakeRoom) -> None:
    room.trouble.hold = Event()
    phone = open_page()
    phone.get_by_label("a2").check()
    poll(lambda: room.posts)
    room.trouble.status["contributions"] = 413
    phone.get_by_label("b3").check()
    phone.get_by_label("b1").check()
    room.trouble.hold.set()
    expect(phone.locator("[data-notice-shown=refused]")).to_contain_text("Nummer 413.")
    expect(status(phone)).to_have_text("Sparat")


def test_anonymous_and_named_answers_never_share_a_request(open_page: Open, room: FakeRoom) -> None:
    room.show("exercise-scale-2", rating("scale-2", items="c", is_anonymous=False))
    room.trouble.status["contributions"] = 503
    phone = open_page()
    for label in ("a2", "c1", "b3"):
        phone.get_by_label(label).check()
    expect(status(phone)).to_have_text("Väntar · 3 svar")
    room.trouble.status.clear()
    expect(status(phone)).to_have_text("Sparat")
    assert sorted([item["exercise"] for item in post] for post in room.posts) == [["scale-1", "scale-1"], ["scale-2"]]
    assert [("made_at" in item) for item in room.stored] == [item["exercise"] == "scale-2" for item in room.stored]


def test_a_lost_ticket_is_renewed_and_the_queue_goes_along(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    room.joined.clear()
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [A2]


def test_doors(open_page: Open, room: FakeRoom) -> None:
    phone = open_page("/r/00000000")
    expect(phone.get_by_role("heading", name="Koden finns inte")).to_be_visible()
    room.trouble.status["join"] = 409
    expect(open_page().get_by_role("heading", name="Inte öppen än")).to_be_visible()
    room.trouble.status["join"] = 410
    expect(open_page().get_by_role("heading", name="Tack för i dag")).to_be_visible()


def test_the_key_of_the_qr_code_leaves_the_address_bar(open_page: Open, room: FakeRoom) -> None:
    phone = open_page(f"/r/{CODE}#k=the-key")
    expect(phone.get_by_label("a2")).to_be_visible()
    assert phone.url == f"{room.base}/r/{CODE}"
    assert list(room.joined.values()) == ["the-key"]


def test_a_plain_http_address_on_the_local_network(open_page: Open, room: FakeRoom) -> None:
    phone = open_page(base=f"http://hall.test:{room.port}")
    assert phone.evaluate("[isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Sparat")
    phone.reload()
    expect(phone.get_by_label("a2")).to_be_checked()
    assert room.data_of() == [A2]


def test_without_a_disk_the_queue_works_from_memory(context: BrowserContext, open_page: Open, room: FakeRoom) -> None:
    context.add_init_script("Object.defineProperty(window, 'indexedDB', {get() { throw new Error('private') }})")
    room.trouble.status["contributions"] = 503
    phone = open_page()
    phone.get_by_label("a2").check()
    expect(status(phone)).to_have_text("Väntar · 1 svar")
    expect(phone.locator("[data-notice-shown=storage]")).to_be_visible()
    room.trouble.status.clear()
    expect(status(phone)).to_have_text("Sparat", timeout=20_000)
    assert room.data_of() == [A2]


def test_the_place_and_the_title_follow_the_room(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.locator("[data-place-here]")).to_have_text("Träffen")
    expect(phone).to_have_title("Grus i skon")
    room.show("stage", stage("looking-up", "Titta upp en stund"))
    expect(phone.locator("#stage")).to_have_text("Titta upp en stund")
    expect(phone).to_have_title("Träffen")
