"""Opens the data folder for `serve`: one process at a time, and nothing is written before everything is known to be well."""

from __future__ import annotations

import errno
import fcntl
import logging
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Self

from django.apps import apps
from django.utils.translation import gettext

logger = logging.getLogger(__name__)

LEAST_FREE = 16 * 1024 * 1024
MEGABYTE = 1024 * 1024


def gettext_noop(text: str) -> str:
    """Mark a text for translation. Django's own looks at the settings, which need the folder that may be broken."""
    return text


_SENTENCES = {
    "in_use": gettext_noop(
        "Mellanrum körs redan med datamappen {folder} (process {pid}). Stäng av det först, eller välj en annan mapp med MELLANRUM_DATA."
    ),
    "not_a_folder": gettext_noop("{folder} är en fil och ingen mapp. Välj en annan datamapp med MELLANRUM_DATA."),
    "not_writable": gettext_noop(
        "Det går inte att skriva i datamappen {folder} ({reason}). Ge den som kör Mellanrum skrivrätt, "
        "eller välj en annan mapp med MELLANRUM_DATA."
    ),
    "full": gettext_noop(
        "Disken är full: minst {least} MB behöver vara lediga i datamappen {folder}. "
        "Frigör plats och starta igen. Allt som är sparat finns kvar."
    ),
    "corrupt_with_backup": gettext_noop(
        "Databasen {database} är skadad och lämnas orörd. Återställ senaste säkerhetskopian och starta igen: mellanrum restore {backup}"
    ),
    "corrupt": gettext_noop(
        "Databasen {database} är skadad och lämnas orörd. Flytta undan den, lägg senaste säkerhetskopian i dess ställe och starta igen: "
        "{backup}"
    ),
    "corrupt_without_backup": gettext_noop(
        "Databasen {database} är skadad och lämnas orörd. Det finns ingen säkerhetskopia i datamappen. "
        "Hämta en från er vanliga säkerhetskopiering och starta igen."
    ),
    "newer": gettext_noop(
        "Databasen kommer från en nyare version av Mellanrum än den här och lämnas orörd. Installera den nyare versionen, "
        "eller lägg tillbaka säkerhetskopian från före uppgraderingen."
    ),
    "old_sqlite": gettext_noop(
        "SQLite {version} har ett fel som kan skada databasen. Installera 3.51.3 eller senare (3.50.7 och 3.44.6 går också), "
        "eller starta med MELLANRUM_ALLOW_OLD_SQLITE=1 om du tar risken."
    ),
}


class DataFolderProblem(Exception):
    """Why the product cannot start here. `sentence` says in the reader's language what to do."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self._facts = facts

    @property
    def sentence(self) -> str:
        source = _SENTENCES[self.code]
        text = gettext(source) if apps.ready else source  # before that, asking would read the settings, which need the folder
        return text.format(**self._facts)

    def __str__(self) -> str:
        return self.sentence


class BackupProblem(Exception):
    """What is wrong with a backup: not_there, not_a_backup, damaged, newer or not_empty; `facts` for the sentence."""

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


class DataFolder:
    """An opened folder; nobody else can open it until it is closed or the process ends."""

    def __init__(self, database: Path, descriptor: int) -> None:
        self.path = database.parent
        self.database = database
        self._descriptor = descriptor

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def spool(self) -> Path:
        """Where large bodies wait: on the data's disk, because the system's own place may be memory."""
        return self.path / "tmp"

    def close(self) -> None:
        os.close(self._descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def open_data_folder(database: Path) -> DataFolder:
    """Make the folder of that database ours. Needs no Django settings. Raises DataFolderProblem."""
    check_sqlite(sqlite3.sqlite_version_info)
    descriptor = _take_lock(database.parent)
    try:
        _check_space(database.parent)
        folder = DataFolder(database, descriptor)
        _check_whole(folder)
        _make_spool(folder)
    except BaseException:
        os.close(descriptor)
        raise
    return folder


@contextmanager
def closed_folder(folder: Path) -> Iterator[None]:
    """Keep everybody else out of the folder without looking at what is in it; a missing one is nobody's. Raises DataFolderProblem."""
    if not folder.exists():
        yield
        return
    descriptor = _take_lock(folder)
    try:
        yield
    finally:
        os.close(descriptor)


def check_sqlite(version: tuple[int, ...]) -> None:
    """Versions 3.7.0–3.51.2 can corrupt a WAL database when two connections write at once; three lines have the cure."""
    is_cured = version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51) or (3, 44, 6) <= version < (3, 45)
    if is_cured:
        return
    problem = DataFolderProblem("old_sqlite", version=".".join(map(str, version)))
    if os.environ.get("MELLANRUM_ALLOW_OLD_SQLITE") != "1":
        raise problem
    logger.warning("%s", problem.sentence)


def _take_lock(folder: Path) -> int:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "serve.lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise _problem(folder, error) from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.ftruncate(descriptor, 0)
        os.write(descriptor, str(os.getpid()).encode())
    except OSError as error:
        pid = os.pread(descriptor, 20, 0).decode() or "?"
        os.close(descriptor)
        if isinstance(error, BlockingIOError):
            raise DataFolderProblem("in_use", folder=folder, pid=pid) from None
        raise _problem(folder, error) from error
    return descriptor


def _problem(folder: Path, error: OSError) -> DataFolderProblem:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DataFolderProblem("full", folder=folder, least=LEAST_FREE // MEGABYTE)
    if isinstance(error, FileExistsError | NotADirectoryError):
        return DataFolderProblem("not_a_folder", folder=folder)
    return DataFolderProblem("not_writable", folder=folder, reason=error.strerror)


def _check_space(folder: Path) -> None:
    if shutil.disk_usage(folder).free < LEAST_FREE:
        raise DataFolderProblem("full", folder=folder, least=LEAST_FREE // MEGABYTE)


def _make_spool(folder: DataFolder) -> None:
    """An empty one: what a killed process left there is nobody's any more."""
    try:
        folder.spool.mkdir(mode=0o700, exist_ok=True)
        for left in folder.spool.iterdir():
            left.unlink()
    except OSError as error:
        raise _problem(folder.path, error) from error


def _check_whole(folder: DataFolder) -> None:
    """Read the whole database, its WAL included, without being able to write."""
    if not folder.database.exists() or folder.database.stat().st_size == 0:
        return
    try:
        with closing(read_only(folder.database)) as connection:
            is_whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        kinds = [*folder.backups.glob("*.tar.gz"), *folder.backups.glob("*.sqlite3")]
        newest = max(kinds, key=lambda path: path.stat().st_mtime, default=None)
        if newest:
            raise DataFolderProblem("corrupt_with_backup" if newest.suffix == ".gz" else "corrupt", database=folder.database, backup=newest)
        raise DataFolderProblem("corrupt_without_backup", database=folder.database)


def read_only(database: Path) -> sqlite3.Connection:
    """A connection that cannot write and leaves the WAL as it found it."""
    return sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
