"""A room whose run sheet this release cannot read: the team is told what to do, the others meet no open door, nothing falls."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from tests.conformance.client import API, Holder, call, post_json
from tests.running import Running

pytestmark = pytest.mark.fault


def from_the_future(definition: dict[str, Any]) -> None:
    definition["version"] = 99


def without_a_field(definition: dict[str, Any]) -> None:
    definition.pop("instrument", None)
    definition.pop("question", None)
    definition.pop("title", None)
    definition.pop("prompts", None)


def broken_copy(product: Running, crew: Holder, spoil: Callable[[dict[str, Any]], None], name: str) -> None:
    """A second room like the demo's, with every exercise spoiled; nobody has looked into it yet."""
    with closing(sqlite3.connect(product.data / "mellanrum.sqlite3", timeout=10)) as database, database:
        database.row_factory = sqlite3.Row
        row = dict(database.execute("SELECT * FROM rooms_room WHERE id = ?", [crew.room]).fetchone())
        plan = json.loads(row["plan"])
        for block in plan["blocks"]:
            if block["exercise"]:
                spoil(block["exercise"]["definition"])
        row |= {"id": name, "code": None, "key": name, "key_hash": name, "plan": json.dumps(plan), "last_seq": 0}
        database.execute(f"INSERT INTO rooms_room ({', '.join(row)}) VALUES ({', '.join('?' * len(row))})", list(row.values()))


@pytest.mark.parametrize(("spoil", "told"), [(from_the_future, "nyare version av Mellanrum"), (without_a_field, "inte ifylld som den ska")])
def test_cockpit_and_projector_say_what_to_do(product: Running, crew: Holder, spoil: Callable[[dict[str, Any]], None], told: str) -> None:
    name = spoil.__name__.replace("_", "").ljust(26, "a")[:26]
    broken_copy(product, crew, spoil, name)
    for page in ("cockpit", "projector", "paper"):
        answer = call(product.base, "GET", f"/rooms/{name}/{page}", headers={"Accept-Language": "sv"})
        assert (page, answer.status) == (page, 409)
        assert told in answer.body.decode()
    assert post_json(product.base, f"{API}/join", {"key": name}).status == 404
    assert call(product.base, "GET", f"/rooms/{crew.room}/cockpit").status == 200
