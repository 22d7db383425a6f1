"""Two who lead one room: the same ticks, who has the room, undoing each other's acts, tables that call, and one without network."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, Watch, accessible, well
from tests.journeys.test_first_meeting import signed_in
from tests.running import Running, environment, free_port, poll, start_serve

pytestmark = pytest.mark.journey
NO_NETWORK = ("ERR_INTERNET_DISCONNECTED", "ERR_NETWORK", "ERR_TIMED_OUT", "ERR_FAILED")


@dataclass
class Pair:
    """`lo` at a desk, `robin` on a phone."""

    running: Running
    screens: Screens
    lo: Page
    robin: Page

    @property
    def room(self) -> str:
        return self.lo.url.rsplit("/", 1)[0]


@pytest.fixture
def pair(browser: Browser, tmp_path: Path) -> Iterator[Pair]:
    line = [sys.executable, "-m", "tests.journeys.meeting", str(tmp_path / "data")]
    told = json.loads(subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=120, check=True).stdout)
    running = start_serve(tmp_path / "data", port=free_port())
    screens = Screens(browser, Watch(running.base, expected=NO_NETWORK))
    lo, robin = (signed_in(screens, running, told, who, kind) for who, kind in (("lo", COMPUTER), ("robin", PHONE)))
    lo.goto(f"{running.base}/gatherings/{told['gathering']}")
    lo.get_by_role("button", name="Öppna rummet").first.click()
    lo.wait_for_url("**/cockpit")
    robin.goto(lo.url)
    for page in (lo, robin):
        expect(page.locator("[data-connection]")).to_have_text("Sparat")
    yield Pair(running, screens, lo, robin)
    screens.close()
    running.stop()
    assert (screens.watch.strangers, screens.watch.complaints) == ([], [])
    assert "Traceback" not in running.output


def step(page: Page) -> str:
    return str(page.locator(".script").get_attribute("data-now"))


def on(by: Page, *others: Page) -> None:
    """One step on; everybody has seen it."""
    before = step(by)
    by.locator('.ctl [data-key="n"]').click()
    for page in (by, *others):
        expect(page.locator(".script")).not_to_have_attribute("data-now", before)


def place(page: Page, name: str) -> None:
    page.locator(f".places input[value={name}]").check(force=True)


def done_acts(page: Page) -> Locator:
    return page.locator(".done-acts li")


def test_ticks_the_room_and_what_was_done_belong_to_both(pair: Pair) -> None:
    lo, robin = pair.lo, pair.robin
    on(lo, robin)
    tick_together(lo, robin)
    hand_over(lo, robin)
    undo_each_other(lo, robin)
    well(robin, "who leads, on a phone")
    accessible(lo, "who leads")


def tick_together(lo: Page, robin: Page) -> None:
    acts = done_acts(lo).count()
    lo.locator(".todo input").first.check()
    expect(robin.locator(".todo input").first).to_be_checked()
    many = lo.locator(".todo li").count()
    expect(robin.locator(".script .of").first).to_have_text(f"1 av {many}")
    robin.locator(".todo input").first.uncheck()
    expect(lo.locator(".todo input").first).not_to_be_checked()
    robin.locator(".todo input").last.check()
    expect(lo.locator(".todo input").last).to_be_checked()
    assert done_acts(lo).count() == acts


def hand_over(lo: Page, robin: Page) -> None:
    """Told to whom it concerns, shown to both, and nothing is locked."""
    lo.locator(".team summary").click()
    lo.get_by_role("button", name="Lämna över till robin").click()
    expect(robin.locator("[data-notice-shown=leads]")).to_contain_text("Du har rummet nu.")
    for page in (lo, robin):
        expect(page.locator(".now-box .kicker")).to_contain_text("robin har rummet")
    expect(lo.locator("[data-notice-shown]")).to_have_count(0)
    robin.locator("[data-notice-shown=leads] button").click()
    lo.locator(".team summary").click()
    lo.get_by_role("button", name="Ta rummet själv").click()
    expect(robin.locator("[data-notice-shown=led]")).to_contain_text("lo har rummet nu.")
    expect(robin.locator(".now-box .kicker")).to_contain_text("lo har rummet")
    robin.get_by_role("button", name="Lägg till en minut").click()  # who has the room locks nothing
    expect(done_acts(lo).first).to_contain_text("+1 min")


def undo_each_other(lo: Page, robin: Page) -> None:
    """Any of the last ten, with who did it; the second who presses is told."""
    expect(done_acts(lo).first.locator("small")).to_have_text("robin")
    expect(done_acts(lo).nth(1).locator("small")).to_have_text("lo")
    place(robin, "room")
    seq = done_acts(lo).nth(1).locator("button").get_attribute("data-act-data")
    robin.evaluate("document.querySelector('[data-notices]').replaceChildren()")
    lo.locator(f".done-acts button[data-act-data='{seq}']").click()
    expect(robin.locator(f".done-acts button[data-act-data='{seq}']")).to_have_count(0)
    expect(done_acts(robin).first).to_contain_text("+1 min")  # what came after it stands
    robin.evaluate(
        """(seq) => { const button = document.querySelector('.done-acts button').cloneNode(true);
        button.dataset.actData = seq; document.body.append(button); button.click(); button.remove(); }""",
        seq,
    )  # as if pressed in the moment before the other press was seen
    expect(robin.locator("[data-notice-shown=refused]")).to_contain_text("Det går inte att ångra längre.")
    place(robin, "now")


def table_link(pair: Pair) -> str:
    pair.lo.goto(f"{pair.room}/tables")
    pair.lo.get_by_label("Hur många sitter vid bordet?").fill("5")
    pair.lo.locator(".invite button").click()
    link = pair.lo.get_by_label("Länken").input_value()
    pair.lo.goto(f"{pair.room}/cockpit")
    return str(link)


def test_a_table_calls_is_answered_and_told_something(pair: Pair) -> None:
    lo, robin = pair.lo, pair.robin
    phone = pair.screens.open(table_link(pair), NARROW)
    stranger = pair.screens.open(f"{pair.running.base}/r/{code(lo)}", NARROW)
    phone.get_by_role("button", name="Vi vill något").click()
    expect(lo.locator(".at-table.waiting")).to_contain_text("vill något sedan")
    expect(robin.locator(".places [data-badge]")).to_have_attribute("data-badge", "1")
    expect(lo.locator("[data-calls-live]")).to_contain_text("Bord 1 vill något")
    lo.get_by_role("button", name="Vi kommer: bord 1").click()
    expect(phone.locator(".table-calls .told")).to_have_text("Den som leder har sett er och kommer.")
    well(phone, "a table that called")
    place(robin, "room")
    robin.locator(".to-table summary").click()
    robin.get_by_label("Till bord 1").fill("Kom gärna fram")
    robin.locator(".to-table button").click()
    expect(phone.locator(".table-calls [data-message]")).to_contain_text("Kom gärna fram")
    well(robin, "a line to a table, on a phone")
    accessible(lo, "a table that called")
    on(lo, robin)  # it stands until it is taken away, whatever the room does
    expect(phone.locator(".table-calls [data-message]")).to_contain_text("Kom gärna fram")
    assert "Kom gärna fram" not in stranger.content()
    assert stranger.locator(".table-calls").count() == 0
    without_scripts(pair, phone)
    robin.get_by_role("button", name="Ta bort raden till bord 1").click()
    expect(phone.locator(".table-calls [data-message]")).to_have_count(0)


def test_the_room_is_a_drawer_on_a_narrow_screen(pair: Pair) -> None:
    page = pair.lo
    page.set_viewport_size({"width": 1000, "height": 800})
    opener = page.get_by_role("button", name="Rummet")
    expect(page.locator(".room")).not_to_be_visible()
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#room-h")).to_be_focused()
    expect(page.get_by_role("link", name="Bordstelefon")).to_be_visible()
    expect(page.locator("#tell")).to_be_visible()
    expect(opener).to_have_attribute("aria-expanded", "true")
    well(page, "the drawer")
    page.keyboard.press("Escape")
    expect(page.locator(".room")).not_to_be_visible()
    expect(opener).to_be_focused()
    page.keyboard.press("m")  # a key that leads into it opens it
    expect(page.locator("#tell")).to_be_focused()


def code(page: Page) -> str:
    return str(page.locator(".room header span").inner_text()).replace(" ", "")


def without_scripts(pair: Pair, phone: Page) -> None:
    """The same on the plain page: the line stands there, and one may call."""
    plain = pair.screens.open(pair.running.base, NARROW, java_script_enabled=False)
    plain.context.add_cookies(phone.context.cookies())  # type: ignore[arg-type]
    plain.goto(f"{phone.url.split('#')[0]}/plain")
    expect(plain.locator(".table-calls [data-message]")).to_contain_text("Kom gärna fram")
    plain.get_by_role("button", name="Inget längre").click()
    expect(plain.locator(".table-calls .told")).to_have_text("Bord 1")
    expect(pair.lo.locator(".at-table.calls")).to_have_count(0)
    plain.get_by_role("button", name="Vi vill något").click()
    expect(pair.lo.locator(".at-table.waiting")).to_be_visible()
    expect(phone.locator(".table-calls .told")).to_contain_text("Ni har ropat.")


def test_who_had_no_network_sees_what_is_true_and_presses_nothing_late(pair: Pair) -> None:
    lo, robin = pair.lo, pair.robin
    on(lo, robin)
    left, acts = step(lo), done_acts(robin).count()
    away(lo)
    lo.locator('[data-key="n"]').click()
    expect(lo.locator("[data-notice-shown=unsent]")).to_contain_text("Det skickas inte i efterhand.")
    lo.keyboard.press("f")
    expect(lo.locator("[data-connection]")).to_have_text("Ingen kontakt", timeout=40_000)
    expect(lo.locator("[data-notice-shown=lost]")).to_contain_text("Det du trycker på nu händer inte")
    assert step(robin) == left
    on(robin)
    on(robin)
    robin.locator(".ctl .pause").click()
    expect(robin.locator(".ctl .pause")).to_have_attribute("aria-pressed", "true")
    assert step(lo) == left
    expect(lo.locator("[aria-busy]")).to_have_count(0)  # what was pressed has been given up
    lo.context.set_offline(False)  # the page is told so, and asks
    expect(lo.locator(".script")).to_have_attribute("data-now", step(robin), timeout=40_000)
    expect(lo.locator("[data-notice-shown=went]")).to_contain_text("Åter i kontakt. Rummet har gått vidare.")
    expect(lo.locator(".ctl .pause")).to_have_attribute("aria-pressed", "true")
    expect(lo.locator("[data-notice-shown=lost]")).to_have_count(0)
    expect(lo.locator('[data-key="f"]')).to_have_attribute("aria-pressed", "false")
    assert done_acts(robin).count() == acts + 3
    expect(lo.locator(".flow.notes")).to_have_count(1)  # those of blocks that are over go with the next beat
    accessible(lo, "after being away")


def away(page: Page) -> None:
    """No network: what is asked for fails, and the stream that is open, which the browser's switch leaves open, is cut."""
    page.context.set_offline(True)
    page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")


