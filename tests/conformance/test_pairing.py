"""A projector is paired without anybody signing in on it."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest

from tests.conformance.client import Answer, Holder, call, new_id, post_json
from tests.conformance.conftest import Place
from tests.running import Running

pytestmark = pytest.mark.conformance
PROJECTORS = "/api/v1/projectors"
CSRF = "x" * 32


def begin(place: Place) -> tuple[str, str]:
    """The projector's secret, and the code it shows."""
    answer = post_json(place.base, PROJECTORS, {})
    assert answer.status == 200, answer.body
    assert set(answer.json) == {"pairing", "code", "expires_in"}
    assert re.fullmatch(r"\d{6}", answer.json["code"])
    assert answer.json["expires_in"] == 600
    return answer.json["pairing"], answer.json["code"]


def ask(place: Place, secret: str) -> Answer:
    return call(place.base, "GET", f"{PROJECTORS}/me", headers={"Authorization": f"Bearer {secret}"})


def pair(place: Place, room: str, code: str) -> str:
    """How it went, as the cockpit is told."""
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF}
    answer = call(place.base, "POST", f"/rooms/{room}/pair", body=urlencode({"code": code}).encode(), headers=headers)
    assert answer.status == 302, answer.body
    address, _, went = answer.header("Location").partition("?pairing=")
    assert address == f"/rooms/{room}/cockpit"
    return went


def screen(place: Place, room: str, cookie: str = "") -> Answer:
    return call(place.base, "GET", f"/rooms/{room}/screen", headers={"Cookie": cookie})


def test_a_confirmed_code_shows_the_room_and_opens_nothing_else(place: Place, own: Running, crew: Holder, rating: str) -> None:
    secret, code = begin(place)
    waiting = ask(place, secret)
    assert (waiting.status, waiting.json, waiting.headers.get_all("Set-Cookie")) == (200, {"room_id": None}, None)

    assert pair(place, crew.room, f"{code[:3]} {code[3:]}") == "paired"
    answer = ask(place, secret)
    assert answer.json == {"room_id": crew.room}
    cookie = answer.header("Set-Cookie")
    assert "HttpOnly; SameSite=Lax" in cookie
    held = cookie.partition(";")[0]
    name, _, ticket = held.partition("=")
    assert name == f"mr-{crew.room}-projector"

    page = screen(place, crew.room, held)
    assert page.status == 200
    assert b'data-audience="projector"' in page.body
    projector = Holder(place.base, crew.room, ticket)
    assert "showing" in projector.state()["cells"]["stage"]
    refused = projector.send({"id": new_id(), "exercise": "stage", "type": "next", "data": {}})
    assert refused[0]["reason"] == "no_right"
    assert projector.get("state?audience=crew").status == 403
    assert pair(place, crew.room, code) == "wrong"  # it was good for once


def test_a_stranger_sees_no_screen(place: Place, own: Running, crew: Holder, person: Holder) -> None:
    name = f"mr-{crew.room}-projector"
    cookies = ["", f"{name}={'x' * 43}", f"{name}={person.ticket}", f"{name}={crew.ticket}"]
    assert {screen(place, crew.room, cookie).status for cookie in cookies} == {404}


def test_another_code_pairs_nothing_and_another_secret_learns_nothing(place: Place, own: Running, crew: Holder) -> None:
    secret, code = begin(place)
    assert pair(place, crew.room, f"{(int(code) + 1) % 10**6:06d}") == "wrong"
    assert ask(place, secret).json == {"room_id": None}
    for other in (secret[:-1], "x" * 43, ""):
        assert ask(place, other).status == 404
    assert call(place.base, "GET", f"{PROJECTORS}/me").status == 404


def test_the_page_and_the_calls_say_what_they_take(place: Place, own: Running) -> None:
    page = call(place.base, "GET", "/projector")
    assert page.status == 200
    assert b"pairing." in page.body
    assert call(place.base, "GET", PROJECTORS).status == 405
    assert call(place.base, "POST", f"{PROJECTORS}/me").status == 405
    assert call(place.base, "GET", f"{PROJECTORS}/other").status == 404
    assert call(place.base, "POST", PROJECTORS, body=b"{}").status == 415
    assert post_json(place.base, PROJECTORS, "x" * 2000).status == 413
    assert post_json(place.base, PROJECTORS, []).status == 400


def test_so_many_new_ones_are_asked_to_wait(place: Place, own: Running) -> None:
    for _ in range(200):
        answer = post_json(place.base, PROJECTORS, {})
        if answer.status != 200:
            break
    assert answer.status == 429
    assert 1 <= int(answer.header("Retry-After")) <= 3
