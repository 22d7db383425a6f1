"""Evaluation to next plan: people answer on phones, the team reads it above the next day, says what it changes, and the wall shows that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.conformance.client import join, new_id
from tests.hostile.conftest import crew_of
from tests.journeys.browsing import COMPUTER, NARROW, PHONE, Screens, well
from tests.journeys.people import form, saved
from tests.running import Running, start_demo

pytestmark = pytest.mark.journey
WITHIN = 20_000
TEMPLATE = Path(__file__).parents[1] / "evaluating.sv.toml"
CHANGE = "Femton minuter till vid borden"


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_demo(tmp_path_factory.mktemp("evaluation") / "data", arguments=("--template", str(TEMPLATE)))
    yield running
    running.stop()


def others(product: Running, people: int) -> None:
    for _number in range(people):
        rate = {"id": new_id(), "exercise": "evaluation-1", "type": "rate", "data": {"item": "use", "value": 4}}
        assert join(product.base, product.code).send(rate)[0]["status"] == "stored"


def answer(screens: Screens, product: Running) -> None:
    phone = screens.open(product.phone, PHONE)
    expect(form(phone)).to_be_visible(timeout=WITHIN)
    well(phone, "answering")
    phone.locator('[name="rate?item=use#value"][value="5"]').check()
    phone.get_by_label("Vad ska vi behålla?").fill("Borden. Där blev det på riktigt.")
    phone.get_by_label("Vad ska vi ändra?").fill("Mer tid vid borden.")
    phone.get_by_label("Vad ska vi ändra?").blur()
    saved(phone)


def test_what_people_say_opens_the_next_plan_and_its_change_opens_the_next_meeting(product: Running, screens: Screens) -> None:
    answer(screens, product)
    others(product, 4)
    crew = crew_of(product)
    assert crew.act("reveal")["status"] == "stored"
    planner = screens.open(product.base + "/gatherings/2", COMPUTER)
    heard = planner.get_by_role("region", name="Förra gången")
    expect(heard.get_by_text("Mer tid vid borden.")).to_be_visible(timeout=WITHIN)
    expect(heard.get_by_text("Färre än 5 har svarat")).to_be_visible()
    well(planner, "the planner with what was heard")
    heard.get_by_label("Det här ändrar vi").fill(CHANGE)
    heard.get_by_label("Visa på duken").check()
    expect(planner.locator("[data-saving]")).to_contain_text("Sparat", timeout=WITHIN)
    narrow = screens.open(product.base + "/gatherings/2", NARROW)
    expect(narrow.get_by_label("Det här ändrar vi")).to_have_value(CHANGE)
    expect(narrow.get_by_label("Visa på duken")).to_be_checked()
    well(narrow, "the same on a narrow screen")
    opens_with_it(screens, product)


def opens_with_it(screens: Screens, product: Running) -> None:
    page = screens.open(product.base + "/gatherings/2", COMPUTER)
    page.get_by_role("button", name="Öppna rummet").click()
    sure = page.get_by_role("button", name="Öppna rummet")
    cockpit = page.locator("[data-act=next]")
    expect(sure.or_(cockpit).first).to_be_visible(timeout=WITHIN)
    if not cockpit.count():
        sure.click()
    expect(cockpit.first).to_be_visible(timeout=WITHIN)
    wall = screens.open(page.url.replace("/cockpit", "/projector"), COMPUTER)
    expect(wall.get_by_text(CHANGE)).to_have_count(0)
    cockpit.first.click()
    expect(wall.get_by_text(CHANGE)).to_be_visible(timeout=WITHIN)
    expect(wall.get_by_text("Det här har vi ändrat sedan sist")).to_be_visible()
