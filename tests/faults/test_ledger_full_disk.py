"""A disk that really fills up, at the ledger: refused while full, stored again when there is room, nothing lost.

Mounts a small file system in memory, which needs root; hence with `--long` only. (The commit tier fills a database to
its page limit instead.)
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mellanrum.rooms.ledger.tests.factory import add_rooms, make_tables, sqlite_database
from tests.faults.burst import ROOM
from tests.faults.bursts import Promises, assert_kept, kill_in_a_burst, rows_of

pytestmark = [pytest.mark.fault, pytest.mark.long]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "small"
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], check=True)
    yield folder
    subprocess.run(["umount", folder], check=True)


def test_a_full_disk_refuses_and_what_was_promised_is_kept(small_disk: Path, tmp_path: Path, django_db_blocker: Any) -> None:
    entry = sqlite_database(tmp_path)
    with django_db_blocker.unblock():
        make_tables(entry)
        add_rooms(entry, ROOM)
    database = small_disk / "mellanrum.sqlite3"
    shutil.copy(tmp_path / "mellanrum.sqlite3", database)
    ballast = small_disk / "ballast"
    ballast.write_bytes(bytes(1024 * 1024))
    promises = Promises()
    kill_in_a_burst(database, promises, run=0, after=60_000)
    assert set(promises.refused) == {"full"}
    assert_kept(promises, rows_of(database))

    ballast.unlink()
    promises.refused.clear()
    kill_in_a_burst(database, promises, run=1, after=1000)
    assert promises.refused == []
    assert_kept(promises, rows_of(database))
