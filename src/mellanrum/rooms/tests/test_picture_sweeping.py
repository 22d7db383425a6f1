"""Pictures that nothing names are taken away after a month; one that anything names never is."""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mellanrum.core.clock import now
from mellanrum.core.ids import random_id
from mellanrum.core.picture_files import FOLDER, picture_address
from mellanrum.core.picture_names import SAFE, missing_pictures, named_pictures, sweep_pictures
from mellanrum.outcomes.models import OwnPassage, PassageEdit
from mellanrum.programmes.models import Deck, DeckPicture, Gathering, Programme
from mellanrum.rooms.models import Contribution, FrozenHarvest, Room

pytestmark = pytest.mark.django_db
OLD, YOUNG = SAFE + timedelta(minutes=1), SAFE - timedelta(minutes=1)


@pytest.fixture
def data(tmp_path: Path, settings: Any) -> Path:
    settings.CONFIG = dataclasses.replace(settings.CONFIG, data=tmp_path)
    (tmp_path / FOLDER).mkdir()
    return tmp_path


def picture(data: Path, age: timedelta, name: str = "") -> str:
    name = name or f"{random_id()}.webp"
    path = data / FOLDER / name
    path.write_bytes(b"RIFF")
    os.utime(path, ((now() - age).timestamp(),) * 2)
    return name


def left(data: Path) -> set[str]:
    return {path.name for path in (data / FOLDER).iterdir()}


class World:
    """A programme with a room, and every place of it in which a picture may be named."""

    def __init__(self) -> None:
        self.programme = Programme.objects.create(title="Modet att mötas")
        self.gathering = Gathering.objects.create(programme=self.programme, title="Träff 1", position=1)
        self.room = Room.objects.create(id=random_id(), gathering=self.gathering, code=None, key_hash="", key="", plan={"blocks": []})
        self.deck = Deck.objects.create(programme=self.programme, title="Lek", source="Vi", licence="cc0")
        self.seq = 0

    def in_deck(self, name: str) -> None:
        DeckPicture.objects.create(deck=self.deck, file=name)

    def in_block(self, name: str) -> None:
        definition = {"version": 1, "deck": {"pictures": [{"src": picture_address(name)}]}}
        self.gathering.blocks.create(key=random_id()[:8], title="Bilder", position=self.seq, exercise="cards", definition=definition)

    def in_plan(self, name: str) -> None:
        self.room.plan["blocks"].append({"picture": picture_address(name)})
        self.room.save(update_fields=["plan"])

    def in_ledger(self, name: str) -> None:
        self.seq += 1
        data = json.dumps({"picture": name, "caption": "Bladet"})
        facts = {"exercise": "notes-1", "kind": "photo", "version": 1, "author": "a", "role": "table", "digest": b""}
        Contribution.objects.bulk_create([Contribution(room=self.room, seq=self.seq, id=random_id(), data=data, **facts)])

    def in_harvest(self, name: str) -> None:
        FrozenHarvest.objects.create(room=self.room, exercise=random_id(), passages=json.dumps([{"src": picture_address(name)}]))

    def in_edit(self, name: str) -> None:
        PassageEdit.objects.create(gathering=self.gathering, passage=random_id(), texts={"x": picture_address(name)}, changed_at=now())

    def in_own(self, name: str) -> None:
        OwnPassage.objects.create(gathering=self.gathering, heading="Så", text=f"Se {picture_address(name)}.")


PLACES: tuple[Callable[[World, str], None], ...] = (
    World.in_deck,
    World.in_block,
    World.in_plan,
    World.in_ledger,
    World.in_harvest,
    World.in_edit,
    World.in_own,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from([*PLACES, None]), st.sampled_from([OLD, YOUNG])), max_size=12))
def test_what_anything_names_stays_and_the_rest_goes_in_time(data: Path, asked: list[tuple[Any, timedelta]]) -> None:
    for path in (data / FOLDER).iterdir():
        path.unlink()
    with transaction.atomic():
        world = World()
        made = [(picture(data, age), place, age) for place, age in asked]
        for name, place, _age in made:
            if place:
                place(world, name)
        sweep_pictures(now())
        assert left(data) == {name for name, place, age in made if place or age == YOUNG}
        transaction.set_rollback(True)


@pytest.mark.parametrize("place", PLACES)
def test_once_its_place_is_gone_it_goes(data: Path, place: Callable[[World, str], None]) -> None:
    """The control: it stayed because of that place and nothing else."""
    name = picture(data, OLD)
    with transaction.atomic():
        place(World(), name)
        assert named_pictures() == {name}
        sweep_pictures(now())
        assert left(data) == {name}
        transaction.set_rollback(True)
    sweep_pictures(now())
    assert left(data) == set()


def test_what_is_none_of_ours_stays_and_what_was_half_written_goes(data: Path) -> None:
    picture(data, OLD, "mine.webp")
    picture(data, OLD, ".new-abc")
    picture(data, timedelta(minutes=1), ".new-now")
    sweep_pictures(now())
    assert left(data) == {"mine.webp", ".new-now"}


def test_what_is_named_and_not_there_is_found(data: Path) -> None:
    world = World()
    there, missing = picture(data, OLD), f"{random_id()}.webp"
    world.in_ledger(there)
    world.in_ledger(missing)
    assert missing_pictures(data) == [missing]
