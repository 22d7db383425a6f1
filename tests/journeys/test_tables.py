"""One phone for a table: its people are counted once, when it comes, and it answers as one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.conformance.client import API, call, join, post_json
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.journeys.browsing import COMPUTER, Screens, Watch, well
from tests.journeys.people import form, rate, saved
from tests.running import Running, start_demo, start_serve

pytestmark = pytest.mark.journey


@pytest.fixture
def own(tmp_path: Path, browser: Browser) -> Iterator[tuple[Running, Screens]]:
    running = start_demo(tmp_path / "data")
    screens = Screens(browser, Watch(running.base))
    yield running, screens
    screens.close()
    running.stop()
    assert screens.watch.complaints == []
    assert "Traceback" not in running.output


def here(product: Running, crew_room: str) -> int:
    answer = call(product.base, "GET", f"{API}/{crew_room}/state?audience=crew", headers={"Authorization": f"Bearer {product.ticket}"})
    return int(answer.json["cells"]["people"]["here"])


def make_link(page: Page, people: str) -> None:
    page.get_by_label("Hur många sitter vid bordet?").fill(people)
    page.locator(".invite button").click()


def test_a_table_of_six_is_six_people_and_one_answer(own: tuple[Running, Screens]) -> None:
    product, screens = own
    crew = crew_of(product)
    find_rating(crew)
    before = here(product, crew.room)
    page = screens.open(product.cockpit, COMPUTER)
    page.get_by_role("link", name="Bordstelefon").click()
    screens.watch.expected = ("400",)
    for wrong in ("0", "100", ""):
        make_link(page, wrong)
        expect(page.get_by_role("alert")).to_have_text("Skriv ett tal från 1 till 99.")
    well(page, "tables, a wrong number")
    make_link(page, "6")
    expect(page.get_by_role("heading", name="Bord 1, 6 personer")).to_be_visible()
    well(page, "tables, a link")
    link = page.get_by_label("Länken").input_value()
    assert here(product, crew.room) == before  # nobody has opened it

    phone = screens.open(link)
    expect(form(phone).first).to_be_visible()
    assert phone.url == link.partition("#")[0]
    assert here(product, crew.room) == before + 6
    rate(phone, "notice", "me", 4)
    saved(phone)

    headers = {"Authorization": f"Bearer {link.partition('#t=')[2]}"}
    told = [post_json(product.base, f"{API}/join", {"code": product.code}, headers).json for _ in range(2)]
    assert {one["stands_for"] for one in told} == {6}
    assert len({one["participant"] for one in told}) == 1
    assert "stands_for" in post_json(product.base, f"{API}/join", {"code": product.code}).json
    assert here(product, crew.room) == before + 6 + 1  # that one was somebody by themselves

    join(product.base, product.code)
    screens.close()  # an open page would complain of the stop
    screens.contexts.clear()
    assert here_after_restart(product, crew.room) == before + 6 + 2


def here_after_restart(product: Running, room: str) -> int:
    product.stop()
    again = start_serve(product.data, port=product.port)
    try:
        again.ticket = product.ticket
        return here(again, room)
    finally:
        again.stop()