def test_contradicting_commands_from_an_old_picture_do_nothing(pair: Pair) -> None:
    """One who still sees an earlier step presses on, back and another phase: the room stays where the other has led it."""
    lo, robin = pair.lo, pair.robin
    on(lo, robin)
    old = {kind: lo.locator(f"[data-act={kind}]").first.get_attribute("data-act-data") for kind in ("next", "back")}
    on(robin, lo)
    on(robin, lo)
    there = step(lo)
    for kind, data in old.items():
        press_old(lo, kind, str(data))
        expect(lo.locator("[data-notice-shown=first]")).to_contain_text("Någon annan hann före.")
        lo.evaluate("document.querySelector('[data-notices]').replaceChildren()")
        poll(lambda: step(lo) == step(robin) == there, what="both where the room is")
    phase = lo.locator(".phases button").first
    stale = str(phase.get_attribute("data-act-data"))
    assert '"from"' in stale
    on(robin, lo)
    there = step(lo)
    press_old(lo, "go", stale)
    expect(lo.locator("[data-notice-shown=first]")).to_be_visible()
    assert step(lo) == step(robin) == there


def press_old(page: Page, kind: str, data: str) -> None:
    """A press that was under way when the other one's was seen."""
    page.evaluate(
        """([kind, data]) => { const button = Object.assign(document.createElement('button'), {type: 'button'});
        Object.assign(button.dataset, {act: kind, actData: data}); document.body.append(button); button.click(); button.remove(); }""",
        [kind, data],
    )
