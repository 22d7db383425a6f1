"""SQLite where each outermost atomic block and each autocommitted write holds the process's write lock."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Any

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor

from mellanrum.core.database.writelock import WriteLock, write_lock

PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # NORMAL loses acknowledged answers at a power cut
    "PRAGMA wal_autocheckpoint=0",  # the ledger's writer is the only one to checkpoint
    "PRAGMA secure_delete=ON",  # what is deleted is overwritten, not just forgotten
)
MIGRATION = 3600.0  # seconds that one may take
_WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class WritingCursor(base.SQLiteCursorWrapper):
    """Takes the write lock for a statement that SQLite would commit by itself."""

    wrapper: DatabaseWrapper

    def execute(self, query: str, params: Any = None) -> Any:
        with self.wrapper.locked_for(query):
            return super().execute(query, params)

    def executemany(self, query: str, param_list: Any) -> Any:
        with self.wrapper.locked_for(query):
            return super().executemany(query, param_list)


class SchemaEditor(DatabaseSchemaEditor):
    """A migration may hold the lock for long: nobody is let in yet."""

    def __exit__(self, kind: type[BaseException] | None, raised: BaseException | None, trace: TracebackType | None) -> None:
        with self.connection.write_lock.patience(MIGRATION):  # type: ignore[attr-defined]  # ours
            super().__exit__(kind, raised, trace)


class DatabaseWrapper(base.DatabaseWrapper):
    """Lets go of the lock after COMMIT or ROLLBACK and before the commit hooks run."""

    SchemaEditorClass = SchemaEditor
    _held: WriteLock | None = None

    @property
    def write_lock(self) -> WriteLock:
        return write_lock(self.settings_dict["NAME"])

    def get_new_connection(self, conn_params: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        for pragma in PRAGMAS:
            connection.execute(pragma)
        return connection

    def create_cursor(self, name: Any = None) -> WritingCursor:
        cursor: WritingCursor = self.connection.cursor(factory=WritingCursor)
        cursor.wrapper = self
        return cursor

    @contextmanager
    def locked_for(self, query: str) -> Iterator[None]:
        if self._held is not None or not query.lstrip()[:7].upper().startswith(_WRITES):
            yield
        else:
            with self.write_lock:
                yield

    def _start_transaction_under_autocommit(self) -> None:
        lock = self.write_lock
        lock.acquire()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # the stubs lack it
        except BaseException:
            lock.release()
            raise
        self._held = lock

    def _let_go(self) -> None:
        lock, self._held = self._held, None
        if lock is not None:
            lock.release()

    def _commit(self) -> None:
        if self._held is not None:
            self._held.note_if_long()
        super()._commit()  # type: ignore[misc]  # the stubs lack it
        self._let_go()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # the stubs lack it
        self._let_go()

    def _set_autocommit(self, autocommit: bool) -> None:
        super()._set_autocommit(autocommit)  # type: ignore[misc]  # the stubs lack it
        if autocommit:
            self._let_go()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # the stubs lack it
        finally:
            self._let_go()
