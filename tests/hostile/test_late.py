"""What comes long after closing: told plainly, never a number that points at one person, never a word lost without a sentence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.client import Holder, example_item, join, new_id, open_exercises
from tests.conformance.conftest import find_rating, stage, wait_for_step
from tests.hostile.conftest import crew_of
from tests.running import Running, start_demo, start_serve

pytestmark = pytest.mark.fault
GRACE_MS = 30_000


@dataclass
class Meeting:
    running: Running
    crew: Holder
    person: Holder
    rating: dict[str, Any]
    words: dict[str, Any]


@pytest.fixture
def meeting(tmp_path: Path) -> Iterator[Meeting]:
    running = start_demo(tmp_path / "data")
    crew = crew_of(running)
    find_rating(crew)
    person = join(running.base, running.code)
    exercise = next(open_exercises(person.state()))
    part = person.state()["cells"][f"exercise-{exercise['id']}"]["parts"][0]["id"]
    words = {"id": new_id(), "exercise": exercise["id"], "type": "write", "data": {"part": part, "text": "Kom för sent"}}
    yield Meeting(running, crew, person, example_item(exercise), words)
    running.stop()


def _move_on(meeting: Meeting) -> None:
    here = stage(meeting.crew)
    meeting.crew.act("next", from_=here["step"])
    wait_for_step(meeting.crew, here["next"]["step"])  # type: ignore[index]


def _as_if_long_ago(meeting: Meeting) -> None:
    """Everything the crew did was done earlier: nobody has to wait for the grace to pass."""
    running = meeting.running
    running.stop()
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3")) as database, database:
        database.execute("UPDATE rooms_contribution SET at = at - ? WHERE exercise = 'stage'", (GRACE_MS + 1_000,))
    running.process = start_serve(running.data, port=running.port).process


def test_within_the_grace_everything_is_kept_also_over_a_restart(meeting: Meeting) -> None:
    _move_on(meeting)
    meeting.running.kill()
    meeting.running.process = start_serve(meeting.running.data, port=meeting.running.port).process
    assert [result["status"] for result in meeting.person.send(meeting.rating, meeting.words)] == ["stored", "stored"]


def test_a_late_anonymous_number_is_refused_with_a_sentence(meeting: Meeting) -> None:
    _move_on(meeting)
    _as_if_long_ago(meeting)
    result = meeting.person.send(meeting.rating)[0]
    assert result["status"] == "refused"
    assert result["reason"] in {"closed", "wrong_phase"}
    assert result["detail"].endswith(".")
    assert meeting.person.state()["mine"] == []


def test_late_words_are_kept_aside_until_crew_admits_them_or_refused_in_so_many_words(meeting: Meeting) -> None:
    _move_on(meeting)
    _as_if_long_ago(meeting)
    result = meeting.person.send(meeting.words)[0]
    if result["status"] == "refused":
        assert result["reason"] in {"closed", "wrong_phase"}
        return
    assert result["late"] is True
    assert "Kom för sent" not in str(meeting.crew.state("?audience=projector"))
    assert meeting.crew.act("admit", id=meeting.words["id"])["status"] == "stored"


def test_what_was_acknowledged_in_time_stays_in_place_after_the_grace(meeting: Meeting) -> None:
    first = meeting.person.send(meeting.rating)[0]
    _move_on(meeting)
    _as_if_long_ago(meeting)
    again = meeting.person.send(meeting.rating)[0]
    assert (again["status"], again.get("seq")) in {("duplicate", first["seq"]), ("refused", None)}
    assert meeting.person.state()["mine"] == [meeting.rating]


def test_nothing_in_the_ledger_joins_an_anonymous_answer_to_a_person(meeting: Meeting) -> None:
    """Not the author, not a time, not the ticket's hash: from the file alone nobody finds who answered."""
    meeting.person.send(meeting.rating)
    meeting.running.stop()
    with closing(sqlite3.connect(meeting.running.data / "mellanrum.sqlite3")) as database:
        (row,) = database.execute("SELECT author, at, role FROM rooms_contribution WHERE id = ?", (meeting.rating["id"],))
        known = {value for line in database.execute("SELECT id FROM rooms_participant") for value in line}
        known |= {value for line in database.execute("SELECT hash FROM rooms_ticket") for value in line}
    assert row[1] is None
    assert row[0] not in known
    assert not any(str(row[0]) in str(value) or str(value) in str(row[0]) for value in known)
