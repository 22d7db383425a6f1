"""Meetings at hours that break wall arithmetic: midnight, the two changes of clocks, a far year, no time at all; on every page."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.outcomes.documentation import documentation_for
from mellanrum.programmes.actions import create_programme_from_template, plan_start
from mellanrum.programmes.fields import GATHERING_FIELDS, Unreadable, read_day
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.queries import run_sheet
from mellanrum.programmes.templates import library_template
from mellanrum.programmes.tests.plans import meeting_only
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.timing import times
from mellanrum.ui.templatetags.ui import wall_time

pytestmark = pytest.mark.django_db
LENGTHS = [7, 23, 25, 20, 30, 15, 10, 5, 15, 0]

# When it begins, what the wall says at each block, when it ends, its day. 150 minutes each.
NIGHTS = {
    "an afternoon": (
        datetime(2030, 4, 16, 11, tzinfo=UTC),
        "13.00 13.07 13.30 13.55 14.15 14.45 15.00 15.10 15.15 15.30",
        "15.30",
        "16 april",
    ),
    "midnight": (datetime(2030, 4, 16, 21, tzinfo=UTC), "23.00 23.07 23.30 23.55 00.15 00.45 01.00 01.10 01.15 01.30", "01.30", "16 april"),
    "new year": (
        datetime(2030, 12, 31, 22, tzinfo=UTC),
        "23.00 23.07 23.30 23.55 00.15 00.45 01.00 01.10 01.15 01.30",
        "01.30",
        "31 december",
    ),
    "an hour less": (
        datetime(2030, 3, 31, 0, tzinfo=UTC),
        "01.00 01.07 01.30 01.55 03.15 03.45 04.00 04.10 04.15 04.30",
        "04.30",
        "31 mars",
    ),
    "an hour more": (
        datetime(2030, 10, 27, 0, tzinfo=UTC),
        "02.00 02.07 02.30 02.55 02.15 02.45 03.00 03.10 03.15 03.30",
        "03.30",
        "27 oktober",
    ),
    "the year 2100": (
        datetime(2100, 7, 1, 11, tzinfo=UTC),
        "13.00 13.07 13.30 13.55 14.15 14.45 15.00 15.10 15.15 15.30",
        "15.30",
        "1 juli",
    ),
    "winter 2100": (
        datetime(2100, 2, 28, 22, 30, tzinfo=UTC),
        "23.30 23.37 00.00 00.25 00.45 01.15 01.30 01.40 01.45 02.00",
        "02.00",
        "28 februari",
    ),
}


@pytest.fixture
def elin() -> User:
    return create_person("elin@fabela.example", name="Elin")


@pytest.fixture
def gathering(elin: User) -> Gathering:
    return meeting_only(create_programme_from_template(library_template("larandetraff"), owner=elin).gatherings.get())


def shown(client: Client, user: User, path: str) -> str:
    client.force_login(user)
    response = client.get(path, headers={"Accept-Language": "sv"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("night", NIGHTS)
def test_minutes_are_real_ones_in_the_plan_and_in_the_cockpit(gathering: Gathering, night: str) -> None:
    start, walls, end, _day = NIGHTS[night]
    plan_start(gathering, starts_at=start)
    sheet = run_sheet(Gathering.objects.get(pk=gathering.pk))
    assert [row.ends_at - row.starts_at for row in sheet.rows if row.ends_at and row.starts_at] == [
        timedelta(minutes=one) for one in LENGTHS
    ]
    room = open_room(gathering)
    cockpit = times(read_plan(room.plan), StageState(), None)
    assert [wall_time(at) for at in cockpit.starts] == walls.split()
    assert wall_time(cockpit.planned_end) == end
    assert [row.starts_at.timestamp() * 1000 for row in sheet.rows if row.starts_at] == list(cockpit.starts)


@pytest.mark.parametrize("night", NIGHTS)
def test_every_page_says_what_the_wall_says(client: Client, elin: User, gathering: Gathering, night: str) -> None:
    start, walls, end, day = NIGHTS[night]
    plan_start(gathering, starts_at=start)
    planner = shown(client, elin, f"/gatherings/{gathering.pk}")
    assert re.findall(r'class="[^"]*\bat\b[^"]*"[^>]*>([\d.]+)<', planner) == walls.split() or all(
        wall in planner for wall in walls.split()
    )
    assert f"{walls[:5]}–{end}" in planner
    sheet = shown(client, elin, f"/gatherings/{gathering.pk}/paper?only=sheet")
    assert re.findall(r'class="when"><b>([\d.]+)\s*</b>', sheet) == walls.split()
    pocket = shown(client, elin, f"/gatherings/{gathering.pk}/paper?only=pocket")
    assert re.findall(r"<tr><td>([\d.]+)\s*</td>", pocket) == walls.split()
    poster = shown(client, elin, f"/gatherings/{gathering.pk}/paper?only=poster")
    assert f"{day}, {walls[:5]}–{end}" in poster
    held = documentation_for(gathering).head.day
    assert held
    assert f"{held.day} " in f"{day} "
    assert (held.year, held.strftime("%H.%M")) == (start.astimezone(held.tzinfo).year, walls[:5])


def test_a_gathering_without_a_time_says_minutes_from_its_start(client: Client, elin: User, gathering: Gathering) -> None:
    offsets = ["+0", "+7", "+30", "+55", "+75", "+105", "+120", "+130", "+135", "+150"]
    sheet = shown(client, elin, f"/gatherings/{gathering.pk}/paper?only=sheet")
    assert re.findall(r'class="when"><b>(\+\d+)\s*</b>', sheet) == offsets
    assert all(offset in shown(client, elin, f"/gatherings/{gathering.pk}") for offset in offsets)
    assert "150 min, telefonen framme i 33." in shown(client, elin, f"/gatherings/{gathering.pk}")
    assert "None" not in shown(client, elin, f"/gatherings/{gathering.pk}/paper")
    assert documentation_for(gathering).head.day is None
    assert times(read_plan(open_room(gathering).plan), StageState(), None).starts == (None,) * 10


def test_an_hour_that_does_not_exist_is_told_and_one_that_comes_twice_is_the_first() -> None:
    read = GATHERING_FIELDS["starts"].read
    with pytest.raises(Unreadable, match="klockan ställs fram"):
        read("2030-03-31T02:30")
    assert read("2030-03-31T03:00").astimezone(UTC) == datetime(2030, 3, 31, 1, tzinfo=UTC)
    assert read("2030-10-27T02:30").astimezone(UTC) == datetime(2030, 10, 27, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "text", ["", "x", "2030-02-31", "0001-01-01", "9999-12-31", "1989-12-31", "2200-01-01", "2030-04-16T13:00", "9" * 5000]
)
def test_a_day_is_within_the_years_a_meeting_can_be_in(text: str) -> None:
    assert read_day(text) is None
    assert read_day("2100-02-28") == date(2100, 2, 28)
