"""`mellanrum backup`: one file with everything, made while people go on writing."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
from pathlib import Path

from mellanrum.commands.environment import add_data, use

PRIORITY = 15  # of 0, as everybody, to 19
HELP = "write a verified backup of everything to one file, while serve may run"

CALM = 19  # the lowest priority: people in a room go first


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="DIR", help="the folder to write to (default: backups in the data folder)")
    parser.add_argument("--daily", type=_number, metavar="N", help="call it daily-… and keep only the newest N of those")
    parser.add_argument("--json", action="store_true", help='print {"path", "bytes"}')
    add_data(parser)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError(text)
    return int(text)


def run(arguments: argparse.Namespace) -> int:
    """Reads the folder and nothing else, so that it may run beside `serve`, from cron, as often as wanted."""
    _step_back()  # first: also what is loaded now takes a core for a while
    use(arguments)
    from mellanrum.commands.database import database_path
    from mellanrum.core.backup import DAILY, back_up, drop_old_dailies

    os.umask(0o077)
    folder = database_path().parent
    target = Path(arguments.to).expanduser().resolve() if arguments.to else folder / "backups"
    if arguments.daily:
        os.nice(CALM)
    path = back_up(folder, target, DAILY if arguments.daily else "mellanrum")
    if arguments.daily:
        drop_old_dailies(target, arguments.daily)
    print(json.dumps({"path": str(path), "bytes": path.stat().st_size}) if arguments.json else path)
    return 0


def _step_back() -> None:
    """Packing takes a core for a while; those who answer in the room come first."""
    with contextlib.suppress(AttributeError, OSError):  # a system without priorities
        os.setpriority(os.PRIO_PROCESS, 0, max(PRIORITY, os.getpriority(os.PRIO_PROCESS, 0)))
