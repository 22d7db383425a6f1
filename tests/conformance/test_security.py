"""Seams of the protocol that keep others out: origin, caches, languages of errors."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conformance.client import API, Answer, Holder, call, example_item, open_exercises, post_json
from tests.conformance.conftest import Place

pytestmark = pytest.mark.conformance


@pytest.fixture
def item(person: Holder) -> dict[str, Any]:
    return example_item(next(open_exercises(person.state())))


def _by_cookie(person: Holder, item: dict[str, Any], **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return post_json(person.base, person.path("contributions"), item, {"Cookie": f"mr-{person.room}={person.ticket}", **named})


def test_a_cookie_from_another_site_is_refused(person: Holder, item: dict[str, Any]) -> None:
    for headers in (
        {"Origin": "https://elak.example"},
        {"Sec_Fetch_Site": "cross-site"},
        {"Sec_Fetch_Site": "same-site"},
        {"Sec_Fetch_Site": "none"},
        {"Origin": "null"},
        {"Sec_Fetch_Site": "cross-site", "Origin": person.base},
        {},
    ):
        answer = _by_cookie(person, item, **headers)
        assert answer.status == 403, headers
        assert answer.json["type"] == "/problems/origin"
    assert person.state()["mine"] == []


def test_a_cookie_from_our_own_page_is_taken(person: Holder, item: dict[str, Any]) -> None:
    assert _by_cookie(person, item, Sec_Fetch_Site="same-origin").status == 200
    assert _by_cookie(person, item, Origin=person.base).json["results"][0]["status"] == "duplicate"


def test_a_form_from_elsewhere_cannot_pose_as_json(person: Holder, item: dict[str, Any]) -> None:
    for kind in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
        headers = {"Cookie": f"mr-{person.room}={person.ticket}", "Sec-Fetch-Site": "same-origin"}
        answer = call(person.base, "POST", person.path("contributions"), body=b"{}", headers={**headers, "Content-Type": kind})
        assert answer.status == 415, kind


def test_a_bearer_needs_no_origin(person: Holder, item: dict[str, Any]) -> None:
    assert person.post(item, {"Origin": "https://gast.example", "Sec-Fetch-Site": "cross-site"}).status == 200


def test_no_other_site_may_read(place: Place, person: Holder) -> None:
    for answer in (
        person.get("state", {"Origin": "https://elak.example"}),
        call(
            place.base,
            "OPTIONS",
            person.path("contributions"),
            headers={"Origin": "https://elak.example", "Access-Control-Request-Method": "POST"},
        ),
        post_json(place.base, f"{API}/join", {"code": place.code}, {"Origin": "https://elak.example"}),
    ):
        assert not [name for name in answer.headers if name.lower().startswith("access-control-")]


def test_nothing_of_the_api_is_kept_in_a_cache(place: Place, person: Holder, item: dict[str, Any]) -> None:
    for answer in (
        person.get("state"),
        person.post(item),
        post_json(place.base, f"{API}/join", {"code": place.code}),
        call(place.base, "GET", person.path("state")),
    ):
        assert answer.header("Cache-Control").split(",")[0].strip() == "no-store"
        assert answer.header("X-Content-Type-Options") == "nosniff"


@pytest.mark.parametrize(
    ("method", "tail", "status"),
    [
        ("PUT", "contributions", 405),
        ("GET", "contributions", 405),
        ("POST", "state", 405),
        ("GET", "nowhere", 404),
        ("DELETE", "events", 405),
    ],
)
def test_other_methods_and_places(person: Holder, method: str, tail: str, status: int) -> None:
    answer = call(person.base, method, person.path(tail), headers={**person.headers, "Content-Type": "application/json"}, body=b"{}")
    assert answer.status == status
    assert answer.header("Content-Type").startswith("application/problem+json")


@pytest.mark.parametrize("body", [b"", b"{", b"[1", b"\xff\xfe", b"nul", b'"text"', b"12", b"[[]]", b'[{"id": 3}]', b"null", b"{}"])
def test_what_cannot_be_read_is_told_so(person: Holder, body: bytes) -> None:
    answer = call(
        person.base, "POST", person.path("contributions"), body=body, headers={**person.headers, "Content-Type": "application/json"}
    )
    assert answer.status == 400
    assert answer.json["type"] == "/problems/malformed"


def test_problems_are_problem_json_in_the_persons_language(place: Place) -> None:
    said = {}
    for language, accept in (("sv", "sv"), ("en", "en-GB,en;q=0.8"), ("de", "de")):
        answer = post_json(place.base, f"{API}/join", {"code": "00000000"}, {"Accept-Language": accept})
        problem = answer.json
        assert answer.header("Content-Type").startswith("application/problem+json")
        assert set(problem) >= {"type", "title", "status", "detail"}
        assert problem["status"] == answer.status
        said[language] = (problem["title"], problem["detail"])
    assert said["sv"] != said["en"]
    assert said["de"] == said["sv"]


def test_a_body_too_large_is_refused_before_it_is_read(person: Holder) -> None:
    body = b'[{"id":"' + b"a" * 300_000 + b'"}]'
    answer = call(
        person.base, "POST", person.path("contributions"), body=body, headers={**person.headers, "Content-Type": "application/json"}
    )
    assert answer.status == 413
    assert answer.json["type"].startswith("/problems/")
