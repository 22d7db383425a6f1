"""The start page and the page of a gathering: who sees what, and making a programme with one click."""

from __future__ import annotations

import html5lib
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Gathering, Membership, Programme
from mellanrum.programmes.templates import library_template

pytestmark = pytest.mark.django_db
HEADINGS = ("Incheckning", "Inspiration", "Mingel")


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User) -> Gathering:
    return create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get()


def page(client: Client, user: User, path: str) -> str:
    client.force_login(user)
    response = client.get(path)
    assert response.status_code == 200
    html5lib.HTMLParser(strict=True).parse(response.content)
    assert b" style=" not in response.content
    return response.content.decode()


def member(gathering: Gathering, role: str) -> User:
    user = create_person(f"{role}@fabela.example")
    Membership.objects.create(programme=gathering.programme, user=user, role=role)
    return user


def test_the_first_start_is_an_empty_paper_with_templates(client: Client, elin: User) -> None:
    html = page(client, elin, "/")
    assert "Här börjar det" in html
    assert 'value="larandetraff.sv"' in html


def test_one_click_makes_a_programme(client: Client, elin: User) -> None:
    client.force_login(elin)
    response = client.post("/programmes/from-template", {"template": "larandetraff.sv", "day": "2030-04-16"})
    gathering = Gathering.objects.get()
    assert response["Location"] == f"/gatherings/{gathering.pk}"
    html = page(client, elin, response["Location"])
    assert "16 april 13.00" in html
    assert "13.00–15.30" in html
    assert "Leda tillsammans i mellanrummet" in page(client, elin, "/")


def test_the_page_of_people_leads_back_to_the_meetings(client: Client, elin: User, gathering: Gathering) -> None:
    html = page(client, elin, f"/programmes/{gathering.programme_id}/people")
    assert f'<a href="/gatherings/{gathering.pk}">{gathering.title}</a>' in html


def test_one_may_begin_with_nothing(client: Client, elin: User) -> None:
    assert "Börja med ett tomt program" in page(client, elin, "/")
    response = client.post("/programmes/empty")
    gathering = Gathering.objects.get()
    assert (gathering.title, gathering.blocks.count(), gathering.starts_at) == ("Ny träff", 0, None)
    assert response["Location"] == f"/gatherings/{gathering.pk}"
    html = page(client, elin, response["Location"])
    assert "Lägg till det första momentet" in html
    assert Membership.objects.get().role == "owner"
    client.force_login(create_person("okand@sagomark.example"))
    assert client.get(response["Location"]).status_code == 404


def test_who_is_not_signed_in_begins_nothing(client: Client) -> None:
    assert client.post("/programmes/empty").status_code == 404
    assert not Programme.objects.exists()


@pytest.mark.parametrize("day", ["", "2030-02-31", "soon", "x" * 500, "\0"])
def test_a_day_that_is_none_is_left_open(client: Client, elin: User, day: str) -> None:
    client.force_login(elin)
    assert client.post("/programmes/from-template", {"template": "prova-pa", "day": day}).status_code == 302
    assert Gathering.objects.get().starts_at is None


@pytest.mark.parametrize("name", ["", "nope", "../../settings", "/etc/passwd", "<script>alert(1)</script>", "x" * 5000, "\0"])
def test_a_template_that_is_none_is_told(client: Client, elin: User, name: str) -> None:
    client.force_login(elin)
    response = client.post("/programmes/from-template", {"template": name})
    assert response.status_code == 400
    assert "Det finns ingen mall som heter" in response.content.decode()
    assert b"<script>alert" not in response.content
    assert not Programme.objects.exists()


@pytest.mark.parametrize("role", ["owner", "facilitator", "helper"])
def test_the_team_sees_minutes_and_script(client: Client, gathering: Gathering, role: str) -> None:
    html = page(client, member(gathering, role), f"/gatherings/{gathering.pk}?block=block-1")
    assert "Hälsa vid dörren" in html
    assert "23 min" in html
    assert ("/room" in html) == (role != "helper")


def test_a_viewer_sees_the_agenda_and_nothing_of_the_run_sheet(client: Client, gathering: Gathering) -> None:
    html = page(client, member(gathering, "viewer"), f"/gatherings/{gathering.pk}")
    assert all(heading in html for heading in HEADINGS)
    for block in gathering.blocks.all():
        assert not block.say or block.say not in html
        assert not any(text in html for text in [*block.do, *block.material])
    assert " min" not in html
    assert "None" not in html


def test_a_stranger_is_told_that_there_is_nothing(client: Client, gathering: Gathering) -> None:
    path = f"/gatherings/{gathering.pk}"
    assert client.get(path).status_code == 404
    client.force_login(create_person("stranger@fabela.example"))
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("many", [1, 4])
def test_the_pages_ask_as_often_for_one_as_for_many(client: Client, elin: User, many: int) -> None:
    for _number in range(many):
        create_programme_from_template(library_template("prova-pa"), owner=elin)
    client.force_login(elin)
    with CaptureQueriesContext(connection) as start:
        client.get("/")
    path = f"/gatherings/{Gathering.objects.all()[0].pk}"
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    assert (len(start), len(one)) == (8, 11)  # the page looks for what was heard and how long it took before


def test_signed_in_pages_are_not_kept(client: Client, gathering: Gathering, elin: User) -> None:
    client.force_login(elin)
    assert client.get(f"/gatherings/{gathering.pk}")["Cache-Control"] == "no-store"
    assert "default-src 'none'" in client.get("/")["Content-Security-Policy"]


def test_a_stranger_stands_at_the_door(client: Client) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "Kliv in" in response.content.decode()
