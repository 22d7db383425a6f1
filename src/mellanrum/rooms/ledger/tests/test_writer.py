"""The writer: one transaction for all who wait, an answer only after COMMIT, and one caller's trouble stays theirs."""

from __future__ import annotations

import queue
import resource
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from mellanrum.rooms.ledger import writer as writer_module
from mellanrum.rooms.ledger.queue import PER_ROOM
from mellanrum.rooms.ledger.rows import LedgerUnavailable, NewParticipant, NewTicket, Outcome, Overloaded, Row
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.tests.factory import make_row
from mellanrum.rooms.ledger.writer import Writer

WAIT = 15.0


class Desk:
    """A writer with somebody who waits at it: each answer as it came, batches and commits in order."""

    def __init__(self, database: Mapping[str, Any]) -> None:
        self.answers: queue.Queue[Any] = queue.Queue()
        self.log: list[tuple[str, int]] = []
        self.committed: list[Row] = []
        self.ledger = Ledger(database)
        self.writer = Writer(self.ledger, self._deliver, self._commit)

    def _deliver(self, answers: list[tuple[Callable[[Any], None], Any]]) -> None:
        self.log.append(("delivered", len(answers)))
        for done, result in answers:
            done(result)

    def _commit(self, rows: list[Row]) -> None:
        self.log.append(("committed", len(rows)))
        self.committed += rows

    def submit(self, *rows: Row) -> None:
        self.writer.submit(rows, self.answers.put)

    def answer(self) -> Any:
        return self.answers.get(timeout=WAIT)

    def status(self) -> list[str]:
        return [outcome.status for outcome in self.answer()]


@pytest.fixture
def desk(database: dict[str, Any]) -> Iterator[Desk]:
    """Not started, so that a test can decide what waits when the first transaction begins."""
    desk = Desk(database)
    yield desk
    if desk.writer.ident is None:
        desk.ledger.close()
    else:
        desk.writer.stop()


@contextmanager
def held_by_another(database: Mapping[str, Any]) -> Iterator[sqlite3.Connection]:
    """Somebody outside the process writes and does not finish."""
    other = sqlite3.connect(database["NAME"], isolation_level=None, check_same_thread=False)
    other.execute("BEGIN EXCLUSIVE")
    yield other
    other.close()


