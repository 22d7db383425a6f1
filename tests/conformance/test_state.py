"""`GET state`: everything a client needs, in one answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime

import brotli
import pytest

from tests.conformance.client import Holder, call, example_item, join, new_id, open_exercises
from tests.conformance.conftest import Place

pytestmark = pytest.mark.conformance


def test_the_shape_of_state(person: Holder, rating: str) -> None:
    state = person.state()
    assert {"version", "server_time", "now", "cells", "exercises", "mine"} <= set(state)
    assert isinstance(state["version"], int)
    assert abs(datetime.fromisoformat(state["server_time"]).timestamp() * 1000 - state["now"]) < 1_500
    assert {"stage", "people", f"exercise-{rating}"} <= set(state["cells"])
    assert state["mine"] == []


def test_an_exercise_says_what_it_accepts_and_gives_an_example(person: Holder, rating: str) -> None:
    exercise = next(exercise for exercise in person.state()["exercises"] if exercise["id"] == rating)
    assert exercise["slug"] == "scale"
    assert exercise["phase"] == "rate"
    assert "rate" in exercise["accepts"]
    assert exercise["accepts"]["rate"]["type"] == "object"
    assert set(exercise["example"]) == {"type", "data"}


def test_a_stranger_can_take_part_knowing_only_the_protocol(person: Holder) -> None:
    exercise = next(open_exercises(person.state()))
    item = example_item(exercise)
    assert person.send(item)[0]["status"] == "stored"
    assert person.state()["mine"] == [item]


def test_mine_is_mine_alone(person: Holder, other: Holder, rating: str) -> None:
    person.send(example_item(next(open_exercises(person.state()))))
    assert other.state()["mine"] == []


def test_an_unchanged_state_is_not_sent_again(person: Holder) -> None:
    first = person.get("state")
    assert first.header("ETag")
    again = person.get("state", {"If-None-Match": first.header("ETag")})
    assert (again.status, again.body) == (304, b"")
    assert again.header("Cache-Control") == "no-store"


@pytest.mark.parametrize(("coding", "opened"), [("gzip", gzip.decompress), ("br", brotli.decompress), ("identity", bytes)])
def test_however_the_state_travels_it_is_the_same(person: Holder, coding: str, opened: Callable[[bytes], bytes]) -> None:
    answer = person.get("state?as=html", {"Accept-Encoding": coding})
    assert answer.header("Content-Encoding") in {"", coding}
    body = opened(answer.body) if answer.header("Content-Encoding") else answer.body
    assert json.loads(body)["cells"] == json.loads(person.get("state?as=html").body)["cells"]


def test_the_etag_changes_with_my_own_answer(person: Holder) -> None:
    before = person.get("state").header("ETag")
    person.send(example_item(next(open_exercises(person.state()))))
    answer = person.get("state", {"If-None-Match": before})
    assert answer.status == 200
    assert answer.header("ETag") != before


def test_the_own_part_alone(person: Holder, rating: str) -> None:
    item = example_item(next(open_exercises(person.state())))
    person.send(item)
    part = person.state("?part=own")
    assert "cells" not in part
    assert part["mine"] == [item]
    assert {"version", "own"} <= set(part)


def test_our_own_pages_get_html(person: Holder, rating: str) -> None:
    cells = person.state("?as=html")["cells"]
    assert isinstance(cells[f"exercise-{rating}"], str)
    assert "<form" in cells[f"exercise-{rating}"]


def test_the_query_may_narrow_but_never_widen(place: Place, crew: Holder, person: Holder) -> None:
    assert "rows" in crew.state()["cells"]["stage"]
    assert "rows" not in crew.state("?audience=phone")["cells"]["stage"]
    widened = person.get("state?audience=crew")
    assert widened.status in {200, 401, 403}
    assert b'"rows"' not in widened.body


def test_state_needs_a_ticket_and_the_right_one(place: Place, person: Holder) -> None:
    assert call(place.base, "GET", person.path("state")).status == 401
    assert call(place.base, "GET", person.path("state"), headers={"Authorization": "Bearer " + new_id()}).status == 401
    elsewhere = call(place.base, "GET", "/api/v1/rooms/" + "a" * 26 + "/state", headers=person.headers)
    assert elsewhere.status in {401, 404}


def test_the_cookie_is_as_good_as_the_header(place: Place, person: Holder) -> None:
    answer = call(place.base, "GET", person.path("state"), headers={"Cookie": f"mr-{person.room}={person.ticket}"})
    assert answer.status == 200
    assert answer.json["cells"] == person.state()["cells"]


def test_names_are_not_given_to_the_room(place: Place, person: Holder, crew: Holder) -> None:
    join(place.base, place.code, name="Namnet Som Inte Syns")
    for holder, query in ((person, ""), (crew, "?audience=projector"), (crew, "")):
        assert b"Namnet Som" not in holder.get(f"state{query}").body


def test_the_etag_changes_when_somebody_is_erased_and_another_comes(place: Place, person: Holder, other: Holder) -> None:
    before = person.get("state").header("ETag")
    assert call(place.base, "DELETE", other.path("participants/me"), headers=other.headers).status == 204
    join(place.base, place.code)
    assert person.get("state", {"If-None-Match": before}).status == 200


def test_looking_has_a_pace_that_no_reload_meets(person: Holder, other: Holder) -> None:
    answers = [person.get("state?part=own") for _ in range(50)]
    assert {answer.status for answer in answers} == {200}
    while answers[-1].status == 200 and len(answers) < 2000:
        answers.append(person.get("state?part=own"))
    assert (answers[-1].status, answers[-1].json["type"]) == (429, "/problems/too-fast")
    assert float(answers[-1].header("Retry-After")) >= 1
    assert other.get("state").status == 200
