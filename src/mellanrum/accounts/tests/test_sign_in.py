"""Signing in and out through the pages, and the demo's open door."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from mellanrum.accounts.access import current_person, is_signed_in
from mellanrum.accounts.actions import create_person, mint_sign_in_link
from mellanrum.accounts.middleware import DEMO_EMAIL, DemoSignInMiddleware, is_on_this_computer
from mellanrum.accounts.models import SignInLink, User
from mellanrum.core import ports

pytestmark = pytest.mark.django_db


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def key(elin: User) -> str:
    return urlsplit(mint_sign_in_link(elin, base_url="")).fragment.removeprefix("k=")


def test_the_page_shows_a_form_and_signs_nobody_in(client: Client, key: str) -> None:
    response = client.get("/sign-in/")
    assert response.status_code == 200
    assert b'name="key"' in response.content
    assert "no-store" in response["Cache-Control"]
    assert SignInLink.objects.get().used_at is None


def test_a_key_in_the_query_is_not_looked_at(client: Client, key: str) -> None:
    client.get(f"/sign-in/?key={key}")
    assert "_auth_user_id" not in client.session
    assert SignInLink.objects.get().used_at is None


def test_posting_the_key_signs_in_once(client: Client, key: str, elin: User) -> None:
    response = client.post("/sign-in/", {"key": key})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(elin.pk)
    elin.refresh_from_db()
    assert elin.last_login is not None
    again = Client().post("/sign-in/", {"key": key})
    assert again.status_code == 400
    assert key.encode() not in again.content


def test_a_hostile_key_is_told_what_to_do(client: Client, elin: User) -> None:
    for value in ("", "nope", "<script>alert(1)</script>", "x" * 100_000, "\0"):
        response = client.post("/sign-in/", {"key": value})
        assert response.status_code == 400
        assert b"<script>alert" not in response.content
        assert "_auth_user_id" not in client.session


def test_the_whole_link_may_be_pasted(client: Client, elin: User) -> None:
    link = mint_sign_in_link(elin, base_url="https://rum.example")
    assert client.post("/sign-in/", {"key": f" {link}\n"}).status_code == 302


def test_signing_in_needs_the_form(key: str) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.post("/sign-in/", {"key": key}).status_code == 403
    assert SignInLink.objects.get().used_at is None


def test_the_session_is_another_after_signing_in(client: Client, key: str) -> None:
    session = client.session
    session["seen"] = "before"
    session.save()
    planted = session.session_key
    client.post("/sign-in/", {"key": key})
    assert client.session.session_key != planted


@pytest.fixture
def revoked() -> Iterator[list[User]]:
    """Whose tickets are taken back."""
    people: list[User] = []
    had = ports.provided("revoke_tickets")
    ports.withdraw("revoke_tickets")
    ports.provide("revoke_tickets", people.append)
    yield people
    ports.withdraw("revoke_tickets")
    if had is not None:
        ports.provide("revoke_tickets", had)


def test_who_signs_in_after_another_does_not_get_their_tickets(client: Client, key: str, elin: User, revoked: list[User]) -> None:
    before = create_person("kim@fabela.example")
    client.force_login(before)
    client.post("/sign-in/", {"key": key})
    assert revoked == [before]
    client.post("/sign-in/", {"key": urlsplit(mint_sign_in_link(elin, base_url="")).fragment.removeprefix("k=")})
    assert revoked == [before]  # the same person again keeps theirs


def test_signing_out_ends_the_session_and_the_tickets(client: Client, elin: User, revoked: list[User]) -> None:
    client.force_login(elin)
    key = client.session.session_key or ""
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/").status_code == 302
    assert revoked == [elin]
    assert "_auth_user_id" not in client.session
    assert not client.session.exists(key)


def visitor(host: str = "127.0.0.1:8000", address: str = "127.0.0.1", **headers: str) -> HttpRequest:
    request = RequestFactory(headers=headers).get("/", REMOTE_ADDR=address, HTTP_HOST=host)
    from django.contrib.auth.models import AnonymousUser

    request.user = AnonymousUser()
    return request


def arrives_as(request: HttpRequest) -> User | None:
    seen: list[User | None] = []

    def page(asked: HttpRequest) -> HttpResponse:
        seen.append(current_person(asked))
        return HttpResponse()

    DemoSignInMiddleware(page)(request)
    return seen[0]


@pytest.mark.parametrize(
    ("host", "address"), [("127.0.0.1:8000", "127.0.0.1"), ("localhost:8000", "127.0.0.1"), ("[::1]:8000", "::1"), ("localhost", "::1")]
)
def test_the_demo_knows_whoever_sits_at_this_computer(settings: Any, host: str, address: str) -> None:
    facilitator = create_person(DEMO_EMAIL)
    assert arrives_as(visitor(host, address)) is None  # the control: without the demo nobody is let in
    settings.DEMO = True
    assert arrives_as(visitor(host, address)) == facilitator


@pytest.mark.parametrize(
    ("host", "address", "headers"),
    [
        ("rum.example", "127.0.0.1", {}),
        ("127.0.0.1.rum.example", "127.0.0.1", {}),
        ("192.0.2.7:8000", "192.0.2.7", {}),
        ("127.0.0.1:8000", "192.0.2.7", {}),
        ("localhost:8000", "", {}),
        ("localhost:8000", "127.0.0.1", {"X-Forwarded-For": "127.0.0.1"}),
        ("localhost:8000", "127.0.0.1", {"Forwarded": "for=127.0.0.1"}),
        ("localhost:8000", "127.0.0.1", {"X-Forwarded-Host": "rum.example"}),
        ("localhost:8000", "127.0.0.1", {"Via": "1.1 proxy"}),
    ],
)
def test_the_demo_knows_nobody_from_elsewhere(settings: Any, host: str, address: str, headers: dict[str, str]) -> None:
    settings.DEMO = True
    settings.ALLOWED_HOSTS = ["*"]
    create_person(DEMO_EMAIL)
    request = visitor(host, address, **headers)
    assert not is_on_this_computer(request)
    assert arrives_as(request) is None


def test_the_demo_leaves_a_signed_in_person_alone(settings: Any, elin: User) -> None:
    settings.DEMO = True
    create_person(DEMO_EMAIL)
    request = visitor()
    request.user = elin
    assert arrives_as(request) == elin


def test_a_demo_without_its_facilitator_lets_nobody_in(settings: Any, elin: User) -> None:
    settings.DEMO = True
    assert arrives_as(visitor()) is None


def test_the_demos_own_tickets_survive_who_signs_in_there(client: Client, key: str, revoked: list[User], settings: Any) -> None:
    settings.DEMO = True
    create_person(DEMO_EMAIL, name="Demons ledare")
    here = {"host": "127.0.0.1:8000"}
    assert "Demons ledare" in client.get("/", headers=here).content.decode()
    client.post("/sign-in/", {"key": key}, headers=here)
    assert "_auth_user_id" in client.session
    assert revoked == []


def test_a_page_being_made_learns_that_its_session_has_ended(client: Client, elin: User, rf: RequestFactory) -> None:
    client.force_login(elin)
    request = rf.get("/")
    request.session = client.session
    assert is_signed_in(request)
    client.post("/sign-out/")
    assert not is_signed_in(request)


def test_the_open_door_of_the_demo_has_no_session_to_lose(client: Client, rf: RequestFactory) -> None:
    request = rf.get("/")
    request.session = client.session
    assert is_signed_in(request)
