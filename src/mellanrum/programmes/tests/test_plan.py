"""Programmes made of templates, run sheets and the programmes of a person."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.models import User
from mellanrum.programmes.actions import create_programme_from_template, plan_start
from mellanrum.programmes.models import Gathering, Membership, Programme
from mellanrum.programmes.queries import next_gathering, programmes_for, run_sheet
from mellanrum.programmes.templates import library_template

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner() -> User:
    return User.objects.create_user("elin@fabela.example", "Elin")


def make(owner: User, name: str = "larandetraff", first_day: date | None = None) -> Gathering:
    programme = create_programme_from_template(library_template(name), owner=owner, first_day=first_day)
    return programme.gatherings.get(position=1)


def test_a_programme_is_what_its_template_says(owner: User) -> None:
    gathering = make(owner)
    programme = gathering.programme
    template = library_template("larandetraff")
    assert (programme.title, programme.purpose, programme.language) == (template.title, template.purpose, "sv")
    assert programme.template == "larandetraff 1"
    assert [(one.user, one.role) for one in programme.memberships.all()] == [(owner, "owner")]
    blocks = list(gathering.blocks.all())
    assert [block.key for block in blocks] == [f"block-{number}" for number in (11, *range(1, 11), 12)]  # the meeting is numbered first
    for block, planned in zip(blocks, template.gatherings[0].blocks, strict=True):
        assert (block.title, block.agenda, block.say, tuple(block.do), tuple(block.material), block.phones) == (
            planned.title,
            planned.agenda,
            planned.say,
            planned.do,
            planned.material,
            planned.phones,
        )
        assert (block.exercise, block.definition, block.minutes, block.icon) == (
            planned.exercise,
            planned.definition,
            planned.minutes,
            planned.icon,
        )


def test_nothing_is_left_of_a_programme_that_could_not_be_saved(owner: User) -> None:
    broken = User(email="never@saved.example")
    with pytest.raises(ValueError, match="unsaved"):
        create_programme_from_template(library_template("prova-pa"), owner=broken)
    assert not Programme.objects.exists()


def test_the_day_is_chosen_when_the_template_is_used(owner: User) -> None:
    assert make(owner).starts_at is None
    winter = make(owner, first_day=date(2030, 2, 5)).starts_at
    assert winter == datetime(2030, 2, 5, 12, 0, tzinfo=UTC)  # 13.00 in Stockholm


def test_the_run_sheet_has_a_time_for_each_row(owner: User) -> None:
    gathering = make(owner, first_day=date(2030, 2, 5))
    sheet = run_sheet(gathering)
    assert [row.offset for row in sheet.rows] == [-45, 0, 7, 30, 55, 75, 105, 120, 130, 135, 150, 150]
    assert sheet.ends_at == datetime(2030, 2, 5, 14, 30, tzinfo=UTC)
    assert sheet.rows[2].starts_at == datetime(2030, 2, 5, 12, 7, tzinfo=UTC)
    assert sheet.rows[2].ends_at == sheet.rows[3].starts_at
    assert (sheet.minutes, sheet.phone_minutes) == (150, 33)


def test_a_run_sheet_without_a_day(owner: User) -> None:
    sheet = run_sheet(make(owner))
    assert {row.starts_at for row in sheet.rows} == {None}
    assert sheet.ends_at is None
    assert sheet.minutes == 150


def test_planning_a_start_and_taking_it_away(owner: User) -> None:
    gathering = make(owner)
    moment = datetime(2030, 3, 1, 9, tzinfo=UTC)
    plan_start(gathering, starts_at=moment)
    assert Gathering.objects.get(pk=gathering.pk).starts_at == moment
    plan_start(gathering, starts_at=None)
    assert Gathering.objects.get(pk=gathering.pk).starts_at is None


@pytest.mark.parametrize("many", [1, 5])
def test_the_start_page_asks_the_database_as_often_for_one_as_for_many(owner: User, many: int) -> None:
    for _number in range(many):
        make(owner, "prova-pa")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        rows = programmes_for(owner)
    assert [len(row.gatherings) for row in rows] == [1] * many
    assert len(queries) == 3


def test_programmes_are_those_of_the_person(owner: User) -> None:
    other = User.objects.create_user("tariq@sagomark.example")
    mine, theirs = make(owner, "prova-pa").programme, make(other, "prova-pa").programme
    Membership.objects.create(programme=mine, user=other, role="viewer")
    assert [(row.programme, row.role) for row in programmes_for(owner)] == [(mine, "owner")]
    assert [(row.programme, row.role) for row in programmes_for(other)] == [(theirs, "owner"), (mine, "viewer")]
    assert programmes_for(User.objects.create_user("nobody@fabela.example")) == ()


def test_the_owner_of_the_installation_sees_all(owner: User) -> None:
    make(owner, "prova-pa")
    boss = User.objects.create_user("boss@fabela.example")
    boss.is_owner = True
    assert [row.role for row in programmes_for(boss)] == ["owner"]


def test_the_next_gathering(owner: User) -> None:
    moment = datetime(2030, 2, 1, 12, tzinfo=UTC)
    assert next_gathering((), moment=moment) is None
    unplanned = make(owner, "prova-pa")
    assert next_gathering(programmes_for(owner), moment=moment) == unplanned
    past, later, sooner = (make(owner, "prova-pa") for _number in range(3))
    for gathering, days in ((past, -1), (later, 9), (sooner, 3)):
        plan_start(gathering, starts_at=moment + timedelta(days=days))
    assert next_gathering(programmes_for(owner), moment=moment) == sooner
