"""A backup is whole or it is not there; a restore takes nothing that a backup would not hold."""

from __future__ import annotations

import io
import json
import os
import random
import sqlite3
import tarfile
import threading
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from mellanrum.core import backup
from mellanrum.core.backup import back_up, unpack, verify
from mellanrum.core.datafolder import BackupProblem, DataFolderProblem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A data folder with pairs that always belong together."""
    made = tmp_path / "data"
    (made / "pictures").mkdir(parents=True)
    with closing(sqlite3.connect(made / backup.DATABASE)) as database:
        database.execute("PRAGMA journal_mode=WAL")
        database.execute("CREATE TABLE pair (one INTEGER, two INTEGER, words TEXT)")
        database.execute("INSERT INTO pair VALUES (0, 0, ?)", ("räksmörgås",))
        database.commit()
    (made / "secret.key").write_text("hemlig")
    (made / "pictures" / "abc123.webp").write_bytes(os.urandom(5000))
    (made / "pictures" / ".half").write_bytes(b"not yet")
    return made


def total(database: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(database)) as connection:
        one, two = connection.execute("SELECT sum(one), sum(two) FROM pair").fetchone()
    return one, two


def refused(step: Callable[[], object]) -> str:
    with pytest.raises(BackupProblem) as caught:
        step()
    return caught.value.code


def test_everything_comes_back(folder: Path, tmp_path: Path) -> None:
    archive = back_up(folder, tmp_path / "to")
    assert archive.stat().st_mode & 0o077 == 0
    manifest = unpack(archive, tmp_path / "again")
    assert set(manifest.members) == {backup.DATABASE, "secret.key", "pictures/abc123.webp"}
    for name in ("secret.key", "pictures/abc123.webp"):
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes()
    assert total(tmp_path / "again" / backup.DATABASE) == (0, 0)
    assert [path.name for path in (tmp_path / "to").iterdir()] == [archive.name]


def test_every_copy_made_while_others_write_is_of_one_moment(folder: Path, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    copies = 100 if request.config.getoption("--long") else 8
    over = threading.Event()
    writer = threading.Thread(target=write_pairs, args=(folder / backup.DATABASE, over))
    writer.start()
    try:
        archives = [back_up(folder, tmp_path / "to") for _number in range(copies)]
    finally:
        over.set()
        writer.join()
    sums = []
    for number, archive in enumerate(archives):
        unpack(archive, tmp_path / str(number))
        sums.append(total(tmp_path / str(number) / backup.DATABASE))
    assert all(one == two for one, two in sums)
    assert sums[0] < sums[-1]  # somebody did write


def write_pairs(database: Path, over: threading.Event) -> None:
    with closing(sqlite3.connect(database, timeout=30)) as connection:
        number = 0
        while not over.is_set():
            number += 1
            connection.execute("INSERT INTO pair VALUES (?, 0, 'x')", (number,))
            connection.execute("UPDATE pair SET two = ? WHERE one = ?", (number, number))
            connection.commit()


def test_a_plain_copy_of_a_file_being_written_is_not_enough(folder: Path, tmp_path: Path) -> None:
    """The control: what lies in the WAL is missing from a copy of the file, and a backup has it."""
    with closing(sqlite3.connect(folder / backup.DATABASE)) as connection:
        connection.execute("INSERT INTO pair VALUES (7, 7, 'x')")
        connection.commit()
        plain = tmp_path / "plain.sqlite3"
        plain.write_bytes((folder / backup.DATABASE).read_bytes())
        unpack(back_up(folder, tmp_path / "to"), tmp_path / "again")
        assert total(tmp_path / "again" / backup.DATABASE) == (7, 7)
        with pytest.raises((sqlite3.OperationalError, AssertionError)):
            assert total(plain) == (7, 7)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_backup_is_never_used(folder: Path, tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    archive = back_up(folder, tmp_path / "to")
    content = bytearray(archive.read_bytes())
    if seed % 3 == 0:
        del content[chance.randrange(1, len(content)) :]
    else:
        for _flip in range(1 + seed):
            content[chance.randrange(40, len(content) - 8)] ^= 1 << chance.randrange(8)
    archive.write_bytes(content)
    assert refused(lambda: unpack(archive, tmp_path / "again")) in {"damaged", "not_a_backup"}
    assert not (tmp_path / "again").exists()


def packed(path: Path, members: dict[str, bytes], told: object, *, link: str = "") -> Path:
    with tarfile.open(path, "w:gz") as tar:
        for name, content in [*members.items(), (backup.MANIFEST, json.dumps(told).encode())]:
            info = tarfile.TarInfo(name)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        if link:
            info = tarfile.TarInfo(link)
            info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
            tar.addfile(info)
    return path


@pytest.mark.parametrize(
    "name", ["../outside", "/etc/cron.d/x", "pictures/../../outside", "pictures/", "pictures/.hidden", "other.txt", "pictures/a\\b", ""]
)
def test_only_our_own_names_are_laid_out(tmp_path: Path, name: str) -> None:
    archive = packed(tmp_path / "a.tar.gz", {name: b"x"}, {"format": 1, "members": {name: [1, "0" * 64]}})
    assert refused(lambda: unpack(archive, tmp_path / "again")) == "not_a_backup"
    assert not (tmp_path / "outside").exists()


def test_what_the_manifest_does_not_name_is_not_taken(folder: Path, tmp_path: Path) -> None:
    archive = packed(tmp_path / "a.tar.gz", {"secret.key": b"x"}, {"format": 1, "members": {}}, link="pictures/link.webp")
    assert refused(lambda: unpack(archive, tmp_path / "again")) == "damaged"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"format": 2, "release": "9.0", "members": {}}, "newer"),
        ({"format": 1}, "not_a_backup"),
        ({"format": 1, "members": {"secret.key": "x"}}, "not_a_backup"),
        ([], "not_a_backup"),
        ({"format": "x", "members": {}}, "not_a_backup"),
    ],
)
def test_what_it_says_of_itself_is_not_believed(tmp_path: Path, told: object, code: str) -> None:
    assert refused(lambda: verify(packed(tmp_path / "a.tar.gz", {}, told))) == code


@pytest.mark.parametrize("content", [b"", b"hej", b"PK\x03\x04" + b"x" * 100, b"\x1f\x8b" + b"x" * 100])
def test_other_files_are_no_backups(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.tar.gz").write_bytes(content)
    assert refused(lambda: verify(tmp_path / "a.tar.gz")) in {"not_a_backup", "damaged"}


def test_a_folder_with_something_in_it_is_left_alone(folder: Path, tmp_path: Path) -> None:
    archive = back_up(folder, tmp_path / "to")
    before = (folder / "secret.key").read_bytes()
    assert refused(lambda: unpack(archive, folder)) == "not_empty"
    assert (folder / "secret.key").read_bytes() == before
    assert refused(lambda: back_up(tmp_path / "nowhere", tmp_path / "to")) == "not_there"
    assert refused(lambda: verify(tmp_path / "nothing.tar.gz")) == "not_there"


def test_a_full_disk_is_said_before_anything_is_written(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "LEAST_FREE", 1 << 60)
    with pytest.raises(DataFolderProblem) as caught:
        back_up(folder, tmp_path / "to")
    assert caught.value.code == "full"
    assert list((tmp_path / "to").iterdir()) == []
