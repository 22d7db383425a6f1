"""The command `mellanrum`: one verb per module in `commands/`; exit code 0 done, 1 it could not be done, 2 asked wrongly."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Protocol

from mellanrum import __version__
from mellanrum.commands import backup, check, demo, migrate, restore, serve, simulate, template, token
from mellanrum.commands.problems import problem_of


class Verb(Protocol):
    """What a module in `commands/` has: a line of help, its arguments and what it does."""

    HELP: str

    def add_arguments(self, parser: argparse.ArgumentParser) -> None: ...

    def run(self, arguments: argparse.Namespace) -> int: ...


VERBS: dict[str, Verb] = {
    "serve": serve,
    "demo": demo,
    "simulate": simulate,
    "template": template,
    "token": token,
    "check": check,
    "backup": backup,
    "restore": restore,
    "migrate": migrate,
}


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(prog="mellanrum", description="A self-hosted room for people who lead transition across organisations.")
    top.add_argument("--version", action="version", version=f"mellanrum {__version__}")
    verbs = top.add_subparsers(dest="verb", metavar="VERB", required=True)
    for name, verb in VERBS.items():
        verb.add_arguments(verbs.add_parser(name, help=verb.HELP, description=verb.HELP))
    return top


def main(argv: Sequence[str] | None = None) -> int:
    """Run one verb. Whatever the operator can mend ends as one sentence on stderr, never as a traceback."""
    arguments = parser().parse_args(argv)
    try:
        return VERBS[arguments.verb].run(arguments)
    except KeyboardInterrupt:
        return 0
    except BrokenPipeError:  # the reader of our output has gone, as in `mellanrum … | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as error:
        problem = problem_of(error)
        if problem is None:
            raise
        print(problem, file=sys.stderr)
        return problem.exit_code
