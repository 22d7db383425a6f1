"""A run sheet of three blocks and one of two hundred cost the database the same, and the cockpit about as much as it should."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.actions import create_person
from mellanrum.exercise_kit.examples import read_samples
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.templates import library_template
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.qr import QrPath
from mellanrum.rooms.live.render import draw
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.running import set_running
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.room_fold import RoomFold
from mellanrum.rooms.stage.tests.factory import START, act

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12
LARGEST_STAGE, SLOWEST_STAGE = 120_000, 0.5  # bytes of HTML and seconds for two hundred blocks; a busy machine takes its time


@pytest.fixture
def engine() -> Iterator[Engine]:
    """One that has its rooms in memory and no threads."""
    made = Engine(lambda **_: None, server_key=b"k", base_url="", public_url="http://x.example", assets_release="1")  # type: ignore[arg-type]
    yield made
    set_running(None)


def gathering_of(blocks: int) -> Gathering:
    """Blocks with an exercise of each type in turn, every third without one."""
    programme = create_programme_from_template(library_template("prova-pa"), owner=create_person("owner@fabela.example"))
    gathering = programme.gatherings.get()
    gathering.blocks.all().delete()
    Block.objects.bulk_create(
        Block(gathering=gathering, position=number, key=f"block-{number}", **row(number)) for number in range(1, blocks + 1)
    )
    return gathering


def row(number: int) -> dict[str, Any]:
    plain = {
        "title": f"Moment {number}",
        "agenda": f"Moment {number}",
        "minutes": 5,
        "say": "Hej. " * 40,
        "do": ["Läs"] * 4,
        "phones": True,
    }
    if number % 3 == 0:
        return plain
    exercise = list(registry().values())[number % len(registry())]
    return plain | {"exercise": exercise.card.slug, "definition": next(iter(read_samples(exercise).definitions.values()))}


def live(engine: Engine, room: Room) -> LiveRoom:
    fold = RoomFold(course_of(read_plan(room.plan)), room.id)
    fold.apply(act("go", 1, to="block-2", at=START))
    found = LiveRoom(room.id, "sv", room.code or "", room.key, "hall.example", QrPath("M0 0", 21), None, fold.snapshot, "epoch")
    engine.rooms[room.id] = found
    set_running(engine)
    return found


@pytest.mark.parametrize("blocks", [3, 200])
def test_the_cockpit_asks_the_database_as_often(engine: Engine, blocks: int) -> None:
    room = open_room(gathering_of(blocks))
    live(engine, room)
    client = Client()
    client.force_login(room.gathering.programme.memberships.get().user)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(f"/rooms/{room.id}/cockpit")
    assert answer.status_code == 200
    assert f"Moment {blocks}" in answer.content.decode()
    assert len(asked) <= MOST_QUERIES, [query["sql"][:80] for query in asked]


def test_the_cockpit_of_two_hundred_blocks_is_drawn_soon_and_is_no_larger_than_it_must(engine: Engine) -> None:
    room = open_room(gathering_of(200))
    found = live(engine, room)
    key = StreamKey("crew", "sv", "html")
    draw(found, found.snapshot, key, "stage")
    begun = time.perf_counter()
    cell = draw(found, found.snapshot, key, "stage")
    took = time.perf_counter() - begun
    assert len(cell) < LARGEST_STAGE
    assert took < SLOWEST_STAGE


@pytest.mark.parametrize("blocks", [3, 200])
def test_opening_a_room_asks_the_database_as_often(blocks: int) -> None:
    gathering = gathering_of(blocks)
    with CaptureQueriesContext(connection) as asked:
        room = open_room(gathering)
    assert len(course_of(read_plan(room.plan)).plan.blocks) == blocks
    assert len(asked) <= MOST_QUERIES
