"""The server dies while people write, and a hall without https: the phone keeps every answer and says what is true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.journeys.browsing import Screens, Watch, well
from tests.journeys.outside import HALL
from tests.journeys.people import form, rate, saved, stone, waits
from tests.running import Running, free_port, start_demo, start_serve

pytestmark = [pytest.mark.journey, pytest.mark.slow]  # a phone waits some seconds before it tries again
EXPECTED = ("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "ERR_INCOMPLETE_CHUNKED_ENCODING", "ERR_EMPTY_RESPONSE", "ERR_NETWORK")


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Running]:
    running = start_demo(tmp_path / "data")
    find_rating(crew_of(running))
    yield running
    running.stop()


def test_what_is_written_while_the_server_is_dead_arrives_once(browser: Browser, meeting: Running) -> None:
    crew = crew_of(meeting)
    screens = Screens(browser, watch := Watch(meeting.base, expected=EXPECTED))
    phone = screens.open(meeting.phone)
    rate(phone, "notice", "me", 2)
    saved(phone)
    meeting.kill()
    rate(phone, "notice", "me", 5)
    rate(phone, "notice", "together", 4)
    waits(phone, 2)
    meeting.process = start_serve(meeting.data, port=meeting.port).process
    expect(phone.locator("[data-connection]")).to_have_text("Sparat", timeout=40_000)
    expect(stone(phone, "notice", "me", 5)).to_be_checked()
    exercise = crew.state()["cells"]["stage"]["now"]["exercise"]
    assert crew.state()["cells"][f"exercise-{exercise}"]["answered"] == 1
    screens.close()
    assert (watch.strangers, watch.complaints) == ([], [])


def test_a_hall_on_its_own_network_without_https(browser: Browser, meeting: Running) -> None:
    """A plain address of a local network: no randomUUID, no service worker, no __Host- cookies; everything works all the same."""
    meeting.stop()
    port = free_port()
    meeting.process = start_serve(meeting.data, port=port, extra={"MELLANRUM_BASE_URL": f"http://{HALL}:{port}"}).process
    screens = Screens(browser, watch := Watch(f"http://{HALL}:{port}"))
    phone = screens.open(f"http://{HALL}:{port}/r/{meeting.code}")
    assert phone.evaluate("[window.isSecureContext, typeof crypto.randomUUID]") == [False, "undefined"]
    expect(form(phone)).to_be_visible()
    rate(phone, "notice", "me", 4)
    saved(phone)
    well(phone, "phone in a hall without https")
    phone.reload()
    expect(stone(phone, "notice", "me", 4)).to_be_checked()
    screens.close()
    assert (watch.strangers, watch.complaints) == ([], [])
