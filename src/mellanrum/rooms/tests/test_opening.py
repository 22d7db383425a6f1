"""Opening a room: at once on its day, and asked about once when its day is still to come."""

from __future__ import annotations

from datetime import timedelta

import html5lib
import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.programmes.actions import create_programme_from_template, plan_start
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.models import Room

pytestmark = pytest.mark.django_db
DAYS_AHEAD = timedelta(days=6)


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User, client: Client) -> Gathering:
    client.force_login(elin)
    return create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get(position=1)


@pytest.mark.parametrize("ahead", [None, timedelta(hours=11), -timedelta(hours=5), -timedelta(days=3)], ids=str)
def test_on_its_day_or_later_a_room_opens_at_once(client: Client, gathering: Gathering, ahead: timedelta | None) -> None:
    plan_start(gathering, starts_at=None if ahead is None else now() + ahead)
    answer = client.post(f"/gatherings/{gathering.pk}/room")
    assert (answer.status_code, answer["Location"]) == (302, f"/rooms/{Room.objects.get().pk}/cockpit")


def test_days_ahead_it_is_asked_once_and_rehearsing_is_offered(client: Client, gathering: Gathering) -> None:
    plan_start(gathering, starts_at=now() + DAYS_AHEAD)
    answer = client.post(f"/gatherings/{gathering.pk}/room")
    html = answer.content.decode()
    html5lib.HTMLParser(strict=True).parse(answer.content)
    assert answer.status_code == 200
    assert "Körschemat låses" in html
    assert "Rummet får sin kod" in html
    assert f'href="/gatherings/{gathering.pk}/rehearsal"' in html
    assert not Room.objects.exists()
    assert client.post(f"/gatherings/{gathering.pk}/room", {"sure": "1"}).status_code == 302
    assert Room.objects.get().gathering == gathering
    assert client.post(f"/gatherings/{gathering.pk}/room").status_code == 302  # open already: nothing to ask


def test_a_stranger_is_not_asked_anything(client: Client, gathering: Gathering) -> None:
    plan_start(gathering, starts_at=now() + DAYS_AHEAD)
    client.force_login(create_person("okand@sagomark.example"))
    assert client.post(f"/gatherings/{gathering.pk}/room", {"sure": "1"}).status_code == 404
    assert not Room.objects.exists()
