"""Ten kills in the middle of a burst at the ledger itself: nothing acknowledged is lost, nothing is there twice."""

from __future__ import annotations

import random
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mellanrum.rooms.ledger.tests.factory import add_rooms, make_tables, sqlite_database
from tests.faults.burst import ROOM
from tests.faults.bursts import Promises, assert_kept, kill_in_a_burst, lost, rows_of

KILLS = 10
pytestmark = pytest.mark.fault


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: Any) -> Path:
    entry = sqlite_database(tmp_path)
    with django_db_blocker.unblock():
        make_tables(entry)
        add_rooms(entry, ROOM)
    return tmp_path / "mellanrum.sqlite3"


def _after(seed: int) -> Iterator[int]:
    chance = random.Random(seed)
    return iter(lambda: chance.randrange(1, 4000), None)


@pytest.mark.slow  # ten processes started and killed
def test_ten_kills_lose_nothing_and_double_nothing(database: Path) -> None:
    promises = Promises()
    for run, after in zip(range(KILLS), _after(1), strict=False):
        assert kill_in_a_burst(database, promises, run=run, after=after) == -9
        assert_kept(promises, rows_of(database))
    assert promises.refused == []
    assert len(promises.seqs) > 1000


@pytest.mark.slow  # up to ten processes started and killed
def test_control_a_writer_that_tells_too_early_loses(database: Path) -> None:
    promises = Promises()
    for run, after in zip(range(KILLS), _after(2), strict=False):
        kill_in_a_burst(database, promises, run=run, after=after, options=["--hasty"])
        if lost(promises, rows_of(database)):
            return
    pytest.fail("Ten kills did not show what the test above is there to see.")


@pytest.mark.long
def test_a_hundred_kills(database: Path) -> None:
    promises = Promises()
    for run, after in zip(range(100), _after(3), strict=False):
        kill_in_a_burst(database, promises, run=run, after=after)
        assert_kept(promises, rows_of(database))


@pytest.mark.slow  # ten seconds of somebody else's lock
@pytest.mark.long
def test_ten_seconds_of_somebody_elses_lock_lose_nothing(database: Path) -> None:
    """Answers wait five seconds and are then told `busy`; who tries again afterwards is stored."""
    other = sqlite3.connect(database, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    free = threading.Timer(10, other.close)
    free.start()
    promises = Promises()
    kill_in_a_burst(database, promises, run=0, after=2000)
    free.join()
    assert set(promises.refused) == {"busy"}
    assert_kept(promises, rows_of(database))
