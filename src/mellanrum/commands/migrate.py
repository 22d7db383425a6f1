"""`mellanrum migrate`: bring the database up to this version without serving."""

from __future__ import annotations

import argparse

from mellanrum.commands.environment import add_data, use
from mellanrum.commands.problems import _

HELP = "bring the database up to this version (serve does so by itself)"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    add_data(parser)


def run(arguments: argparse.Namespace) -> int:
    use(arguments)
    from mellanrum.commands.database import bring_up, opened_folder

    with opened_folder() as folder:
        bring_up(folder)
        print(_("Databasen är uppdaterad."))
    return 0
