"""The page without JavaScript beside the API: the same person, the same answers."""

from __future__ import annotations

from html import escape
from urllib.parse import urlencode

import pytest

from tests.conformance.client import Answer, Holder, call, new_id
from tests.conformance.conftest import Place

pytestmark = pytest.mark.conformance
CSRF = "x" * 32


def post_plain(place: Place, person: Holder, **fields: str) -> Answer:
    headers = {
        "Cookie": f"csrftoken={CSRF}; mr-{person.room}={person.ticket}",
        "X-CSRFToken": CSRF,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    return call(place.base, "POST", f"/r/{place.code}/plain", body=urlencode(fields).encode(), headers=headers)


def a_rating(place: Place, person: Holder, rating: str) -> dict[str, object]:
    offer = next(one for one in person.state()["exercises"] if one["id"] == rating)
    return {"id": new_id(), "exercise": rating, "type": "rate", "data": offer["example"]["data"]}


def field_of(item: dict[str, object]) -> str:
    data = dict(item["data"])  # type: ignore[call-overload]
    return f"rate?{urlencode({key: data[key] for key in ('item', 'subject')})}#value"


def test_what_was_taken_back_can_be_given_again(place: Place, person: Holder, rating: str) -> None:
    given = a_rating(place, person, rating)
    value = str(dict(given["data"])["value"])  # type: ignore[call-overload]
    assert person.send(given)[0]["status"] == "stored"
    again = post_plain(place, person, **{"exercise": rating, field_of(given): value})
    assert again.header("Location").endswith("saved=0")  # unchanged: nothing is sent
    taken_back = {"id": new_id(), "exercise": rating, "type": "withdraw", "data": {"id": given["id"]}}
    assert person.send(taken_back)[0]["status"] == "stored"
    again = post_plain(place, person, **{"exercise": rating, field_of(given): value})
    assert again.header("Location").endswith("saved=1"), (again.status, escape(again.body.decode())[:200])
    assert [one["data"] for one in person.state()["mine"]] == [given["data"]]


def page_of(place: Place, person: Holder) -> str:
    return call(place.base, "GET", f"/r/{place.code}/plain", headers={"Cookie": f"mr-{person.room}={person.ticket}"}).body.decode()


def test_the_writer_is_told_that_a_text_rests_and_why_until_it_is_written_anew(
    place: Place, crew: Holder, person: Holder, rating: str
) -> None:
    part = person.state()["cells"][f"exercise-{rating}"]["parts"][0]["id"]
    data = {"part": part, "text": "Nisse på tredje våningen"}
    first = {"id": new_id(), "exercise": rating, "type": "write", "data": data}
    assert person.send(first)[0]["status"] == "stored"
    assert "vilar" not in page_of(place, person)
    crew.act("hide", id=first["id"], reason="Pekar ut någon")
    told = page_of(place, person)
    assert "vilar och visas inte" in told
    assert "Pekar ut någon." in told
    assert "Nisse på tredje våningen" in told
    another = {**first, "id": new_id(), "data": {**data, "text": "En kollega"}}
    assert person.send(another)[0]["status"] == "stored"
    assert "vilar" not in page_of(place, person)


def test_a_line_break_in_the_address_is_no_header(place: Place) -> None:
    answer = call(place.base, "GET", "/r/1%0d%0ax-evil:%20yes?plain")
    assert answer.status == 303
    assert not answer.header("x-evil")
