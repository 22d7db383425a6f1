"""`mellanrum backup`: one file with everything, made while people go on writing."""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

from mellanrum.commands.environment import add_data, use

HELP = "write a verified backup of everything to one file, while serve may run"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", metavar="DIR", help="the folder to write to (default: backups in the data folder)")
    parser.add_argument("--json", action="store_true", help='print {"path", "bytes"}')
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    """Reads the folder and nothing else, so that it may run beside `serve`, from cron, as often as wanted."""
    use(arguments)
    from mellanrum.commands.database import database_path
    from mellanrum.core.backup import back_up

    os.umask(0o077)
    folder = database_path().parent
    path = back_up(folder, Path(arguments.to).expanduser().resolve() if arguments.to else folder / "backups")
    print(json.dumps({"path": str(path), "bytes": path.stat().st_size}) if arguments.json else path)
    return 0
