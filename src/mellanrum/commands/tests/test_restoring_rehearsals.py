"""A backup that was made in the middle of a rehearsal, and of a letter that waits: neither comes back."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from mellanrum.commands.tests.test_cli import run
from tests.conformance.client import new_id
from tests.rehearsal.facilitator import Facilitator, files, holds
from tests.rehearsal.test_no_trace import notes_of, upload
from tests.running import demo

TYPED, ADDRESS = "Kvarglömd kvast 9001", "kim-kvast@sagomark.example"
LETTER = (
    'INSERT INTO accounts_letter ("to", subject, text, html, about, made_at, next_try_at, tries, is_given_up, is_dropped, leaves_no_trace)'
    " VALUES (?, 'x', 'x', '', '', '2026-01-01 10:00', '2126-01-01 10:00', 0, 0, 0, ?)"
)


def a_letter_waits(data: Path, *, leaves_no_trace: bool) -> None:
    with closing(sqlite3.connect(data / "mellanrum.sqlite3", timeout=20)) as database:
        database.execute(LETTER, (ADDRESS, leaves_no_trace))
        database.commit()


def asked(data: Path, question: str) -> object:
    with closing(sqlite3.connect(data / "mellanrum.sqlite3")) as database:
        return database.execute(question).fetchone()[0]


def test_neither_rehearsal_nor_forgotten_address_comes_back(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        crew = Facilitator(running.base).rehearse(5)
        crew.act("go", to="block-1")
        notes = notes_of(crew)
        for kind, data in (("note", {"text": TYPED}), ("photo", {"picture": upload(crew), "caption": TYPED})):
            assert crew.send({"id": new_id(), "exercise": notes, "type": kind, "data": data})[0]["status"] == "stored"
        a_letter_waits(running.data, leaves_no_trace=True)
        archive = Path(json.loads(run("backup", "--data", running.data, "--to", tmp_path / "to", "--json").stdout)["path"])
        brought = {name for name in files(running.data) if name.startswith("pictures/")}
        assert holds(running.data, TYPED)
        assert holds(running.data, ADDRESS)
    back = tmp_path / "back"
    run("restore", archive, "--data", back)
    assert asked(back, "SELECT count(*) FROM rooms_room WHERE kind = 'rehearsal'") == 0
    assert asked(back, "SELECT count(*) FROM rooms_room WHERE kind = 'meeting'") == 1
    assert not holds(back, TYPED)
    assert not holds(back, ADDRESS)
    assert len(brought - files(back)) == 1  # the photo of the rehearsal; the pictures of decks are there


def test_other_letters_still_wait(tmp_path: Path) -> None:
    data, back = tmp_path / "data", tmp_path / "back"
    run("migrate", "--data", data)
    a_letter_waits(data, leaves_no_trace=False)
    run("restore", run("backup", "--data", data).stdout.strip(), "--data", back)
    assert asked(back, "SELECT count(*) FROM accounts_letter") == 1
