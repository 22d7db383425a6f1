"""The cockpit of a long day: as many questions to the database as for a short one, and rows enough to scroll."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from mellanrum.accounts.actions import create_person
from mellanrum.accounts.models import User
from mellanrum.programmes.models import Block, Gathering, Membership, Programme
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.loading import load_room
from mellanrum.rooms.live.running import set_running
from mellanrum.rooms.models import Room

MOST_QUERIES = 12


@pytest.fixture
def engine() -> Iterator[Engine]:
    """An engine that has the rooms it is given and runs nothing."""
    made = Engine(lambda **_: None, server_key=b"k", base_url="", public_url="http://x.example", assets_release="1")  # type: ignore[arg-type]
    yield made
    set_running(None)


def room_of(elin: User, blocks: int) -> Room:
    programme = Programme.objects.create(title="Modet att mötas")
    Membership.objects.create(programme=programme, user=elin, role="owner")
    gathering = Gathering.objects.create(programme=programme, title="Grus i skon")
    made = (Block(gathering=gathering, key=f"block-{n}", position=n, title=f"Moment {n}", minutes=5) for n in range(1, blocks + 1))
    Block.objects.bulk_create(made)
    return open_room(gathering)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("blocks", [3, 200])
def test_the_cockpit_asks_as_often_for_two_hundred_blocks_as_for_three(client: Client, engine: Engine, blocks: int) -> None:
    elin = create_person("elin@fabela.example")
    room = room_of(elin, blocks)
    loaded = load_room(engine, room.id)
    assert loaded
    engine.rooms[room.id] = loaded.room
    set_running(engine)
    client.force_login(elin)
    with CaptureQueriesContext(connection) as asked:
        html = client.get(f"/rooms/{room.id}/cockpit").content.decode()
    asking = [query["sql"] for query in asked if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(asking) == 9, asking
    assert len(asking) <= MOST_QUERIES
    assert html.count('<li class="row ') == blocks