@contextmanager
def failing_writes(size: int) -> Iterator[None]:
    """No file of this process grows beyond that size: SQLite meets an I/O error, as on a dying disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_all_who_wait_share_a_transaction_and_hear_after_it(desk: Desk) -> None:
    for _ in range(300):
        desk.submit(make_row())
    desk.writer.start()
    assert [desk.answer()[0].seq for _ in range(300)] == list(range(1, 301))
    assert desk.log == [("committed", 300), ("delivered", 300)]
    assert [row.seq for row in desk.committed] == list(range(1, 301))


def test_repeats_are_answered_and_not_committed_again(desk: Desk) -> None:
    desk.submit(make_row(row_id="a"), make_row(row_id="a"))
    desk.writer.start()
    assert desk.status() == ["stored", "duplicate"]
    desk.submit(make_row(row_id="a"), make_row(row_id="a", author="bo"))
    assert desk.status() == ["duplicate", "refused"]
    assert [row.id for row in desk.committed] == ["a"]


def test_one_bad_row_is_refused_alone(desk: Desk) -> None:
    for _ in range(20):
        desk.submit(make_row())
    desk.submit(make_row(), make_row(data="\ud800"), make_row())
    desk.submit(make_row("attic"))
    desk.submit(make_row())
    desk.writer.start()
    assert [desk.status() for _ in range(20)] == [["stored"]] * 20
    assert desk.status() == ["stored", "refused", "stored"]
    assert desk.answer() == [Outcome("refused", None, "not_found")]
    assert desk.status() == ["stored"]
    assert [row.seq for row in desk.committed] == list(range(1, 24))


def test_a_door_opens_with_the_answers_and_a_bad_one_alone_stays_shut(desk: Desk) -> None:
    ticket = NewTicket("hash", "hall", "participant", "p1", None, 2_000_000_000)
    desk.writer.mint(NewParticipant("p1", "hall"), ticket, desk.answers.put)
    desk.submit(make_row())
    desk.writer.mint(NewParticipant("p2", "attic"), NewTicket("x", "attic", "participant", "p2", None, 0), desk.answers.put)
    desk.writer.start()
    assert desk.answer() is None
    assert desk.status() == ["stored"]
    assert desk.answer().code == "invalid"
    desk.writer.call(lambda ledger: ledger.ticket("hash"), desk.answers.put)
    assert desk.answer() == ticket


def test_work_that_raises_is_told_and_the_writer_goes_on(desk: Desk) -> None:
    desk.writer.start()
    desk.writer.call(lambda ledger: 1 // 0, desk.answers.put)
    assert isinstance(desk.answer(), ZeroDivisionError)
    desk.submit(make_row())
    assert desk.status() == ["stored"]


def test_a_room_has_so_many_waiting_and_no_more(desk: Desk) -> None:
    desk.submit(*[make_row() for _ in range(PER_ROOM - 1)])
    with pytest.raises(Overloaded, match="overloaded"):
        desk.submit(make_row(), make_row())
    desk.submit(make_row())
    desk.submit(make_row("annex"))
    desk.writer.start()
    for _ in range(3):
        desk.answer()
    desk.submit(make_row())
    assert desk.status() == ["stored"]


def test_stopping_stores_what_waits_and_takes_nothing_more(desk: Desk, database: Mapping[str, Any]) -> None:
    for _ in range(50):
        desk.submit(make_row())
    desk.writer.start()
    desk.writer.stop()
    assert [desk.status() for _ in range(50)] == [["stored"]] * 50
    with pytest.raises(Overloaded, match="stopping"):
        desk.submit(make_row())
    assert not Path(f"{database['NAME']}-wal").exists()


def test_a_lock_outside_is_waited_for(desk: Desk, database: Mapping[str, Any]) -> None:
    with held_by_another(database) as other:
        desk.submit(make_row())
        desk.writer.start()
        with pytest.raises(queue.Empty):
            desk.answers.get(timeout=0.6)
        other.execute("COMMIT")
        assert desk.status() == ["stored"]


def test_nobody_waits_too_long_for_a_lock_outside(desk: Desk, database: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "PATIENCE", 0.5)
    with held_by_another(database) as other:
        desk.submit(make_row(row_id="early"))
        desk.writer.start()
        assert desk.answer().code == "busy"
        other.execute("COMMIT")
    desk.submit(make_row(row_id="early"))
    assert desk.status() == ["stored"]


def erase_annas(ledger: Ledger) -> list[str]:
    ids = [row.id for row in ledger.read("hall") if row.author == "anna"]
    ledger.erase("hall", ids)
    return ids


def test_erasing_does_not_overtake_rows_that_wait_for_a_lock(desk: Desk, database: Mapping[str, Any]) -> None:
    with held_by_another(database) as other:
        desk.submit(make_row(row_id="mine", author="anna"))
        desk.writer.call(erase_annas, desk.answers.put)
        desk.writer.start()
        with pytest.raises(queue.Empty):
            desk.answers.get(timeout=0.8)
        other.execute("COMMIT")
        assert desk.status() == ["stored"]
        assert desk.answer() == ["mine"]
    assert [row.data for row in Ledger(database).read("hall")] == [None]


def test_erasing_that_overtakes_leaves_a_trace(desk: Desk, database: Mapping[str, Any]) -> None:
    """The control: done before the row is stored, it has nothing to erase, and the row comes after it."""
    desk.submit(make_row(row_id="mine", author="anna"))
    assert erase_annas(Ledger(database)) == []
    desk.writer.start()
    assert desk.status() == ["stored"]
    assert [row.data for row in Ledger(database).read("hall")] != [None]


def test_work_is_not_held_up_when_no_rows_wait(desk: Desk, database: Mapping[str, Any]) -> None:
    with held_by_another(database):
        desk.writer.start()
        desk.writer.call(lambda ledger: ledger.head("hall"), desk.answers.put)
        assert desk.answer() == 0


def test_work_that_waits_behind_rows_is_not_kept_for_ever(desk: Desk, database: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "PATIENCE", 0.5)
    with held_by_another(database):
        desk.submit(make_row())
        desk.writer.call(erase_annas, desk.answers.put)
        desk.writer.start()
        assert [desk.answer().code for _ in range(2)] == ["busy", "busy"]


def test_a_full_disk_refuses_and_then_takes_again(desk: Desk, database: Mapping[str, Any]) -> None:
    pages = desk.ledger.engine.connection.execute("PRAGMA page_count").fetchone()[0]
    desk.ledger.engine.connection.execute(f"PRAGMA max_page_count={pages}")
    desk.submit(make_row(row_id="large", data='"' + "x" * 50_000 + '"'))
    desk.writer.start()
    assert desk.answer().code == "full"
    assert list(Ledger(database).read("hall")) == []
    desk.ledger.engine.connection.execute(f"PRAGMA max_page_count={pages + 100}")
    desk.submit(make_row(row_id="large", data='"' + "x" * 50_000 + '"'))
    assert desk.status() == ["stored"]


def test_after_a_disk_error_nothing_is_acknowledged_and_reading_goes_on(desk: Desk, database: Mapping[str, Any]) -> None:
    desk.submit(make_row())
    desk.writer.start()
    assert desk.status() == ["stored"]
    with failing_writes(Path(f"{database['NAME']}-wal").stat().st_size):
        desk.submit(make_row())
        assert desk.answer().code == "failed"
    assert desk.writer.refuses == "failed"
    with pytest.raises(Overloaded, match="failed"):
        desk.submit(make_row())
    desk.writer.call(lambda ledger: ledger.head("hall"), desk.answers.put)
    assert desk.answer() == 1
    desk.writer.call(lambda ledger: ledger.append([make_row()]), desk.answers.put)
    assert isinstance(desk.answer(), LedgerUnavailable)


def test_the_wal_is_emptied_when_nothing_comes(desk: Desk, database: Mapping[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer_module, "IDLE", 0.05)
    emptied = threading.Event()
    truncate = desk.ledger.engine.truncate

    def truncate_and_tell() -> int:
        pages = truncate()
        emptied.set()
        return pages

    monkeypatch.setattr(desk.ledger.engine, "truncate", truncate_and_tell)
    desk.submit(make_row())
    desk.writer.start()
    assert desk.status() == ["stored"]
    assert emptied.wait(WAIT)
    assert Path(f"{database['NAME']}-wal").stat().st_size == 0


def test_a_long_burst_does_not_grow_the_wal_for_ever(desk: Desk, database: Mapping[str, Any]) -> None:
    desk.writer.start()
    sizes = []
    for _ in range(40):
        desk.submit(*[make_row() for _ in range(200)])
        desk.answer()
        sizes.append(Path(f"{database['NAME']}-wal").stat().st_size)
    assert max(sizes) < 1_500 * 4_096
