"""The command: `python -m bench [ROW …] [--json]`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when everything was measured, whatever came out; 2 for a row that is not there."""
    parser = argparse.ArgumentParser(prog="bench", description="Measure the product beside its references.")
    parser.add_argument("rows", nargs="*", metavar="ROW", help="name or pattern, as ledger-*; all without")
    parser.add_argument("--json", action="store_true", help="print a list instead of a table")
    parser.add_argument("--list", action="store_true", help="print the names of the rows and their goals")
    options = parser.parse_args(arguments)
    data = tempfile.mkdtemp(prefix="mellanrum-bench-")
    try:
        return _measure(options, data)
    finally:
        shutil.rmtree(data, ignore_errors=True)


def _measure(options: argparse.Namespace, data: str) -> int:
    os.environ.update(MELLANRUM_DATA=data, DJANGO_SETTINGS_MODULE="mellanrum.settings")  # before Django reads its settings
    import django

    from bench import frame

    django.setup()
    frame.load_rows()
    try:
        rows = frame.chosen(options.rows)
    except KeyError as unknown:
        print(f"There is no row {unknown}. These are: {', '.join(frame.ROWS)}", file=sys.stderr)
        return 2
    if options.list:
        print("\n".join(f"{row.name}  {row.goal}" for row in rows))
        return 0
    results = list(frame.run(rows))
    print(frame.as_json(results) if options.json else frame.as_table(results))
    return 0


if __name__ == "__main__":
    sys.exit(main())
