"""A link for somebody who was added where no mail goes out: who may make one, for whom, and what it is worth."""

from __future__ import annotations

import re
from typing import Any

import html5lib
import pytest
from django.test import Client

from mellanrum.accounts.actions import create_owner, create_person, use_sign_in_link
from mellanrum.accounts.models import AuditRow, SignInLink, User
from mellanrum.core.mail import NO_MAIL
from mellanrum.programmes.models import Membership, Programme
from mellanrum.programmes.people import add_person

pytestmark = pytest.mark.django_db
KIM = "kim@sagomark.example"


@pytest.fixture(autouse=True)
def no_mail(settings: Any) -> None:
    settings.EMAIL_BACKEND = NO_MAIL


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(title="Modet att mötas")


@pytest.fixture
def elin(programme: Programme) -> User:
    return member(programme, "owner", "elin@fabela.example")


@pytest.fixture
def kim(programme: Programme, elin: User) -> User:
    return add_person(programme, email=KIM, role="helper", actor=elin, base_url="")


def member(programme: Programme, role: str, email: str) -> User:
    user = create_person(email)
    Membership.objects.create(programme=programme, user=user, role=role)
    return user


def ask(client: Client, programme: Programme, person: User, by: User) -> tuple[int, str]:
    """Status, and the key of the link if there is one."""
    client.force_login(by)
    answer = client.post(f"/programmes/{programme.pk}/people/{person.pk}/link")
    found = re.search(r'value="http://testserver/sign-in/#k=([^"]+)"', answer.content.decode())
    return answer.status_code, found[1] if found else ""


def test_an_owner_hands_a_new_colleague_a_link_that_signs_in_once(client: Client, programme: Programme, elin: User, kim: User) -> None:
    client.force_login(elin)
    assert "Skapa en länk" in client.get(f"/programmes/{programme.pk}/people").content.decode()
    status, key = ask(client, programme, kim, elin)
    assert status == 200
    row = AuditRow.objects.get(what="link-handed")
    assert (row.actor, row.about, row.place, row.detail) == (elin, kim, f"programme-{programme.pk}", "")
    theirs = Client()
    theirs.post("/sign-in/", {"key": key})
    assert "Modet att mötas" in theirs.get("/").content.decode()
    assert Client().post("/sign-in/", {"key": key}).status_code == 400
    assert ask(client, programme, kim, elin) == (409, "")  # has been here
    assert "Skapa en länk" not in client.get(f"/programmes/{programme.pk}/people").content.decode()


def test_the_page_with_the_link_is_sound_and_kept_nowhere(client: Client, programme: Programme, elin: User, kim: User) -> None:
    client.force_login(elin)
    answer = client.post(f"/programmes/{programme.pk}/people/{kim.pk}/link")
    html5lib.HTMLParser(strict=True).parse(answer.content)
    assert "no-store" in answer["Cache-Control"]


def test_a_new_link_ends_the_one_before(client: Client, programme: Programme, elin: User, kim: User) -> None:
    (_status, first), (_again, second) = ask(client, programme, kim, elin), ask(client, programme, kim, elin)
    assert use_sign_in_link(first) is None
    assert use_sign_in_link(second) == kim


@pytest.mark.parametrize(("role", "status"), [("facilitator", 403), ("helper", 403), ("viewer", 403), ("", 404)])
def test_nobody_but_an_owner_gets_one(client: Client, programme: Programme, kim: User, role: str, status: int) -> None:
    asker = member(programme, role, "other@fabela.example") if role else create_person("okand@sagomark.example")
    assert ask(client, programme, kim, asker) == (status, "")
    assert not SignInLink.objects.exists()


def test_where_mail_works_there_is_no_other_way(client: Client, programme: Programme, elin: User, kim: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert ask(client, programme, kim, elin) == (409, "")


def test_nobody_is_given_a_key_to_more_than_their_own_programme(client: Client, programme: Programme, elin: User, kim: User) -> None:
    """Adding somebody's address to a programme of one's own is no way into theirs."""
    Membership.objects.create(programme=Programme.objects.create(title="Ett annat"), user=kim, role="owner")
    boss = create_owner("boss@fabela.example")
    Membership.objects.create(programme=programme, user=boss, role="helper")
    stranger = create_person("okand@sagomark.example")
    assert ask(client, programme, kim, elin) == (409, "")
    assert ask(client, programme, boss, elin) == (409, "")
    assert ask(client, programme, elin, elin) == (409, "")
    assert ask(client, programme, stranger, elin) == (404, "")
    assert not SignInLink.objects.exists()


def test_a_link_is_worth_nothing_once_its_person_may_do_more(client: Client, programme: Programme, elin: User, kim: User) -> None:
    _status, key = ask(client, programme, kim, elin)
    other = Programme.objects.create(title="Ett annat")
    tariq = member(other, "owner", "tariq@sagomark.example")
    add_person(other, email=KIM, role="owner", actor=tariq, base_url="")
    assert use_sign_in_link(key) is None


def test_becoming_an_owner_of_the_installation_ends_links_and_sessions(client: Client, programme: Programme, elin: User, kim: User) -> None:
    _status, key = ask(client, programme, kim, elin)
    theirs = Client()
    theirs.force_login(kim)
    assert "Modet att mötas" in theirs.get("/").content.decode()
    create_owner(KIM)
    assert "Modet att mötas" not in theirs.get("/").content.decode()
    assert use_sign_in_link(key) is None
