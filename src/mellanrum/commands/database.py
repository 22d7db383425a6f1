"""The data folder as the verbs use it: opened by one writer and brought up to this version, or only looked into."""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mellanrum.commands.environment import start_django
from mellanrum.commands.problems import Problem, _
from mellanrum.core.datafolder import DataFolder, check_sqlite, open_data_folder

FILE = "mellanrum.sqlite3"


def database_path() -> Path:
    """The same file that `config.read_config` will name; asking for it reads no settings."""
    return Path(os.environ.get("MELLANRUM_DATA", "data")).expanduser().resolve() / FILE


@contextmanager
def opened_folder() -> Iterator[DataFolder]:
    """Be the one process that serves this folder, with Django running. Raises DataFolderProblem."""
    os.umask(0o077)  # what people write in a room is for whoever runs Mellanrum, not for every account on the computer
    with open_data_folder(database_path()) as folder:
        start_django()
        yield folder


def bring_up(folder: DataFolder) -> None:
    """Make the database one of this version, after a copy of it. Raises DataFolderProblem."""
    from mellanrum.core.preparing import prepare

    prepare(folder, tell=_tell)


def listening(host: str, port: int) -> socket.socket:
    """A socket bound there before anything else is promised; port 0 takes a free one. Raises Problem."""
    from mellanrum.rooms.live.server import CannotListen, bind

    try:
        return bind(host, port)
    except CannotListen as error:
        raise Problem(str(error)) from error


def _tell(step: str) -> None:
    sentences = {"copying": _("Säkerhetskopierar databasen …"), "migrating": _("Uppdaterar databasen …")}
    print(sentences[step], file=sys.stderr, flush=True)


def use_database() -> None:
    """For verbs that read, or write one short transaction while `serve` may run. Raises Problem and DataFolderProblem."""
    database = database_path()
    check_sqlite(_sqlite_version())
    if not database.exists():
        raise Problem(
            _("Det finns ingen databas i %(folder)s ännu. Starta först: mellanrum serve --data %(folder)s") % {"folder": database.parent}
        )
    start_django()
    if waiting_migrations():
        raise Problem(_("Databasen i %(folder)s är från en äldre version. Starta om: mellanrum serve") % {"folder": database.parent})


def waiting_migrations() -> list[str]:
    """What `serve` would do to the database at its next start."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [str(migration) for migration, _back in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def _sqlite_version() -> tuple[int, ...]:
    import sqlite3

    return sqlite3.sqlite_version_info
