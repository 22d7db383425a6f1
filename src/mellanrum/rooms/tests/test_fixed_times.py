"""What a room's plan carries of the times that do not move, and what it leaves to the team."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from mellanrum.accounts.actions import create_person
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import plan_of
from mellanrum.rooms.plan import Plan, read_plan

STOCKHOLM = ZoneInfo("Europe/Stockholm")


@pytest.fixture
def gathering(db: None) -> Gathering:
    return create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example")).gatherings.get()


def planned(gathering: Gathering, starts: datetime | None, fixed: time) -> Plan:
    gathering.starts_at = starts
    gathering.save()
    gathering.blocks.filter(position=2).update(fixed_at=fixed, least=3, most=20)
    return read_plan(plan_of(gathering))


@pytest.mark.parametrize(
    ("starts", "fixed", "minutes"),
    [
        (datetime(2030, 4, 16, 10, 0, tzinfo=STOCKHOLM), time(12, 0), 120),
        (datetime(2030, 4, 16, 23, 0, tzinfo=STOCKHOLM), time(0, 30), 90),  # past midnight
        (datetime(2030, 3, 31, 1, 0, tzinfo=STOCKHOLM), time(4, 0), 120),  # the night that has no hour from two to three
        (datetime(2030, 10, 27, 1, 0, tzinfo=STOCKHOLM), time(4, 0), 240),  # the night that has that hour twice
        (datetime(2030, 4, 16, 10, 0, tzinfo=STOCKHOLM), time(10, 0), 0),
    ],
)
def test_a_fixed_time_is_so_many_minutes_into_the_day(gathering: Gathering, starts: datetime, fixed: time, minutes: int) -> None:
    block = planned(gathering, starts, fixed).blocks[1]
    assert (block.fixed, block.least, block.most) == (minutes, 3, 20)


def test_without_a_start_nothing_is_fixed(gathering: Gathering) -> None:
    assert planned(gathering, None, time(12, 0)).blocks[1].fixed is None


def test_the_room_does_not_walk_through_what_the_team_does_before_and_after(gathering: Gathering) -> None:
    everything = plan_of(gathering)["blocks"]
    gathering.blocks.filter(position=1).update(part=Block.Part.BEFORE)
    assert [block["key"] for block in plan_of(gathering)["blocks"]] == [block["key"] for block in everything[1:]]
