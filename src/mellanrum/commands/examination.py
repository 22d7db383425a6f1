"""The points that `mellanrum check` looks at; every one only reads."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from mellanrum.commands.database import database_path, waiting_migrations
from mellanrum.commands.problems import _
from mellanrum.core.datafolder import LEAST_FREE, DataFolderProblem, check_sqlite, read_only

PLENTY = 500 * 1024 * 1024
MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """`message` says what it is and, unless `state` is ok, what to do."""

    name: str
    state: Literal["ok", "warning", "problem"]
    message: str


def examine() -> list[Finding]:
    """Everything that can be known without serving, in the order in which things would fail."""
    database = database_path()
    findings = [_sqlite(), *_folder(database.parent), _base_url(), _mail()]
    if database.exists() and all(finding.state != "problem" for finding in findings):
        findings += _database(database)
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


def _folder(folder: Path) -> Iterator[Finding]:
    facts = {"folder": folder}
    if not folder.exists():
        yield Finding("folder", "ok", _("Datamappen %(folder)s finns inte ännu. Den görs av: mellanrum serve") % facts)
        return
    if not folder.is_dir():
        yield Finding("folder", "problem", _("%(folder)s är en fil och ingen mapp. Välj en annan med MELLANRUM_DATA.") % facts)
        return
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        sentence = _("Det går inte att skriva i datamappen %(folder)s. Ge den som kör Mellanrum skrivrätt.")
        yield Finding("folder", "problem", sentence % facts)
        return
    yield Finding("folder", "ok", _("Datamappen är %(folder)s.") % facts)
    if folder.stat().st_mode & 0o007:
        sentence = _("Alla konton på datorn kan läsa %(folder)s. Stäng den för andra: chmod 700 %(folder)s")
        yield Finding("privacy", "warning", sentence % facts)
    yield _space(folder)


def _space(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    facts = {"free": usage.free // MEGABYTE, "folder": folder}
    if usage.free < LEAST_FREE:
        return Finding("space", "problem", _("Disken är full: %(free)s MB ledigt i %(folder)s. Frigör utrymme.") % facts)
    if usage.free < PLENTY:
        return Finding("space", "warning", _("Disken börjar bli full: %(free)s MB ledigt i %(folder)s. Frigör utrymme.") % facts)
    return Finding("space", "ok", _("%(free)s MB ledigt på disken.") % facts)


def _base_url() -> Finding:
    base_url = os.environ.get("MELLANRUM_BASE_URL", "")
    if not base_url:
        return Finding("address", "ok", _("Bara den här datorn når Mellanrum, tills MELLANRUM_BASE_URL är satt."))
    if not base_url.startswith("https://"):
        sentence = _("%(url)s är utan https: den som lyssnar på nätet kan läsa det folk skriver. Sätt upp https.")
        return Finding("address", "warning", sentence % {"url": base_url})
    return Finding("address", "ok", _("Adressen är %(url)s.") % {"url": base_url})


def _mail() -> Finding:
    from mellanrum.config import read_mail

    server = read_mail()
    if server is None:
        sentence = _("Inga mejl skickas. Sätt MELLANRUM_SMTP_URL och MELLANRUM_MAIL_FROM; till dess: mellanrum token")
        return Finding("mail", "warning" if os.environ.get("MELLANRUM_BASE_URL") else "ok", sentence)
    facts = {"server": f"{server.host}:{server.port}", "sender": server.sender}
    if server.security == "none":
        return Finding("mail", "ok", _("Mejl lämnas till %(server)s utan kryptering, från %(sender)s.") % facts)
    return Finding("mail", "ok", _("Mejl lämnas krypterat till %(server)s, från %(sender)s.") % facts)


def _database(database: Path) -> Iterator[Finding]:
    facts = {"database": database}
    try:
        with closing(read_only(database)) as connection:
            is_whole = connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",)
    except sqlite3.DatabaseError:
        is_whole = False
    if not is_whole:
        sentence = _("Databasen %(database)s är skadad. Flytta undan den och lägg senaste säkerhetskopian i dess ställe.")
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
