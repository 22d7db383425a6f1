"""`mellanrum restore`: a backup becomes the data folder; what was there is kept beside it, what was erased stays erased."""

from __future__ import annotations

import argparse
import os
import shutil
import tempfile
from pathlib import Path

from mellanrum.commands.environment import add_data, use
from mellanrum.commands.problems import Problem, _

HELP = "make a backup the data folder; the present one is kept beside it"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", help="what `mellanrum backup` has written")
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Everything is made ready beside the data folder; two renames at the end put it in place."""
    use(arguments)
    from mellanrum.commands.database import database_path
    from mellanrum.core.backup import unpack
    from mellanrum.core.datafolder import closed_folder

    os.umask(0o077)
    folder, archive = database_path().parent, Path(arguments.file).expanduser().resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    with closed_folder(folder), tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        fresh = Path(name) / "data"
        manifest = unpack(archive, fresh)
        _make_ready(fresh, folder)
        kept = _put_in_place(fresh, folder)
    print(_("Säkerhetskopian från %(made_at)s är på plats i %(folder)s.") % {"made_at": manifest.made_at, "folder": folder})
    if kept:
        print(_("Det som låg där förut finns kvar i %(kept)s.") % {"kept": kept})
    return 0


def _make_ready(fresh: Path, folder: Path) -> None:
    """Bring it up to this version, and erase again what has been erased since it was made. Raises DataFolderProblem `newer`."""
    os.environ["MELLANRUM_DATA"] = str(fresh)
    if (folder / "erasures.jsonl").exists():
        shutil.copy(folder / "erasures.jsonl", fresh / "erasures-since.jsonl")
    from mellanrum.commands.database import bring_up, opened_folder

    with opened_folder() as opened:
        from mellanrum.core.preparing import check_age
        from mellanrum.rooms.restoring import erase_again, leave_out

        check_age(opened.database)
        bring_up(opened)
        leave_out()
        erase_again(fresh, fresh / "erasures-since.jsonl")
    (fresh / "erasures-since.jsonl").unlink(missing_ok=True)


def _put_in_place(fresh: Path, folder: Path) -> Path | None:
    """The data folder gets the new content; the old, if there was any, a name of its own beside it."""
    kept = None
    if folder.exists():
        from mellanrum.core.clock import now

        kept = folder.with_name(f"{folder.name}-before-{now():%Y%m%dT%H%M%SZ}")
        try:
            folder.rename(kept)
        except OSError as error:  # a mount point cannot be renamed
            sentence = _("%(folder)s går inte att flytta undan (%(reason)s). Återställ till en annan mapp med --data, och starta därifrån.")
            raise Problem(sentence % {"folder": folder, "reason": error.strerror}) from error
    fresh.rename(folder)
    return kept
