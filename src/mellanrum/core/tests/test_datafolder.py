"""Every reason not to start: a sentence that says what to do, and a folder as it was."""

from __future__ import annotations

import os
import random
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections

from mellanrum.core import datafolder
from mellanrum.core.datafolder import DataFolderProblem, check_sqlite, open_data_folder
from mellanrum.core.preparing import prepare


@pytest.fixture
def database(tmp_path: Path, django_db_blocker: Any) -> Iterator[Path]:
    """Where a database may come to be; Django reaches it under the alias `folder`."""
    path = tmp_path / "data" / "mellanrum.sqlite3"
    connections["default"]  # fills in what the settings leave out
    connections.databases["folder"] = {**settings.DATABASES["default"], "NAME": path}
    with django_db_blocker.unblock():
        yield path
        connections["folder"].close()
    del connections["folder"]
    del connections.databases["folder"]


@pytest.fixture
def prepared(database: Path) -> Path:
    with open_data_folder(database) as folder:
        prepare(folder, using="folder")
    connections["folder"].close()
    return database


def _code(database: Path) -> str:
    with pytest.raises(DataFolderProblem) as caught:
        open_data_folder(database)
    assert str(caught.value) == caught.value.sentence
    assert "{" not in caught.value.sentence
    return caught.value.code


def _files(folder: Path) -> dict[str, bytes]:
    """The database and its WAL; reading may leave an empty WAL behind, which is as good as none."""
    return {
        path.name: content for path in folder.glob("mellanrum.sqlite3*") if path.suffix != ".sqlite3-shm" and (content := path.read_bytes())
    }


def test_an_empty_folder_becomes_a_database_and_needs_no_copy(database: Path) -> None:
    with open_data_folder(database) as folder:
        assert prepare(folder, using="folder") is None
        assert prepare(folder, using="folder") is None
        assert not folder.backups.exists()
    assert sqlite3.connect(database).execute("SELECT count(*) FROM rooms_room").fetchone() == (0,)


def test_one_process_at_a_time(database: Path) -> None:
    with open_data_folder(database):
        with pytest.raises(DataFolderProblem) as caught:
            open_data_folder(database)
        assert caught.value.code == "in_use"
        assert str(os.getpid()) in caught.value.sentence
    open_data_folder(database).close()


def test_the_lock_of_a_killed_process_is_free(database: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from mellanrum.core.datafolder import open_data_folder\n"
        "folder = open_data_folder(Path(sys.argv[1])); print('open', flush=True); time.sleep(60)"
    )
    process = subprocess.Popen([sys.executable, "-c", script, database], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    assert _code(database) == "in_use"
    process.kill()
    process.wait()
    process.stdout.close()
    open_data_folder(database).close()


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("hej")
    assert _code(tmp_path / "data" / "mellanrum.sqlite3") == "not_a_folder"


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    """The process files are read-only even for root."""
    assert _code(Path("/proc/self/data/mellanrum.sqlite3")) == "not_writable"


def test_a_full_disk(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _files(prepared.parent)
    monkeypatch.setattr(datafolder, "LEAST_FREE", 1 << 60)
    assert _code(prepared) == "full"
    assert _files(prepared.parent) == before


@pytest.mark.parametrize("seed", range(25))
def test_a_damaged_database_is_refused_and_left_as_it_is(prepared: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(prepared.read_bytes())
    if seed % 5 == 0:
        del content[chance.randrange(100, len(content)) :]
    else:  # the header, or the head of a page in use
        page = chance.randrange(len(content) // 4096) * 4096
        content[page : page + 16] = chance.randbytes(16)
    prepared.write_bytes(content)
    before = _files(prepared.parent)
    assert _code(prepared) == "corrupt_without_backup"
    assert _files(prepared.parent) == before


def test_a_damaged_database_names_the_latest_copy(prepared: Path) -> None:
    backups = prepared.parent / "backups"
    backups.mkdir()
    (backups / "before-0.1.0.sqlite3").write_bytes(prepared.read_bytes())
    prepared.write_bytes(b"hej" * 4096)
    with pytest.raises(DataFolderProblem, match=r"before-0\.1\.0\.sqlite3") as caught:
        open_data_folder(prepared)
    assert caught.value.code == "corrupt"
    (backups / "daily-20990101T000000000000Z.tar.gz").write_bytes(b"x")
    with pytest.raises(DataFolderProblem, match=r"mellanrum restore .*/daily-2099") as caught:
        open_data_folder(prepared)
    assert caught.value.code == "corrupt_with_backup"


def test_what_a_killed_process_left_in_the_wal_is_no_damage(prepared: Path) -> None:
    script = (
        "import sqlite3, sys, os; c = sqlite3.connect(sys.argv[1], isolation_level=None)\n"
        "c.execute('PRAGMA journal_mode=WAL'); c.execute('CREATE TABLE kept (id)'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, prepared], check=False)
    before = _files(prepared.parent)
    assert len(before["mellanrum.sqlite3-wal"]) > 0
    open_data_folder(prepared).close()
    assert _files(prepared.parent) == before


def test_a_database_of_a_newer_version_is_left_as_it_is(prepared: Path) -> None:
    connection = sqlite3.connect(prepared)
    connection.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('rooms', '0099_later', '2030-01-01')")
    connection.commit()
    connection.close()
    before = _files(prepared.parent)
    with open_data_folder(prepared) as folder, pytest.raises(DataFolderProblem) as caught:
        prepare(folder, using="folder")
    assert caught.value.code == "newer"
    assert _files(prepared.parent) == before


def test_a_copy_is_made_before_the_database_changes(prepared: Path) -> None:
    connection = sqlite3.connect(prepared)
    connection.execute("DELETE FROM django_migrations WHERE app = 'sessions'")
    connection.execute("DROP TABLE django_session")
    connection.commit()
    connection.close()
    told: list[str] = []
    with open_data_folder(prepared) as folder:
        copy = prepare(folder, using="folder", tell=told.append)
    assert told == ["copying", "migrating"]
    assert copy is not None
    assert copy.parent == prepared.parent / "backups"
    assert _has_sessions(prepared)
    assert not _has_sessions(copy)


def _has_sessions(database: Path) -> bool:
    found = sqlite3.connect(database).execute("SELECT 1 FROM sqlite_master WHERE name = 'django_session'").fetchone()
    return found is not None


@pytest.mark.parametrize("version", [(3, 51, 3), (3, 53, 4), (3, 50, 7), (3, 50, 9), (3, 44, 6)])
def test_a_cured_sqlite_is_taken(version: tuple[int, ...]) -> None:
    check_sqlite(version)


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 0), (3, 50, 6), (3, 51, 0), (3, 51, 2)])
def test_a_sqlite_with_the_fault_is_refused_unless_asked_for(version: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(DataFolderProblem, match=r"MELLANRUM_ALLOW_OLD_SQLITE=1") as caught:
        check_sqlite(version)
    assert caught.value.code == "old_sqlite"
    monkeypatch.setenv("MELLANRUM_ALLOW_OLD_SQLITE", "1")
    check_sqlite(version)
