"""Pages that stand beside the API: what they set, and the documentation they give."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from tests.conformance.client import Holder, call
from tests.conformance.conftest import Place
from tests.running import Running

pytestmark = pytest.mark.conformance


@pytest.mark.parametrize("page", ["phone", "projector", "cockpit"])
def test_the_pages_the_demo_names_open_without_signing_in(place: Place, own: Running, page: str, rating: str) -> None:
    address = urlsplit(getattr(own, page))
    answer = call(place.base, "GET", f"{address.path}?{address.query}")
    assert answer.status == 200, (answer.status, answer.header("Location"))
    assert answer.header("Content-Type").startswith("text/html")
    assert "unsafe-inline" not in answer.header("Content-Security-Policy")
    assert "default-src" in answer.header("Content-Security-Policy")


def test_the_projectors_page_sets_the_projectors_ticket(place: Place, own: Running, crew: Holder, rating: str) -> None:
    address = urlsplit(own.projector)
    answer = call(place.base, "GET", f"{address.path}?{address.query}")
    found = re.search(rf"mr-{crew.room}-projector=([^;]+)", " ".join(answer.headers.get_all("Set-Cookie") or []))
    assert found, answer.headers.items()
    state = call(place.base, "GET", crew.path("state"), headers={"Cookie": f"mr-{crew.room}-projector={found[1]}"})
    assert state.status == 200
    assert "showing" in state.json["cells"]["stage"]
    refused = call(
        place.base,
        "POST",
        crew.path("contributions"),
        body=b'{"id": "projector-may-not-act-0001", "exercise": "stage", "type": "next", "data": {}}',
        headers={"Authorization": f"Bearer {found[1]}", "Content-Type": "application/json"},
    )
    assert refused.status in {200, 403}
    assert refused.status == 403 or refused.json["results"][0]["reason"] == "no_right"


def test_the_phone_shell_is_the_same_bytes_for_everyone(place: Place, person: Holder, rating: str) -> None:
    address = urlsplit(place.own.phone if place.own else f"{place.base}/r/{place.code}")
    first = call(place.base, "GET", address.path, headers={"Accept-Language": "sv"})
    second = call(place.base, "GET", address.path, headers={"Accept-Language": "sv", "Cookie": f"mr-{person.room}={person.ticket}"})
    assert first.status == 200
    assert first.body == second.body
    assert b"csrf" not in first.body.lower()


def test_the_documentation_is_a_page_of_its_own(place: Place, own: Running, crew: Holder, person: Holder, rating: str) -> None:
    gathering = _gathering(own)
    path = f"/api/v1/gatherings/{gathering}/documentation.html"
    answer = call(place.base, "GET", path, headers=crew.headers)
    assert answer.status == 200
    assert answer.header("Content-Type").startswith("text/html")
    assert call(place.base, "GET", path, headers=person.headers).status in {401, 403, 404}


def _gathering(own: Running) -> str:
    address = urlsplit(own.cockpit)
    headers = {"Cookie": _cookies(call(own.base, "GET", f"{address.path}?{address.query}"))}
    page = call(own.base, "GET", f"{address.path}?{address.query}", headers=headers).body.decode()
    found = re.search(r"/gatherings/([0-9A-Za-z-]+)", page)
    assert found, "the cockpit names no gathering"
    return found[1]


def _cookies(answer: object) -> str:
    return "; ".join(cookie.split(";")[0] for cookie in answer.headers.get_all("Set-Cookie") or [])  # type: ignore[attr-defined]
