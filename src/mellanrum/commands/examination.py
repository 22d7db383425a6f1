"""The points that `mellanrum check` looks at; every one only reads."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from mellanrum.commands.database import database_path, waiting_migrations
from mellanrum.commands.examining_backups import examine_backups
from mellanrum.commands.examining_content import examine_content
from mellanrum.commands.examining_folder import examine_folder
from mellanrum.commands.examining_mail import examine_mail
from mellanrum.commands.finding import Finding
from mellanrum.commands.problems import _
from mellanrum.core.datafolder import DataFolderProblem, check_sqlite, read_only

READABLE = frozenset({"sqlite", "folder"})  # with a problem there, nothing can be said about the database


def examine(*, has_own_key: bool) -> list[Finding]:
    """Everything that can be known without serving, in the order in which things would fail.

    `has_own_key`: the operator keeps the secret key in the environment.
    """
    database = database_path()
    folder = database.parent
    findings = [_sqlite(), *examine_folder(folder, has_own_key=has_own_key), _base_url(), examine_mail()]
    if os.access(database, os.R_OK) and not any(finding.state == "problem" and finding.name in READABLE for finding in findings):
        findings += [*_database(database), *examine_backups(folder)]
        if not any(finding.state != "ok" and finding.name in {"database", "version"} for finding in findings):
            findings += examine_content(folder)
    return findings


def _sqlite() -> Finding:
    version = sqlite3.sqlite_version
    allowed = os.environ.pop("MELLANRUM_ALLOW_OLD_SQLITE", None)
    try:
        check_sqlite(sqlite3.sqlite_version_info)
    except DataFolderProblem as problem:
        return Finding("sqlite", "warning" if allowed == "1" else "problem", problem.sentence)
    finally:
        if allowed is not None:
            os.environ["MELLANRUM_ALLOW_OLD_SQLITE"] = allowed
    return Finding("sqlite", "ok", _("SQLite %(version)s.") % {"version": version})


def _base_url() -> Finding:
    base_url = os.environ.get("MELLANRUM_BASE_URL", "")
    if not base_url:
        return Finding("address", "ok", _("Bara den här datorn når Mellanrum, tills MELLANRUM_BASE_URL är satt."))
    if not base_url.startswith("https://"):
        sentence = _("%(url)s är utan https: den som lyssnar på nätet kan läsa det folk skriver. Sätt upp https.")
        return Finding("address", "warning", sentence % {"url": base_url})
    return Finding("address", "ok", _("Adressen är %(url)s.") % {"url": base_url})


def _database(database: Path) -> Iterator[Finding]:
    facts = {"database": database}
    try:
        with closing(read_only(database)) as connection:
            is_whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        sentence = _("Databasen %(database)s är skadad. Stäng Mellanrum och återställ den senaste säkerhetskopian: mellanrum restore FIL")
        yield Finding("database", "problem", sentence % facts)
        return
    yield Finding("database", "ok", _("Databasen är hel."))
    yield from _version(database)


def _version(database: Path) -> Iterator[Finding]:
    from mellanrum.core.preparing import check_age

    try:
        check_age(database)
    except DataFolderProblem as problem:
        yield Finding("version", "problem", problem.sentence)
        return
    waiting = waiting_migrations()
    if waiting:
        sentence = _("Databasen är från en äldre version. Nästa start säkerhetskopierar och uppdaterar den.")
        yield Finding("version", "warning", sentence)
    else:
        yield Finding("version", "ok", _("Databasen är av den här versionen."))
