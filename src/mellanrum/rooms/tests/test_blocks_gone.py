"""A block that goes while its room runs: nothing breaks, what people gave is kept, and who tries is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.conformance.client import Answer, Holder, call, join, new_id
from tests.running import Running, demo

CSRF = "x" * 32
WORDS = "Vi ringer hellre än vi skriver"
LOCKED = "egen kopia av körschemat"
HEADERS = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("gone") / "data") as product:
        yield product


def post(running: Running, path: str, *, script: bool = False, **fields: str) -> Answer:
    headers = {**HEADERS, **({"Accept": "application/json"} if script else {})}
    return call(running.base, "POST", f"/gatherings/1/{path}", body=urlencode(fields).encode(), headers=headers)


def plan(running: Running, statement: str) -> list[tuple[object, ...]]:
    """Straight into the database, as somebody with a shell could."""
    with closing(sqlite3.connect(Path(running.data) / "mellanrum.sqlite3", timeout=20)) as database, database:
        return database.execute(statement).fetchall()


def enter(running: Running, room: str, **fields: str) -> Answer:
    return call(running.base, "POST", f"/rooms/{room}/paper/scale-2", body=urlencode(fields).encode(), headers=HEADERS)


def documentation(running: Running) -> str:
    return call(running.base, "GET", "/api/v1/gatherings/1/documentation.html").body.decode()


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("blocks/block-2/remove", {}),
        ("blocks/block-2/move", {"before": "block-1"}),
        ("blocks/block-2", {"title": "Nej", "was": '{"title": "Självskattning på telefon"}'}),
        ("blocks/block-2/exercise", {"type": ""}),
        ("blocks", {"title": "Nej"}),
        ("details", {"title": "Nej", "was": '{"title": "Prova på"}'}),
    ],
)
def test_an_old_page_is_told_and_changes_nothing(running: Running, path: str, fields: dict[str, str], script: bool) -> None:
    before = plan(running, "SELECT key, title, position, exercise FROM programmes_block ORDER BY id")
    answer = post(running, path, script=script, **fields)
    assert answer.status == 409
    assert LOCKED in (str(answer.json) if script else answer.body.decode())
    assert plan(running, "SELECT key, title, position, exercise FROM programmes_block ORDER BY id") == before


def test_blocks_deleted_behind_its_back_take_nothing_from_a_room(running: Running) -> None:
    room = running.cockpit.removeprefix(f"{running.base}/rooms/").removesuffix("/cockpit")
    crew, people = Holder(running.base, room, running.ticket), [join(running.base, running.code) for _number in range(5)]
    for person in people:
        rated = {"id": new_id(), "exercise": "scale-2", "type": "rate", "data": {"item": "notice", "subject": "me", "value": 4}}
        said = {"id": new_id(), "exercise": "scale-2", "type": "write", "data": {"part": "hard", "text": WORDS}}
        assert {result["status"] for result in person.send(rated, said)} == {"stored"}
    assert "delvis infört från papper" not in documentation(running)
    assert enter(running, room, sheet="1", **{"rate?item=notice&subject=me#value": "5"}).status == 302

    assert len(plan(running, "SELECT key FROM programmes_block WHERE gathering_id = 1")) == 3
    plan(running, "DELETE FROM programmes_block WHERE gathering_id = 1")
    gone = people[0].send({"id": new_id(), "exercise": "scale-2", "type": "rate", "data": {"item": "talk", "subject": "me", "value": 2}})
    assert gone[0]["status"] == "stored"
    assert crew.act("reveal")["status"] == "stored"
    assert crew.act("close")["status"] == "stored"

    kept = documentation(running)
    assert WORDS in kept
    assert "Självskattning" in kept  # the agenda is the room's
    assert "delvis infört från papper" in kept
    for path in (f"/rooms/{room}/cockpit", f"/rooms/{room}/projector", f"/rooms/{room}/paper", "/gatherings/1", "/gatherings/1/paper"):
        assert call(running.base, "GET", path).status == 200
    assert post(running, "blocks", title="Nej").status == 409
    assert "finns inte kvar" in post(running, "blocks/block-2/remove").body.decode()
