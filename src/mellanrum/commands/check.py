"""`mellanrum check`: what is wrong with this installation, and what to do. Changes nothing."""

from __future__ import annotations

import argparse
import json
import os

from mellanrum.commands.environment import add_base_url, add_data, start_django, use

HELP = "tell what is wrong with this installation, without changing anything"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a list of {name, state, message}")
    add_data(parser)
    add_base_url(parser)


def run(arguments: argparse.Namespace) -> int:
    """Exit code 1 when there is a problem; a warning is none."""
    use(arguments)
    has_own_key = bool(os.environ.get("MELLANRUM_SECRET_KEY"))
    os.environ.setdefault("MELLANRUM_SECRET_KEY", "looking needs no key, and makes none")
    start_django()
    from mellanrum.commands.examination import examine

    findings = examine(has_own_key=has_own_key)
    if arguments.json:
        print(json.dumps([vars(finding) for finding in findings], ensure_ascii=False, indent=1))
    else:
        for finding in findings:
            print(f"{finding.state:8}{finding.message}")
    return 1 if any(finding.state == "problem" for finding in findings) else 0
