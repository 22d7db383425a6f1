"""The data folder as the verbs use it: opened by one writer, brought up to this version."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mellanrum.commands.problems import Problem, _


def folder_path() -> Path:
    """The same folder that `config.read_config` will read."""
    return Path(os.environ.get("MELLANRUM_DATA", "data")).expanduser().resolve()


@contextmanager
def open_folder() -> Iterator[Path]:
    """Hold the data folder as the one process that writes. Raises DataFolderProblem."""
    folder = folder_path()
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def look_into_folder() -> None:
    """For verbs that write a little while `serve` may run."""
    if not (folder_path() / "mellanrum.sqlite3").exists():
        raise Problem(
            _("I %(folder)s finns ingen databas. Starta först: mellanrum serve --data %(folder)s") % {"folder": folder_path()}
        )


def prepare_database() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)


def check_database() -> None:
    """Raises Problem when the database waits for `serve` to bring it up to this version."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Problem(_("Databasen är från en äldre version. Starta om: mellanrum serve"))
