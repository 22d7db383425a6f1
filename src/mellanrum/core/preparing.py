"""Brings an opened data folder up to this release: a copy first, then the migrations."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.core.management import call_command
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

import mellanrum
from mellanrum.core.clock import now
from mellanrum.core.datafolder import LEAST_FREE, MEGABYTE, DataFolder, DataFolderProblem, read_only


def prepare(folder: DataFolder, using: str = DEFAULT_DB_ALIAS, tell: Callable[[str], None] = lambda step: None) -> Path | None:
    """Apply the migrations that are missing; gives the copy made before, None when none was needed.

    `tell("copying")` and `tell("migrating")` come before steps that may take their time. Raises DataFolderProblem `newer`
    without having written anything, or `full`.
    """
    applied = _applied(folder.database)
    _check_age(applied)
    connection = connections[using]
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return None
    try:
        copy = _copy(folder, tell) if applied else None
        tell("migrating")
        call_command("migrate", database=using, verbosity=0, interactive=False)
    except (OperationalError, sqlite3.OperationalError) as error:
        if "full" in str(error):
            raise DataFolderProblem("full", folder=folder.path, least=LEAST_FREE // MEGABYTE) from error
        raise
    return copy


def check_age(database: Path) -> None:
    """Raises DataFolderProblem `newer` for a database that a later release has written; reads only."""
    _check_age(_applied(database))


def _applied(database: Path) -> set[tuple[str, str]]:
    """Which migrations the database has had, read without touching it."""
    if not database.exists() or database.stat().st_size == 0:
        return set()
    with closing(read_only(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'django_migrations'").fetchone():
            return set()
        return set(connection.execute("SELECT app, name FROM django_migrations"))


def _check_age(applied: set[tuple[str, str]]) -> None:
    """A migration this release has never heard of was written by a later one."""
    loader = MigrationLoader(None)
    known = set(loader.disk_migrations)
    for migration in loader.disk_migrations.values():
        known.update((app, name) for app, name in migration.replaces)
    if applied - known:
        raise DataFolderProblem("newer")


def _copy(folder: DataFolder, tell: Callable[[str], None]) -> Path:
    """A whole copy beside the other backups; under its final name only when it is complete."""
    tell("copying")
    folder.backups.mkdir(mode=0o700, exist_ok=True)
    if shutil.disk_usage(folder.path).free < folder.database.stat().st_size + LEAST_FREE:
        raise DataFolderProblem("full", folder=folder.path, least=(folder.database.stat().st_size + LEAST_FREE) // MEGABYTE)
    final = folder.backups / f"before-{mellanrum.__version__}-{now():%Y%m%dT%H%M%S%fZ}.sqlite3"
    partial = final.with_suffix(".part")
    with closing(read_only(folder.database)) as source, closing(sqlite3.connect(partial)) as target:
        source.backup(target)
    partial.rename(final)
    return final
