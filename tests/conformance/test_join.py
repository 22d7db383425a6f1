"""The door: codes, keys, tickets, and a hall behind one address."""

from __future__ import annotations

import re
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import pytest

from tests.conformance.client import API, Holder, call, holder_of, identity, join, post_json
from tests.conformance.conftest import Place
from tests.running import Running

pytestmark = pytest.mark.conformance


def test_a_code_opens_the_door(place: Place, rating: str) -> None:
    answer = post_json(place.base, f"{API}/join", {"code": place.code, "name": "Ylva", "organisation": "Fabelå kommun", "language": "sv"})
    joined = answer.json
    assert answer.status == 200
    assert {"room_id", "ticket", "participant", "protocol", "now"} <= set(joined)
    assert joined["protocol"].startswith("1.")
    assert abs(joined["now"] - _server_now(place, joined)) < 5_000
    assert len(joined["ticket"]) >= 22
    assert place.code not in joined["room_id"]


def _server_now(place: Place, joined: dict[str, object]) -> int:
    return int(holder_of(place.base, joined).state()["now"])


def test_the_code_may_be_typed_in_two_groups(place: Place, rating: str) -> None:
    assert len(place.code) == 8
    assert join(place.base, f"{place.code[:4]} {place.code[4:]}").room == join(place.base, place.code).room


def test_the_key_of_the_qr_code_opens_the_same_room(place: Place, own: Running, crew: Holder, rating: str) -> None:
    key = _key(own)
    answer = post_json(place.base, f"{API}/join", {"key": key})
    assert answer.status == 200, answer.body
    assert answer.json["room_id"] == crew.room


def _key(own: Running) -> str:
    """The key as a phone reads it off the wall; here, where no camera is, from the data folder."""
    with closing(sqlite3.connect(own.data / "mellanrum.sqlite3")) as database:
        return str(database.execute("SELECT key FROM rooms_room WHERE code = ?", (own.code,)).fetchone()[0])


def test_the_ticket_is_also_an_http_only_cookie(place: Place, rating: str) -> None:
    answer = post_json(place.base, f"{API}/join", {"code": place.code})
    cookie = answer.header("Set-Cookie")
    prefix = "__Host-" if place.base.startswith("https") else ""
    assert f"{prefix}mr-{answer.json['room_id']}={answer.json['ticket']}" in cookie
    assert "httponly" in cookie.lower()
    assert "samesite=lax" in cookie.lower()


def test_joining_again_with_the_ticket_is_the_same_person(place: Place, person: Holder) -> None:
    again = post_json(place.base, f"{API}/join", {"code": place.code}, person.headers)
    assert again.status == 200
    assert identity(again.json) == person.participant
    by_cookie = post_json(
        place.base, f"{API}/join", {"code": place.code}, {"Cookie": f"mr-{person.room}={person.ticket}", "Sec-Fetch-Site": "same-origin"}
    )
    assert identity(by_cookie.json) == person.participant


def test_without_the_ticket_one_is_someone_else(person: Holder, other: Holder) -> None:
    assert person.participant != other.participant
    assert person.ticket != other.ticket


def test_three_hundred_phones_behind_one_address_all_come_in(place: Place, rating: str) -> None:
    with ThreadPoolExecutor(16) as pool:
        people = list(pool.map(lambda _: join(place.base, place.code), range(300)))
    assert len({person.participant for person in people}) == 300


def test_an_unknown_code_is_told_plainly(place: Place) -> None:
    answer = post_json(place.base, f"{API}/join", {"code": _wrong(place.code)})
    assert answer.status == 404
    assert answer.json["type"] == "/problems/code"


def _wrong(code: str, step: int = 1) -> str:
    return f"{(int(code) + step * 7_919) % 10**8:08d}"


def test_wrong_codes_are_braked_per_client_and_the_venue_still_comes_in(place: Place, rating: str) -> None:
    cookie = ""
    statuses = []
    for step in range(1, 40):
        answer = post_json(place.base, f"{API}/join", {"code": _wrong(place.code, step)}, {"Cookie": cookie} if cookie else {})
        statuses.append(answer.status)
        if not cookie:
            cookie = "; ".join(re.findall(r"([^=;, ]+=[^;, ]+)(?=;)", answer.header("Set-Cookie"))[:1])
        if answer.status == 429:
            assert float(answer.header("Retry-After")) > 0
            break
    assert statuses[-1] == 429, f"never told to rest: {statuses}"
    assert join(place.base, place.code).participant


def test_codes_that_are_no_codes_are_refused_as_such(place: Place) -> None:
    bodies: list[object] = [{}, {"code": 12345678}, {"code": "abc"}, {"code": ""}, {"key": "x" * 500}, {"code": None}, [], "x"]
    for body in bodies:
        assert post_json(place.base, f"{API}/join", body).status in {400, 404}, body


def test_leaving_without_trace(place: Place, rating: str) -> None:
    person = join(place.base, place.code, name="Kort Besök")
    answer = call(place.base, "DELETE", person.path("participants/me"), headers=person.headers)
    assert answer.status in {200, 204}
    assert person.get("state").status == 401


def test_who_leaves_hears_nothing_more_and_keeps_no_cookie(place: Place, person: Holder) -> None:
    with person.events() as stream:
        stream.until("hello")
        answer = call(place.base, "DELETE", person.path("participants/me"), headers=person.headers)
        assert answer.status == 204
        assert "Max-Age=0" in answer.header("set-cookie")
        stream.until("bye")
        while stream.take() is not None:
            pass
