"""What lies in the ledger of a data folder whose server has stopped, read without any code of the product."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

FILE = "mellanrum.sqlite3"


def ledger(data: Path) -> list[tuple[int, str, str]]:
    """(seq, id, exercise) of every row, in order. Raises AssertionError when the file is not whole."""
    with closing(sqlite3.connect(data / FILE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return list(database.execute("SELECT seq, id, exercise FROM rooms_contribution ORDER BY seq"))
