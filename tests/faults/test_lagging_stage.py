"""What was acknowledged is on the page that follows, however late the fold is."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest

from tests.conformance.client import example_item, join, new_id, open_exercises
from tests.faults import lagging_stage
from tests.running import Running, demo

pytestmark = pytest.mark.fault


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Running]:
    with demo(tmp_path / "data", prefix=[sys.executable, lagging_stage.__file__]) as running:
        yield running


def test_the_plain_page_shows_the_answer_it_has_just_taken(product: Running) -> None:
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    address = f"{product.phone}/plain"

    def load(**fields: str) -> str:
        body = urlencode(fields).encode() if fields else None
        return str(browser.open(Request(address, body, {"Origin": product.base})).read().decode())

    door = load()
    form = load(csrfmiddlewaretoken=found(r'name="csrfmiddlewaretoken" value="([^"]+)"', door))
    assert "checked" not in form
    given = {"exercise": found(r'data-exercise="([^"]+)"', form), found(r'name="(rate\?[^"]+)"', form): "2"}
    begun = time.monotonic()
    page = load(csrfmiddlewaretoken=found(r'name="csrfmiddlewaretoken" value="([^"]+)"', form), **given)
    assert len(re.findall(r"<input[^>]*\schecked\b", page)) == 1
    assert time.monotonic() - begun > lagging_stage.LAG, "the fold was not late, so nothing is proved"


def test_what_was_just_given_can_be_taken_back_at_once(product: Running) -> None:
    person = join(product.base, product.code)
    item = example_item(next(open_exercises(person.state())))
    assert person.send(item)[0]["status"] == "stored"
    withdraw = {"id": new_id(), "exercise": item["exercise"], "type": "withdraw", "data": {"id": item["id"]}}
    assert person.send(withdraw)[0]["status"] == "stored"


def found(pattern: str, page: str) -> str:
    match = re.search(pattern, page)
    assert match, pattern
    return unescape(match[1])
