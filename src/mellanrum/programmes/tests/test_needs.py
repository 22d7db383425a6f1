"""What the start page says is waiting: decided from what was read, asked for as often for one programme as for many."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.outcomes.models import Publication
from mellanrum.programmes.actions import create_programme_from_template, plan_start
from mellanrum.programmes.models import Gathering, Membership, Programme
from mellanrum.programmes.needs import MOST, needs_of
from mellanrum.programmes.queries import ProgrammeRow, next_gathering, stones_of, unassigned_blocks
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.models import Room

NOW = datetime(2030, 4, 7, 12, tzinfo=UTC)
DAY = timedelta(days=1)


class Standing(msgspec.Struct):
    id: str
    created_at: datetime
    closed_at: datetime | None = None


def row(*starts: datetime | None, role: str = "owner") -> ProgrammeRow:
    programme = Programme(pk=1, title="Modet att mötas")
    return ProgrammeRow(programme, role, tuple(Gathering(pk=pk, programme=programme, starts_at=at) for pk, at in enumerate(starts, 1)))


def kinds(one: ProgrammeRow, rooms: dict[int, Standing] | None = None, nobody: dict[int, int] | None = None) -> list[tuple[str, int]]:
    return [(need.kind, need.gathering.pk) for need in needs_of([one], rooms or {}, nobody or {}, moment=NOW)]


def test_a_gathering_without_a_time_waits_for_one():
    assert kinds(row(None, NOW + DAY)) == [("time", 1)]


def test_blocks_without_somebody_are_told_while_there_is_time_to_do_something():
    assert kinds(row(NOW + DAY, NOW - DAY, NOW + 40 * DAY), nobody={1: 2, 2: 2, 3: 2}) == [("responsible", 1)]
    assert needs_of([row(NOW + DAY)], {}, {1: 2}, moment=NOW)[0].count == 2


def test_a_room_that_was_forgotten_comes_first_and_one_of_today_not_at_all():
    rooms = {1: Standing("a", NOW - DAY), 2: Standing("b", NOW - timedelta(hours=2))}
    assert kinds(row(NOW - DAY, NOW, None), rooms) == [("open-room", 1), ("time", 3)]


def test_a_room_opened_days_ahead_is_not_forgotten_before_its_day():
    assert kinds(row(NOW + DAY), {1: Standing("a", NOW - 5 * DAY)}) == []


def test_a_documentation_is_news_for_two_weeks():
    closed = {1: Standing("a", NOW - 3 * DAY, NOW - 2 * DAY), 2: Standing("b", NOW - 30 * DAY, NOW - 29 * DAY)}
    assert kinds(row(NOW - 3 * DAY, NOW - 30 * DAY), closed) == [("documentation", 1)]


def test_a_documentation_that_is_published_waits_for_nobody():
    closed = {1: Standing("a", NOW - 3 * DAY, NOW - 2 * DAY)}
    assert needs_of([row(NOW - 3 * DAY)], closed, {}, moment=NOW)
    assert needs_of([row(NOW - 3 * DAY)], closed, {}, moment=NOW, read={1}) == ()


def test_a_gathering_held_before_its_day_is_not_the_next():
    line = row(NOW + DAY, NOW + 2 * DAY)
    assert getattr(next_gathering((line,), moment=NOW), "pk", None) == 1
    assert getattr(next_gathering((line,), moment=NOW, held={1}), "pk", None) == 2
    assert next_gathering((line,), moment=NOW, held={1, 2}) is None
    assert [stone.state for stone in stones_of(line, moment=NOW, held={1})] == ["held", "next"]


@pytest.mark.parametrize("role", ["helper", "viewer"])
def test_who_does_not_lead_is_asked_for_nothing(role: str):
    assert kinds(row(None), nobody={1: 3}) == [("time", 1)]  # it could be told
    assert kinds(row(None, role=role), nobody={1: 3}) == []


def test_a_long_list_is_cut():
    assert len(kinds(row(*[None] * 20))) == MOST


def test_the_light_stands_on_the_first_that_has_not_passed():
    assert [stone.state for stone in stones_of(row(NOW - DAY, NOW, None, NOW + DAY), moment=NOW)] == ["held", "next", "coming", "coming"]
    assert [stone.state for stone in stones_of(row(NOW - DAY), moment=NOW)] == ["held"]


@pytest.fixture
def elin(db: None) -> User:
    return create_person("elin@fabela.example", name="Elin")


def start_page(client: Client, user: User) -> str:
    client.force_login(user)
    return client.get("/").content.decode()


def test_the_page_says_what_waits_and_counts_down(client: Client, elin: User):
    gathering = create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get()
    assert "Träffen har ingen tid än" in start_page(client, elin)
    plan_start(gathering, starts_at=datetime.now(UTC) + 3 * DAY)
    gathering.blocks.update(responsible="")
    assert unassigned_blocks([gathering.pk]) == {gathering.pk: gathering.blocks.count()}
    html = start_page(client, elin)
    assert '<span class="dd">3</span>' in html
    assert "3 moment saknar ansvarig" in html
    room = open_room(gathering)
    assert f"Koden är {str(room.code)[:4]} {str(room.code)[4:]}" in start_page(client, elin)
    Room.objects.update(closed_at=datetime.now(UTC))
    html = start_page(client, elin)
    assert "Dokumentationen väntar" in html
    assert "Nästa träff" not in html  # it has been held, though its day is still to come
    assert "Tack för i dag" not in html
    Publication.objects.create(gathering=gathering, published_at=datetime.now(UTC))
    assert "Dokumentationen väntar" not in start_page(client, elin)


def test_a_viewer_gets_neither_minutes_nor_the_code(client: Client, elin: User):
    gathering = create_programme_from_template(library_template("prova-pa"), owner=elin).gatherings.get()
    room, viewer = open_room(gathering), create_person("viewer@fabela.example")
    Membership.objects.create(programme=gathering.programme, user=viewer, role="viewer")
    assert str(room.code)[:4] in start_page(client, elin)
    assert "Telefon" in start_page(client, elin)
    seen = start_page(client, viewer)
    assert gathering.title in seen
    assert str(room.code)[:4] not in seen
    assert "Telefon" not in seen
    assert "/cockpit" not in seen
