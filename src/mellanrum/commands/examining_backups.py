"""The points of `mellanrum check` about backups: whether there is one, how old it is, whether it is whole, and where it lies."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mellanrum.commands.examining_folder import MEGABYTE
from mellanrum.commands.finding import Finding
from mellanrum.commands.problems import _
from mellanrum.config import backups_folder, read_daily_backups
from mellanrum.core.backup import DATABASE, space_needed, verify
from mellanrum.core.clock import now
from mellanrum.core.datafolder import BackupProblem

TOO_OLD = timedelta(days=2)


def examine_backups(folder: Path) -> Iterator[Finding]:
    """A new installation needs none yet; an old one that has none needs it now."""
    target = backups_folder(folder)
    found = {path for place in (target, folder / "backups") for path in place.glob("*.tar.gz")}
    newest = max(found, key=lambda path: path.stat().st_mtime, default=None)
    if newest is None:
        yield from _none(folder)
        return
    yield _newest(newest, now())
    needed = space_needed(folder)
    if target.exists() and shutil.disk_usage(target).free < needed:
        sentence = _("Nästa säkerhetskopia ryms inte i %(target)s: %(needed)s MB behöver vara lediga. Frigör utrymme.")
        yield Finding("backup-space", "problem", sentence % {"target": target, "needed": needed // MEGABYTE})
    if all(path.stat().st_dev == folder.stat().st_dev for path in found):
        sentence = _(
            "Alla säkerhetskopior ligger på samma disk som det de är kopior av. Sätt MELLANRUM_BACKUPS_TO till en mapp på en annan disk, "
            "eller hämta dem till en annan dator varje dag."
        )
        yield Finding("backup-place", "warning", sentence)


def _none(folder: Path) -> Iterator[Finding]:
    age = now() - datetime.fromtimestamp((folder / "secret.key" if (folder / "secret.key").exists() else folder).stat().st_mtime, UTC)
    if (folder / DATABASE).exists() and age > TOO_OLD:
        yield Finding("backup", "warning", _("Det finns ingen säkerhetskopia.") + " " + _what_to_do())
    else:
        yield Finding("backup", "ok", _("Det finns ingen säkerhetskopia än. Den första görs när mellanrum serve har varit igång en stund."))


def _newest(path: Path, moment: datetime) -> Finding:
    made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    facts = {"path": path, "day": f"{made:%Y-%m-%d %H:%M}"}
    try:
        verify(path)
    except BackupProblem:
        sentence = _("Den nyaste säkerhetskopian %(path)s är skadad och går inte att återställa. Gör en ny: mellanrum backup")
        return Finding("backup", "problem", sentence % facts)
    except PermissionError:
        return Finding(
            "backup", "warning", _("Säkerhetskopian %(path)s går inte att läsa. Kör check som det konto som kör Mellanrum.") % facts
        )
    if moment - made > TOO_OLD:
        return Finding("backup", "warning", _("Den nyaste säkerhetskopian är från %(day)s UTC.") % facts + " " + _what_to_do())
    return Finding("backup", "ok", _("Den nyaste säkerhetskopian är hel och från %(day)s UTC: %(path)s") % facts)


def _what_to_do() -> str:
    if not read_daily_backups():
        return _("De dagliga är avstängda med MELLANRUM_BACKUPS=0. Gör en nu: mellanrum backup")
    return _("En ska göras varje dag medan mellanrum serve är igång: se i loggen varför den uteblev, eller gör en nu: mellanrum backup")
