"""SQLite under the ledger: its connection, its errors, its checkpoints."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from mellanrum.core.database.base import PRAGMAS
from mellanrum.core.database.writelock import write_lock
from mellanrum.rooms.ledger.rows import LedgerUnavailable

# What somebody else's lock may cost one attempt; the writer tries again until an answer has waited long enough.
BUSY_MS = 250
_CODES = {sqlite3.SQLITE_BUSY: "busy", sqlite3.SQLITE_LOCKED: "busy", sqlite3.SQLITE_FULL: "full"}


class SqliteEngine:
    """One connection, for one thread. Every transaction holds the process's write lock."""

    for_update = ""
    row_errors = (sqlite3.IntegrityError, sqlite3.DataError, sqlite3.InterfaceError, sqlite3.ProgrammingError, UnicodeError, OverflowError)

    def __init__(self, database: Mapping[str, Any]) -> None:
        self._path = Path(database["NAME"])
        self._lock = write_lock(database["NAME"])
        try:
            self.connection = sqlite3.connect(self._path, isolation_level=None, timeout=BUSY_MS / 1000, check_same_thread=False)
            # What is erased is overwritten in the file and not only unlinked.
            for pragma in (*PRAGMAS, "PRAGMA foreign_keys=ON"):
                self.connection.execute(pragma)
        except sqlite3.Error as error:
            raise unavailable(error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """COMMIT on leaving, ROLLBACK on any error. Raises LedgerUnavailable when the database is the reason."""
        with self._lock:
            try:
                self.connection.execute("BEGIN IMMEDIATE")
                yield
                self.connection.execute("COMMIT")
            except BaseException as error:
                self._roll_back()
                if isinstance(error, sqlite3.Error) and not isinstance(error, self.row_errors):
                    raise unavailable(error) from error
                raise

    def _roll_back(self) -> None:
        if self.connection.in_transaction:  # SQLite may have rolled back by itself
            self.connection.execute("ROLLBACK")

    def query(self, statement: str, values: Sequence[Any]) -> list[Any]:
        try:
            return self.connection.execute(statement, values).fetchall()
        except self.row_errors:
            raise
        except sqlite3.Error as error:
            raise unavailable(error) from error

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        self.connection.execute(statement, values)

    def execute_many(self, statement: str, values: Sequence[Sequence[Any]]) -> None:
        self.connection.executemany(statement, values)

    def has_wal(self) -> bool:
        wal = self._path.with_name(self._path.name + "-wal")
        return wal.exists() and wal.stat().st_size > 0

    def checkpoint(self) -> int:
        """Move what the WAL holds into the database file, as far as readers allow; gives how many pages it held."""
        return self._checkpoint("PASSIVE")

    def truncate(self) -> int:
        """Empty the WAL when no reader needs it, the long part without the lock; gives how many pages it held."""
        pages = self._checkpoint("PASSIVE")
        with self._lock:
            self.connection.execute("PRAGMA busy_timeout=0")
            self._checkpoint("TRUNCATE")
            self.connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        return pages

    def _checkpoint(self, mode: str) -> int:
        try:
            return int(self.connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchone()[1])
        except sqlite3.OperationalError as error:
            problem = unavailable(error)
            if problem.code == "failed":
                raise problem from error
            return 0

    def forbid_writing(self) -> None:
        """Reading goes on; SQLite itself refuses the rest."""
        self.connection.execute("PRAGMA query_only=ON")

    def close(self) -> None:
        self.connection.close()


def unavailable(error: sqlite3.Error) -> LedgerUnavailable:
    """What kind of trouble that is. An unknown one counts as a failing disk: better silent than wrong."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the extended codes add detail in the higher bits
    return LedgerUnavailable(_CODES.get(code, "failed"))
