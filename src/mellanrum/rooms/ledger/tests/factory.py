"""Databases with rooms, and rows for them; nothing here depends on the engine."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import connections

from mellanrum.core.ids import random_id
from mellanrum.programmes.models import Gathering, Programme
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.models import Room

ALIAS = "ledger"


def sqlite_database(folder: Path) -> dict[str, Any]:
    """An entry of DATABASES for a file in that folder."""
    return {**settings.DATABASES["default"], "NAME": folder / "mellanrum.sqlite3"}


@contextmanager
def reachable(database: Mapping[str, Any]) -> Iterator[str]:
    """Django reaches that database under the alias given."""
    connections["default"]  # fills in what the settings leave out
    connections.databases[ALIAS] = {**connections.databases["default"], **database}
    try:
        yield ALIAS
    finally:
        connections[ALIAS].close()
        del connections[ALIAS]
        del connections.databases[ALIAS]


def make_tables(database: Mapping[str, Any]) -> None:
    with reachable(database) as alias:
        call_command("migrate", database=alias, verbosity=0)


def add_rooms(database: Mapping[str, Any], *ids: str) -> None:
    with reachable(database) as alias:
        programme = Programme.objects.using(alias).create(title="Ledarlyftet i Fabelå")
        gathering = Gathering.objects.using(alias).create(programme=programme, title="Träff 1")
        for room in ids:
            Room.objects.using(alias).create(id=room, gathering=gathering, key_hash="", key="", plan={})


def make_row(room: str = "hall", row_id: str = "", *, author: str = "anna", data: str = '{"value":4}', **other: Any) -> Row:
    values = {
        "exercise": "scale-3",
        "kind": "rate",
        "version": 1,
        "role": "participant",
        "origin": "phone",
        "at": 1_770_000_000_000,
        "late": False,
    }
    digest = hashlib.blake2b(data.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return Row(room=room, seq=0, id=row_id or random_id(), author=author, data=data, digest=digest, **{**values, **other})
