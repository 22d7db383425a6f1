"""A page that is left in the moment somebody writes: what they gave is kept, and given once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.journeys.client.fake_room import FakeRoom
from tests.running import poll

pytestmark = pytest.mark.journey
Open = Callable[..., Page]
A2 = {"item": "a", "subject": "me", "value": 2}
WORDS = {"part": "p1", "text": "Vi väntar på ett ja"}
SLOW_DISK = """(names) => {
  const begin = IDBDatabase.prototype.transaction;
  IDBTransaction.prototype.commit = () => {};
  IDBDatabase.prototype.transaction = function (name, mode) {
    const made = begin.call(this, name, mode);
    const turn = () => (made.objectStore(name).count().onsuccess = turn);
    if (mode === "readwrite" && names.includes(name)) turn();
    return made;
  };
}"""

NO_REMOVAL = """() => {
  const remove = IDBObjectStore.prototype.delete;
  IDBObjectStore.prototype.delete = function (key) { return this.name === "drafts" ? this.count() : remove.call(this, key); };
}"""

# Words go when their field is left, however long the next tab takes to open.
LONG_REST = """() => {
  const begin = window.setTimeout;
  window.setTimeout = (work, after, ...more) => begin(work, after === 3000 ? 600_000 : after, ...more);
}"""


def status(page: Page) -> Locator:
    return page.locator("[data-connection]")


def test_a_reload_before_the_disk_has_written_loses_nothing(open_page: Open, room: FakeRoom) -> None:
    room.trouble.status["contributions"] = 503
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    phone.evaluate(SLOW_DISK, ["outbox", "drafts"])  # from here on nothing is written until the page is gone
    phone.get_by_label("a2").check()
    phone.get_by_label("Med egna ord").fill("Vi väntar på ett ja")
    phone.reload()
    expect(phone.get_by_label("a2")).to_be_checked()
    expect(phone.get_by_label("Med egna ord")).to_have_value("Vi väntar på ett ja")
    del room.trouble.status["contributions"]
    expect(status(phone)).to_have_text("Sparat", timeout=20_000)
    assert room.data_of() == [A2, WORDS]
    assert phone.evaluate("localStorage.length") == 0


def test_the_slow_disk_of_these_tests_loses_what_only_it_was_given(open_page: Open, room: FakeRoom) -> None:
    """The control: what is written there in the moment before a reload is gone."""
    phone = open_page()
    put = """() => new Promise((done) => indexedDB.open("mellanrum", 1).onsuccess = ({ target }) => {
      target.result.transaction("refused", "readwrite").objectStore("refused").put({ id: "x" }).onsuccess = () => done();
    })"""
    phone.evaluate(SLOW_DISK, ["refused"])
    phone.evaluate(put)
    phone.reload()
    count = """() => new Promise((done) => indexedDB.open("mellanrum", 1).onsuccess = ({ target }) => {
      target.result.transaction("refused").objectStore("refused").count().onsuccess = (event) => done(event.target.result);
    })"""
    assert phone.evaluate(count) == 0


def test_words_that_were_sent_are_not_sent_again_by_the_next_page(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    phone.get_by_label("Med egna ord").fill(WORDS["text"])
    phone.wait_for_timeout(400)  # a draft is on the disk by now, wherever drafts are kept
    phone.evaluate(NO_REMOVAL)  # and cannot be taken away from there before the page is gone
    phone.get_by_label("Med egna ord").blur()
    poll(lambda: room.stored)
    phone.reload()
    expect(phone.get_by_label("Med egna ord")).to_have_value(WORDS["text"])
    phone.get_by_label("Med egna ord").focus()
    phone.get_by_label("Med egna ord").blur()  # a draft goes now, if there is one
    phone.get_by_label("a2").check()
    poll(lambda: A2 in room.data_of())
    expect(status(phone)).to_have_text("Sparat")
    assert room.data_of() == [WORDS, A2]


def has_heard(room: FakeRoom, times: int) -> bool:
    return sum(len(post) for post in room.posts) == times


def test_one_draft_in_two_tabs_is_one_contribution(context: BrowserContext, open_page: Open, room: FakeRoom) -> None:
    context.add_init_script(f"({LONG_REST})()")
    phone = open_page()
    phone.get_by_label("Med egna ord").fill(WORDS["text"])
    other = open_page()
    expect(other.get_by_label("Med egna ord")).to_have_value(WORDS["text"])
    for sent, page in enumerate((phone, other), 1):
        page.get_by_label("Med egna ord").focus()
        page.get_by_label("Med egna ord").blur()
        poll(partial(has_heard, room, sent), what=f"sent {sent} times")
    assert room.data_of() == [WORDS]


def test_last_words_go_out_although_the_page_is_closed_before_the_disk_has_written(open_page: Open, room: FakeRoom) -> None:
    phone = open_page()
    expect(phone.get_by_label("a2")).to_be_visible()
    phone.evaluate(SLOW_DISK, ["outbox", "drafts"])
    phone.get_by_label("Med egna ord").fill(WORDS["text"])
    phone.close(run_before_unload=True)
    poll(lambda: room.data_of() == [WORDS])
    again = open_page()
    expect(again.get_by_label("Med egna ord")).to_have_value(WORDS["text"])
    expect(status(again)).to_have_text("Sparat")
    assert room.data_of() == [WORDS]
