"""The backend: who waits for whom, and what a connection is set to."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from mellanrum.core.database.base import DatabaseWrapper
from mellanrum.core.database.writelock import WriteLock, take_long_holds, write_lock


@pytest.fixture
def spare(tmp_path: Path, django_db_blocker: Any) -> Iterator[DatabaseWrapper]:
    """A database file of its own under the alias `spare`, with one table."""
    connections.databases["spare"] = {**settings.DATABASES["default"], "NAME": tmp_path / "spare.sqlite3"}
    connections["default"]  # fills in what the settings leave out
    with django_db_blocker.unblock():
        wrapper = connections["spare"]
        assert isinstance(wrapper, DatabaseWrapper)
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE word (id INTEGER PRIMARY KEY, text TEXT)")
        yield wrapper
        wrapper.close()
    del connections["spare"]
    del connections.databases["spare"]


def _is_free(lock: WriteLock) -> bool:
    """Whether another thread could take the lock now."""
    answers: list[bool] = []

    def ask() -> None:
        taken = lock._lock.acquire(blocking=False)
        answers.append(taken)
        if taken:
            lock._lock.release()

    _in_thread(ask)
    return answers[0]


def _in_thread(act: Callable[[], None]) -> None:
    thread = threading.Thread(target=act)
    thread.start()
    thread.join()


def _words(wrapper: BaseDatabaseWrapper) -> int:
    with wrapper.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM word")
        return int(cursor.fetchone()[0])


def test_a_connection_is_durable_and_never_checkpoints(spare: DatabaseWrapper) -> None:
    with spare.cursor() as cursor:
        read = {}
        for pragma in ("journal_mode", "synchronous", "wal_autocheckpoint", "foreign_keys"):
            cursor.execute(f"PRAGMA {pragma}")
            read[pragma] = cursor.fetchone()[0]
    assert read == {"journal_mode": "wal", "synchronous": 2, "wal_autocheckpoint": 0, "foreign_keys": 1}


def test_an_outermost_block_holds_the_lock_until_it_is_committed(spare: DatabaseWrapper) -> None:
    lock = spare.write_lock
    with transaction.atomic("spare"):
        assert not _is_free(lock)
        with transaction.atomic("spare"), spare.cursor() as cursor:
            cursor.execute("INSERT INTO word (text) VALUES ('bro')")
        assert not _is_free(lock)
    assert _is_free(lock)


def test_commit_hooks_run_without_the_lock(spare: DatabaseWrapper) -> None:
    seen: list[bool] = []
    with transaction.atomic("spare"):
        transaction.on_commit(lambda: seen.append(_is_free(spare.write_lock)), using="spare")
    assert seen == [True]


def test_a_block_that_fails_lets_go(spare: DatabaseWrapper) -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic("spare"):
        raise ZeroDivisionError
    assert _is_free(spare.write_lock)


def test_a_block_that_cannot_begin_lets_go(spare: DatabaseWrapper, tmp_path: Path) -> None:
    other = spare.Database.connect(tmp_path / "spare.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    spare.connection.execute("PRAGMA busy_timeout=1")
    with pytest.raises(OperationalError, match="locked"), transaction.atomic("spare"):
        pass
    other.close()
    assert _is_free(spare.write_lock)


def test_closing_in_the_middle_lets_go(spare: DatabaseWrapper) -> None:
    with pytest.raises(Exception), transaction.atomic("spare"):  # noqa: B017, PT012 – Django's choice of error is not the point
        spare.close()
        raise ZeroDivisionError
    assert _is_free(spare.write_lock)


@pytest.mark.parametrize(
    "statement",
    ["INSERT INTO word (text) VALUES ('å')", "UPDATE word SET text='ä'", "delete from word", "REPLACE INTO word VALUES (1, 'ö')"],
)
def test_an_autocommitted_write_waits_for_the_lock(spare: DatabaseWrapper, statement: str) -> None:
    lock, done = spare.write_lock, threading.Event()

    def write() -> None:
        with connections["spare"].cursor() as cursor:
            cursor.execute(statement)
        done.set()
        connections["spare"].close()

    with lock:
        thread = threading.Thread(target=write)
        thread.start()
        assert not done.wait(0.1)
    thread.join(5)
    assert done.is_set()


def test_reading_does_not_wait(spare: DatabaseWrapper) -> None:
    counts: list[int] = []

    def read() -> None:
        counts.append(_words(connections["spare"]))
        connections["spare"].close()

    with spare.write_lock:
        _in_thread(read)
    assert counts == [0]


def test_a_second_connection_of_the_same_thread_is_told_and_does_not_hang(spare: DatabaseWrapper, tmp_path: Path) -> None:
    lock = write_lock(tmp_path / "spare.sqlite3")
    assert lock is spare.write_lock
    with lock, lock:
        assert not _is_free(lock)
    assert _is_free(lock)


def test_a_long_hold_is_noted_with_its_place(spare: DatabaseWrapper) -> None:
    lock = spare.write_lock
    with transaction.atomic("spare"):
        lock._since -= 0.2
    [hold] = take_long_holds()
    assert hold.seconds > 0.2
    assert "test_a_long_hold_is_noted" in hold.where
    assert take_long_holds() == []


def test_a_hold_with_patience_is_not_noted(spare: DatabaseWrapper) -> None:
    lock = spare.write_lock
    with lock.patience(10), transaction.atomic("spare"):
        lock._since -= 0.2
    assert lock.long_holds == []


def test_three_threads_save_at_once_and_none_is_refused(spare: DatabaseWrapper) -> None:
    def save() -> None:
        for _ in range(20):
            with transaction.atomic("spare"), connections["spare"].cursor() as cursor:
                cursor.execute("INSERT INTO word (text) VALUES ('bro')")
        connections["spare"].close()

    threads = [threading.Thread(target=save) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _words(spare) == 60
