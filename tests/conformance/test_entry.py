"""Entering sheets: who opens the page is told whether anything would be taken, before they type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest

from tests.conformance.client import Answer, Holder, call
from tests.conformance.conftest import Place, wait_for_step
from tests.running import Running, start_demo

pytestmark = pytest.mark.conformance
CSRF = "x" * 32
OVER, NOT_YET = "Vi har gått vidare från det här steget.", "Den här frågan är inte öppen än."


def page(place: Place, crew: Holder, exercise: str) -> str:
    return call(place.base, "GET", f"/rooms/{crew.room}/paper/{exercise}").body.decode()


def enter(place: Place, crew: Holder, exercise: str, **fields: str) -> Answer:
    headers = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    return call(place.base, "POST", f"/rooms/{crew.room}/paper/{exercise}", body=urlencode(fields).encode(), headers=headers)


def test_while_people_answer_the_form_is_there_and_nothing_warns(place: Place, own: Running, crew: Holder, rating: str) -> None:
    html = page(place, crew, rating)
    assert "Bladets nummer" in html
    assert OVER not in html


def test_when_the_result_is_shown_the_page_says_that_the_step_is_over(
    place: Place, own: Running, crew: Holder, rating: str, rating_step: tuple[str, str]
) -> None:
    assert crew.act("next")["status"] == "stored"
    wait_for_step(crew, rating_step[0].replace(":rate", ":result"))
    html = page(place, crew, rating)
    assert OVER in html
    assert "läggs vid sidan om" in html  # a rating has texts, which may come late
    assert "Bladets nummer" in html


def test_when_nothing_at_all_was_taken_it_says_so_and_why_once(place: Place, own: Running, crew: Holder, rating: str) -> None:
    offer = next(one for one in crew.state()["exercises"] if one["id"] == rating)
    data = dict(offer["example"]["data"])
    right = f"rate?{urlencode({'item': data['item'], 'subject': data['subject']})}#value"
    wrong = [f"rate?item=gone-{number}&subject={data['subject']}#value" for number in range(2)]
    nothing = enter(place, crew, rating, sheet="7", **dict.fromkeys(wrong, "3")).body.decode()
    assert "Ingenting togs emot." in nothing
    some = enter(place, crew, rating, sheet="7", **{right: "3", wrong[0]: "3"}).body.decode()
    assert "Allt togs inte emot." in some


@pytest.fixture(scope="module")
def waiting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Running, str]]:
    """A room that stands in its rating, and an exercise of it that nobody has opened yet."""
    running = start_demo(tmp_path_factory.mktemp("waiting") / "data", arguments=("--template", "larandetraff"))
    sheets = urlsplit(running.cockpit).path.replace("/cockpit", "/paper")
    found = re.search(r"paper/(cards-\d+)", call(running.base, "GET", sheets).body.decode())
    assert found
    yield running, f"{sheets}/{found[1]}"
    running.stop()


def test_where_nothing_would_be_taken_there_is_no_form(waiting: tuple[Running, str]) -> None:
    running, address = waiting
    html = call(running.base, "GET", address).body.decode()
    assert NOT_YET in html
    assert "Bladets nummer" not in html
    assert "Lappens nummer" not in html
