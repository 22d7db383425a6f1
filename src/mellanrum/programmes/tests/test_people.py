"""Who takes part: adding, changing and removing, who may, and what it does at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

import html5lib
import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.actions import create_owner, create_person
from mellanrum.accounts.models import AuditRow, User
from mellanrum.core import ports
from mellanrum.core.clock import now
from mellanrum.core.mail import NO_MAIL, wait_until_sent
from mellanrum.programmes.models import Membership, Programme
from mellanrum.programmes.people import LastOwner, add_person, change_role, remove_person
from mellanrum.rooms.actions import mint_ticket, open_room
from mellanrum.rooms.models import Ticket

pytestmark = pytest.mark.django_db
NEW = "kim@sagomark.example"


@pytest.fixture
def programme() -> Programme:
    return Programme.objects.create(title="Modet att mötas")


@pytest.fixture
def elin(programme: Programme) -> User:
    return member(programme, "owner", "elin@fabela.example")


@pytest.fixture
def revoked() -> Iterator[list[tuple[User, int | None]]]:
    """Whose tickets were taken back, and where."""
    seen: list[tuple[User, int | None]] = []

    def revoke(user: User, *, programme_id: int | None = None) -> None:
        seen.append((user, programme_id))

    had = ports.provided("revoke_tickets")
    ports.withdraw("revoke_tickets")
    ports.provide("revoke_tickets", revoke)
    yield seen
    ports.withdraw("revoke_tickets")
    if had is not None:
        ports.provide("revoke_tickets", had)


def member(programme: Programme, role: str, email: str = "") -> User:
    user = create_person(email or f"{role}@fabela.example")
    Membership.objects.create(programme=programme, user=user, role=role)
    return user


def role_of(programme: Programme, user: User) -> str | None:
    return programme.memberships.filter(user=user).values_list("role", flat=True).first()


def page(client: Client, programme: Programme, as_: User, query: str = "") -> str:
    client.force_login(as_)
    response = client.get(f"/programmes/{programme.pk}/people{query}")
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    assert b" style=" not in response.content
    return response.content.decode()


def test_an_owner_takes_somebody_with_them(client: Client, programme: Programme, elin: User) -> None:
    client.force_login(elin)
    response = client.post(f"/programmes/{programme.pk}/people", {"email": NEW.upper(), "role": "helper"})
    assert response["Location"] == f"/programmes/{programme.pk}/people?done=added"
    kim = User.objects.get(email=NEW)
    assert role_of(programme, kim) == "helper"
    html = page(client, programme, elin, "?done=added")
    assert "Inbjudan är på väg" in html
    assert NEW in html
    assert wait_until_sent(10)
    (letter,) = django_mail.outbox
    assert (letter.to, letter.subject) == ([NEW], "Du är med i Modet att mötas")
    assert "http://testserver/sign-in/" in letter.body
    assert "elin@fabela.example har tagit med dig" in letter.body
    row = AuditRow.objects.get()
    assert (row.what, row.actor, row.about, row.place, row.detail) == ("member-added", elin, kim, f"programme-{programme.pk}", "helper")


def test_the_invited_signs_in_with_a_code_and_finds_the_programme(client: Client, programme: Programme, elin: User) -> None:
    add_person(programme, email=NEW, role="viewer", actor=elin, base_url="")
    client.post("/sign-in/", {"email": NEW})
    assert wait_until_sent(10)
    code = next(line for line in str(django_mail.outbox[-1].body).splitlines() if line.isdecimal())
    client.post("/sign-in/code", {"code": code})
    assert "Modet att mötas" in client.get("/").content.decode()


def test_a_letter_speaks_the_programmes_language(programme: Programme, elin: User) -> None:
    programme.language = "en"
    add_person(programme, email=NEW, role="viewer", actor=elin, base_url="")
    assert wait_until_sent(10)
    assert "Inget lösenord" not in django_mail.outbox[0].body


def test_a_title_brings_no_header(programme: Programme, elin: User) -> None:
    programme.title = "Möten\r\nBcc: all@fabela.example"
    add_person(programme, email=NEW, role="viewer", actor=elin, base_url="")
    assert wait_until_sent(10)
    assert django_mail.outbox[0].recipients() == [NEW]


def test_a_changed_role_holds_at_once(programme: Programme, elin: User, revoked: list[Any]) -> None:
    helper = member(programme, "helper")
    change_role(programme, helper.pk, role="viewer", actor=elin)
    assert role_of(programme, helper) == "viewer"
    assert revoked == [(helper, programme.pk)]
    assert AuditRow.objects.values_list("what", "detail").get() == ("role-changed", "helper > viewer")
    change_role(programme, helper.pk, role="viewer", actor=elin)
    assert AuditRow.objects.count() == 1  # nothing happened


def test_a_removed_person_is_a_stranger(client: Client, programme: Programme, elin: User, revoked: list[Any]) -> None:
    helper = member(programme, "helper")
    remove_person(programme, helper.pk, actor=elin)
    assert revoked == [(helper, programme.pk)]
    assert AuditRow.objects.values_list("what", "about", "detail").get() == ("member-removed", helper.pk, "helper")
    client.force_login(helper)
    assert client.get(f"/programmes/{programme.pk}/people").status_code == 404


def test_tickets_of_this_programme_go_and_others_stay(programme: Programme, elin: User) -> None:
    helper = member(programme, "helper")
    other = Programme.objects.create(title="Annat")
    Membership.objects.create(programme=other, user=helper, role="helper")
    for one in (programme, other):
        room = open_room(one.gatherings.create(title="Träff"))
        mint_ticket(room, Ticket.Kind.PROJECTOR, user=helper)
    assert Ticket.objects.count() == 2
    change_role(programme, helper.pk, role="viewer", actor=elin)
    assert Ticket.objects.get().room.gathering.programme == other


def test_who_has_lost_the_role_or_the_session_gets_no_ticket(programme: Programme, elin: User) -> None:
    helper, room = member(programme, "helper"), open_room(programme.gatherings.create(title="Träff"))
    stranger = User.objects.create_user("stranger@sagomark.example")
    for kind, user, answer in (("crew", helper, True), ("projector", elin, False), ("crew", stranger, True)):
        with pytest.raises(PermissionDenied):
            mint_ticket(room, kind, user=user, is_signed_in=partial(bool, answer))
    assert not Ticket.objects.exists()
    mint_ticket(room, "projector", user=helper)
    mint_ticket(room, "crew", user=elin)
    assert Ticket.objects.count() == 2


def test_the_last_owner_stays(client: Client, programme: Programme, elin: User) -> None:
    for step in (lambda: remove_person(programme, elin.pk, actor=elin), lambda: change_role(programme, elin.pk, role="helper", actor=elin)):
        with pytest.raises(LastOwner):
            step()
    client.force_login(elin)
    response = client.post(f"/programmes/{programme.pk}/people/{elin.pk}/remove")
    assert (response.status_code, "Gör någon annan till ägare" in response.content.decode()) == (409, True)
    assert role_of(programme, elin) == "owner"
    assert not AuditRow.objects.exists()


def test_an_owner_may_leave_when_there_is_another(client: Client, programme: Programme, elin: User) -> None:
    member(programme, "owner", "tariq@sagomark.example")
    client.force_login(elin)
    assert client.post(f"/programmes/{programme.pk}/people/{elin.pk}/remove")["Location"] == "/"
    assert role_of(programme, elin) is None


@pytest.mark.parametrize("role", ["facilitator", "helper", "viewer"])
def test_a_facilitator_handles_all_but_owners(programme: Programme, elin: User, role: str) -> None:
    leader = member(programme, "facilitator", "leader@fabela.example")
    person = member(programme, role)
    remove_person(programme, person.pk, actor=leader)
    add_person(programme, email=person.email, role=role, actor=leader, base_url="")
    for step in (
        lambda: change_role(programme, person.pk, role="owner", actor=leader),
        lambda: change_role(programme, leader.pk, role="owner", actor=leader),
        lambda: change_role(programme, elin.pk, role=role, actor=leader),
        lambda: remove_person(programme, elin.pk, actor=leader),
        lambda: add_person(programme, email=NEW, role="owner", actor=leader, base_url=""),
    ):
        with pytest.raises(PermissionDenied):
            step()
    assert (role_of(programme, elin), role_of(programme, person)) == ("owner", role)
    assert not User.objects.filter(email=NEW).exists()


@pytest.mark.parametrize("role", ["helper", "viewer", "stranger"])
def test_others_handle_nobody(client: Client, programme: Programme, elin: User, role: str) -> None:
    person = create_person("stranger@fabela.example") if role == "stranger" else member(programme, role)
    client.force_login(person)
    expected = 404 if role == "stranger" else 403
    base = f"/programmes/{programme.pk}/people"
    for path in (base, f"{base}/{person.pk}/role", f"{base}/{person.pk}/remove"):
        assert client.post(path, {"email": NEW, "role": "owner"}).status_code == expected
    assert not User.objects.filter(email=NEW).exists()
    assert not AuditRow.objects.exists()


def test_an_actor_who_lost_the_role_a_moment_ago_is_refused(programme: Programme, elin: User) -> None:
    other = member(programme, "owner", "tariq@sagomark.example")
    remove_person(programme, elin.pk, actor=other)
    with pytest.raises(PermissionDenied):
        remove_person(programme, other.pk, actor=elin)


@pytest.mark.parametrize(
    ("fields", "status", "told"),
    [
        ({"email": "kim", "role": "viewer"}, 400, "namn@organisation.se"),
        ({"email": f"{NEW}\r\nBcc: x@y.se", "role": "viewer"}, 400, "namn@organisation.se"),
        ({"email": NEW, "role": "emperor"}, 400, "Välj en av rollerna"),
        ({"email": NEW}, 400, "Välj en av rollerna"),
        ({"email": "elin@fabela.example", "role": "viewer"}, 409, "redan med"),
    ],
)
def test_what_cannot_be_done_is_told(
    client: Client, programme: Programme, elin: User, fields: dict[str, str], status: int, told: str
) -> None:
    client.force_login(elin)
    response = client.post(f"/programmes/{programme.pk}/people", fields)
    assert (response.status_code, told in response.content.decode()) == (status, True)
    assert not User.objects.filter(email=NEW).exists()


def test_nobody_is_flooded_with_invitations(client: Client, programme: Programme, elin: User) -> None:
    client.force_login(elin)
    path = f"/programmes/{programme.pk}/people"
    kim = create_person(NEW)
    for _number in range(5):
        assert client.post(path, {"email": NEW, "role": "viewer"}).status_code == 302
        client.post(f"{path}/{kim.pk}/remove")
    assert client.post(path, {"email": NEW, "role": "viewer"}).status_code == 429
    AuditRow.objects.update(at=now() - timedelta(days=2))
    assert client.post(path, {"email": NEW, "role": "viewer"}).status_code == 302


def test_the_page_offers_only_what_the_asker_may(client: Client, programme: Programme, elin: User) -> None:
    leader = member(programme, "facilitator")
    assert 'value="owner"' in page(client, programme, elin)
    html = page(client, programme, leader)
    assert 'value="owner"' not in html
    assert f"/people/{elin.pk}/" not in html
    assert f"/people/{leader.pk}/role" in html


def test_the_owner_of_the_installation_handles_everybody(programme: Programme, elin: User) -> None:
    boss = create_owner("boss@fabela.example")
    add_person(programme, email=NEW, role="owner", actor=boss, base_url="")
    remove_person(programme, elin.pk, actor=boss)
    assert role_of(programme, elin) is None


def test_without_a_mail_server_the_page_says_so(client: Client, programme: Programme, elin: User, settings: Any) -> None:
    settings.EMAIL_BACKEND = NO_MAIL
    assert "skickas inga mejl ännu" in page(client, programme, elin)


@pytest.mark.parametrize("many", [1, 12])
def test_the_page_asks_as_often_for_one_as_for_many(client: Client, programme: Programme, elin: User, many: int) -> None:
    for number in range(many):
        add_person(programme, email=f"p{number}@fabela.example", role="viewer", actor=elin, base_url="")
    client.force_login(elin)
    with CaptureQueriesContext(connection) as queries:
        client.get(f"/programmes/{programme.pk}/people")
    assert len(queries) == 10


def test_who_is_gone_stays_in_the_book_without_a_name(client: Client, programme: Programme, elin: User) -> None:
    person = add_person(programme, email=NEW, role="viewer", actor=elin, base_url="")
    person.delete()
    html = page(client, programme, elin)
    assert NEW not in html
    assert "tog med någon" in html


def test_signing_out_ends_the_session_and_the_crew_tickets(client: Client, programme: Programme, elin: User) -> None:
    room = open_room(programme.gatherings.create(title="Träff"))
    mint_ticket(room, Ticket.Kind.CREW, user=elin)
    client.force_login(elin)
    kept = client.cookies["sessionid"].value
    assert client.get("/sign-out/").status_code == 405
    assert Ticket.objects.count() == 1
    client.post("/sign-out/")
    assert not Ticket.objects.exists()
    client.cookies["sessionid"] = kept  # somebody has copied it
    assert client.get(f"/programmes/{programme.pk}/people").status_code == 404
    assert AuditRow.objects.values_list("what", "actor").get() == ("signed-out", elin.pk)
