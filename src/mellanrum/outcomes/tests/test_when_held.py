"""The date and hours above a documentation: the plan's until the meeting has begun, then when it was held."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone

from mellanrum.accounts.actions import create_person
from mellanrum.outcomes.documentation import Head, documentation_for
from mellanrum.outcomes.held import meeting_hours
from mellanrum.outcomes.tests.test_documentation import crew_of, page
from mellanrum.outcomes.when import when
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.models import Room
from mellanrum.rooms.queries import RoomHarvest
from tests.running import Running, demo

PLANNED = datetime(2031, 5, 7, 12, tzinfo=UTC)


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with demo(tmp_path / "data") as product:
        yield product


def plan(running: Running) -> None:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3", timeout=10)) as database:
        database.execute("UPDATE programmes_gathering SET starts_at = ?", (PLANNED.strftime("%Y-%m-%d %H:%M:%S"),))
        database.commit()


def told(running: Running) -> str:
    found = re.search(r"<dt>När</dt>\s*<dd><time[^>]*>(.*?)</time>", page(running))
    assert found
    return found[1]


def test_a_meeting_on_another_day_than_planned_tells_when_it_was_held(running: Running) -> None:
    plan(running)
    under_way = told(running)  # the demo's room is at its first exercise
    assert "2031" not in under_way
    assert re.search(r" \d{4}, \d\d\.\d\d$", under_way)
    assert crew_of(running).act("close")["status"] == "stored"
    assert told(running).startswith(under_way)


@pytest.mark.django_db
def test_until_it_begins_the_plan_is_told() -> None:
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("elin@fabela.example"))
    gathering = programme.gatherings.select_related("programme").get()
    gathering.starts_at = PLANNED
    gathering.save()
    open_room(gathering)
    head = documentation_for(gathering).head
    assert (head.day, head.has_begun) == (PLANNED, False)
    assert when(head).startswith("7 maj 2031, 14.00–")


def test_what_is_open_for_days_and_a_room_that_never_began_tell_no_hours() -> None:
    began, closed = 1_900_000_000_000, datetime(2030, 3, 17, 20, tzinfo=UTC)
    meeting, second = Room(closed_at=closed), Room()
    nothing, begun = RoomHarvest((), {}), RoomHarvest((), {"b": began + 5, "a": began})
    assert meeting_hours([meeting], [nothing]) == (None, None)
    assert meeting_hours([Room(kind=Room.Kind.LASTING)], [begun]) == (None, None)
    since = datetime.fromtimestamp(began / 1000, UTC)
    assert meeting_hours([meeting, second], [begun, nothing]) == (since, closed)
    assert meeting_hours([meeting, second], [begun, begun]) == (since, None)


def test_hours_in_words() -> None:
    day = timezone.localtime(datetime(2026, 11, 20, 16, 43, tzinfo=UTC))
    head = Head("", "", "", "", "", "sv", day)
    assert when(head) == "20 november 2026"
    assert when(Head("", "", "", "", "", "sv", day, has_begun=True)) == "20 november 2026, 17.43"
    ends = timezone.localtime(datetime(2026, 11, 20, 16, 47, tzinfo=UTC))
    assert when(Head("", "", "", "", "", "sv", day, ends, has_begun=True)) == "20 november 2026, 17.43–17.47"
