"""The points of `mellanrum check` about the folder and the machine: whose it is, its disk, its key, its clock, who serves from it."""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import mellanrum
from mellanrum.commands.finding import Finding
from mellanrum.commands.problems import _
from mellanrum.core.backup import DATABASE, KEY
from mellanrum.core.clock import now
from mellanrum.core.datafolder import LEAST_FREE

PLENTY = 500 * 1024 * 1024
MEGABYTE = 1024 * 1024
NETWORK_DISKS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "davfs"})
CLOCK_MAY_DIFFER = timedelta(hours=1)


def examine_folder(folder: Path, *, has_own_key: bool) -> Iterator[Finding]:
    facts = {"folder": folder}
    if not os.path.exists(folder):  # noqa: PTH110 - Path raises where somebody else's folder is above
        yield _not_there(folder)
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
    yield from owner(folder, os.geteuid())
    yield from _key(folder, has_own_key=has_own_key)
    yield space(folder)
    yield from _network_disk(folder)
    yield clock(folder, now())
    yield server(folder)


def _not_there(folder: Path) -> Finding:
    above = next(path for path in folder.parents if os.path.exists(path))  # noqa: PTH110
    if os.access(above, os.W_OK | os.X_OK):
        return Finding("folder", "ok", _("Datamappen %(folder)s finns inte ännu. Den görs av: mellanrum serve") % {"folder": folder})
    sentence = _(
        "Datamappen %(folder)s går inte att nå eller göra. Ge den som kör Mellanrum skrivrätt i %(above)s, eller välj en annan mapp."
    )
    return Finding("folder", "problem", sentence % {"folder": folder, "above": above})


def owner(folder: Path, me: int) -> Iterator[Finding]:
    """Files of somebody else: Mellanrum was run as another account before, or this check is."""
    theirs = next((path for path in (folder / DATABASE, folder / KEY, folder) if path.exists() and path.stat().st_uid != me), None)
    if theirs is None:
        return
    facts = {"file": theirs, "owner": _name(theirs.stat().st_uid), "me": _name(me), "folder": folder}
    sentence = _(
        "%(file)s tillhör kontot %(owner)s, men det här körs som %(me)s. Kör Mellanrum som %(owner)s, "
        "eller ge mappen till det kontot som ska köra det: chown -R %(me)s %(folder)s"
    )
    yield Finding("owner", "warning" if me == 0 else "problem", sentence % facts)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _key(folder: Path, *, has_own_key: bool) -> Iterator[Finding]:
    key, facts = folder / KEY, {"key": folder / KEY}
    if has_own_key or not (folder / DATABASE).exists():
        return
    if not key.exists() or not key.stat().st_size:
        sentence = _(
            "Nyckeln %(key)s saknas. Lägg tillbaka den från en säkerhetskopia före nästa start: med en ny nyckel loggas alla ut, "
            "och den som svarat anonymt kan inte längre ändra eller ta tillbaka sitt svar."
        )
        yield Finding("key", "problem", sentence % facts)
    elif key.stat().st_mode & 0o077:
        yield Finding("key", "warning", _("Andra konton kan läsa nyckeln. Stäng den: chmod 600 %(key)s") % facts)


def space(folder: Path) -> Finding:
    usage = shutil.disk_usage(folder)
    facts = {"free": usage.free // MEGABYTE, "folder": folder}
    if usage.free < LEAST_FREE:
        return Finding("space", "problem", _("Disken är full: %(free)s MB ledigt i %(folder)s. Frigör utrymme.") % facts)
    if usage.free < PLENTY:
        return Finding("space", "warning", _("Disken börjar bli full: %(free)s MB ledigt i %(folder)s. Frigör utrymme.") % facts)
    return Finding("space", "ok", _("%(free)s MB ledigt på disken.") % facts)


def _network_disk(folder: Path) -> Iterator[Finding]:
    try:
        mounts = Path("/proc/self/mounts").read_text()
    except OSError:
        return
    kind = kind_of_disk(folder, mounts)
    if kind in NETWORK_DISKS:
        sentence = _(
            "%(folder)s ligger på en nätverksdisk (%(kind)s). Där kan två servrar ta samma mapp och databasen skadas. "
            "Flytta den till en disk i datorn."
        )
        yield Finding("disk", "warning", sentence % {"folder": folder, "kind": kind})


def kind_of_disk(folder: Path, mounts: str) -> str:
    """The file system that the folder lies on, out of `/proc/self/mounts`."""
    lines = [line.split()[1:3] for line in mounts.splitlines() if len(line.split()) > 2]
    holding = [(place, kind) for place, kind in lines if folder.is_relative_to(place)]
    return max(holding, key=lambda one: len(one[0]), default=("", ""))[1]


def clock(folder: Path, moment: datetime) -> Finding:
    """A clock that stands before what has been written already is wrong."""
    written = [path for path in (folder / DATABASE, folder / f"{DATABASE}-wal", Path(mellanrum.__file__)) if path.exists()]
    newest = datetime.fromtimestamp(max(path.stat().st_mtime for path in written), UTC)
    facts = {"now": f"{moment:%Y-%m-%d %H:%M}", "newest": f"{newest:%Y-%m-%d %H:%M}"}
    if moment < newest - CLOCK_MAY_DIFFER:
        sentence = _(
            "Datorns klocka går fel: den visar %(now)s UTC, men det finns filer från %(newest)s. Ställ den: timedatectl set-ntp true"
        )
        return Finding("clock", "problem", sentence % facts)
    return Finding("clock", "ok", _("Datorns klocka visar %(now)s UTC.") % facts)


def server(folder: Path) -> Finding:
    """Whether somebody serves from here; a second one is kept out by the same lock."""
    try:
        with (folder / "serve.lock").open("rb") as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        pid = (folder / "serve.lock").read_text().strip() or "?"
        sentence = _("Mellanrum körs med den här mappen (process %(pid)s). Ingen annan kan starta med den så länge.")
        return Finding("server", "ok", sentence % {"pid": pid})
    except OSError:
        pass
    return Finding("server", "ok", _("Mellanrum körs inte just nu med den här mappen."))
