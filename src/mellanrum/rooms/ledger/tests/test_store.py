"""The ledger keeps what it was given, in one order, once."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.db.models import Model

from mellanrum.rooms.ledger import sql
from mellanrum.rooms.ledger.rows import Join, NewParticipant, NewTicket, Outcome, Row
from mellanrum.rooms.ledger.store import Ledger
from mellanrum.rooms.ledger.tests.factory import make_row, reachable
from mellanrum.rooms.models import Contribution, LedgerIsAppendOnly, Participant, Ticket


@pytest.mark.parametrize(
    ("model", "columns", "struct"),
    [
        (Contribution, sql.CONTRIBUTION_COLUMNS, Row),
        (Participant, sql.PARTICIPANT_COLUMNS, NewParticipant),
        (Ticket, sql.TICKET_COLUMNS, NewTicket),
    ],
)
def test_the_statements_know_every_column_of_the_model(model: type[Model], columns: tuple[str, ...], struct: type[msgspec.Struct]) -> None:
    assert {field.column for field in model._meta.concrete_fields if field.column} == set(columns)
    assert struct.__struct_fields__ == tuple(column.removesuffix("_id") for column in columns)


def test_the_model_neither_saves_nor_deletes() -> None:
    with pytest.raises(LedgerIsAppendOnly):
        Contribution().save()
    with pytest.raises(LedgerIsAppendOnly):
        Contribution().delete()


def test_rows_are_read_as_they_were_given(ledger: Ledger) -> None:
    first = make_row(data='{"text":"Å 👩‍👩‍👧 \u202etxet"}', at=None, late=True, origin="paper", author="sheet:7")
    second = make_row(role="crew")
    outcomes = ledger.append([first, second])
    assert outcomes == [Outcome("stored", 1, None, None, late=True), Outcome("stored", 2, None, second.at)]
    assert list(ledger.read("hall")) == [first, second]
    assert list(ledger.read("hall", 1)) == [second]
    assert ledger.head("hall") == 2


def test_django_reads_the_same(ledger: Ledger, database: Mapping[str, Any]) -> None:
    ledger.append([make_row(row_id="a")])
    with reachable(database) as alias:
        row = Contribution.objects.using(alias).get(room="hall", id="a")
    assert (row.seq, row.data, bytes(row.digest)) == (1, '{"value":4}', make_row().digest)


def test_each_room_counts_for_itself(ledger: Ledger) -> None:
    outcomes = ledger.append([make_row("hall"), make_row("annex"), make_row("hall")])
    assert [outcome.seq for outcome in outcomes] == [1, 1, 2]


def test_a_retry_is_told_where_its_row_lies(ledger: Ledger) -> None:
    ledger.append([make_row(), make_row(row_id="a", late=True)])
    again = ledger.append([make_row(row_id="a", at=99), make_row(row_id="b")])
    assert again == [Outcome("duplicate", 2, None, make_row().at, late=True), Outcome("stored", 3, None, make_row().at)]


def test_twice_in_one_batch_is_stored_once(ledger: Ledger) -> None:
    outcomes = ledger.append([make_row(row_id="a"), make_row(row_id="a"), make_row(row_id="a", author="bo")])
    assert [(outcome.status, outcome.seq) for outcome in outcomes] == [("stored", 1), ("duplicate", 1), ("refused", None)]
    assert ledger.head("hall") == 1


@pytest.mark.parametrize("other", [{"author": "bo"}, {"data": '{"value":5}'}])
def test_an_id_is_not_lent(ledger: Ledger, other: dict[str, str]) -> None:
    ledger.append([make_row(row_id="a")])
    assert ledger.append([make_row(row_id="a", **other)]) == [Outcome("refused", None, "id_reused")]
    assert ledger.append([make_row("annex", "a", **other)])[0].status == "stored"


def test_a_batch_larger_than_any_statement_finds_its_repeats(ledger: Ledger) -> None:
    rows = [make_row() for _ in range(1300)]
    ledger.append(rows[::2])
    outcomes = ledger.append(rows)
    assert [outcome.status for outcome in outcomes] == ["duplicate", "stored"] * 650
    assert [row.seq for row in ledger.read("hall")] == list(range(1, 1301))


def test_a_room_that_is_not_there_takes_nothing(ledger: Ledger) -> None:
    outcomes = ledger.append([make_row("attic"), make_row("hall")])
    assert outcomes[0] == Outcome("refused", None, "not_found")
    assert outcomes[1].status == "stored"


def test_nothing_of_a_failed_batch_stays(ledger: Ledger) -> None:
    with pytest.raises(ledger.engine.row_errors):
        ledger.append([make_row(), make_row(data="\ud800")])
    assert (ledger.head("hall"), list(ledger.read("hall"))) == (0, [])


@pytest.mark.parametrize("hostile", ["'; DROP TABLE rooms_contribution; --", "\x00", "a\x00b", "\u202e", "💥" * 16, "%s", "?"])
def test_hostile_ids_and_texts_are_only_text(ledger: Ledger, hostile: str) -> None:
    data = json.dumps({"text": hostile})
    assert ledger.append([make_row(row_id=hostile, data=data, author=hostile)])[0].status == "stored"
    assert ledger.append([make_row(row_id=hostile, data=data, author=hostile)])[0].status == "duplicate"
    [row] = ledger.read("hall")
    assert (row.id, row.author, row.data) == (hostile, hostile, data)


def test_doors_and_rows_share_a_transaction(ledger: Ledger) -> None:
    ticket = NewTicket("hash", "hall", "participant", "p1", None, 2_000_000_000)
    screen = NewTicket("other", "hall", "projector", None, None, 2_000_000_000)
    ledger.commit([make_row()], [Join(NewParticipant("p1", "hall"), ticket), Join(None, screen)])
    assert (ledger.ticket("hash"), ledger.ticket("other"), ledger.ticket("none")) == (ticket, screen, None)
    with pytest.raises(ledger.engine.row_errors):
        ledger.commit([make_row()], [Join(None, ticket)])
    assert ledger.head("hall") == 1


def test_three_writers_in_one_room_leave_no_gap(database: Mapping[str, Any]) -> None:
    def write() -> None:
        ledger = Ledger(database)
        for _ in range(40):
            ledger.append([make_row(), make_row(), make_row(row_id="the same")])
        ledger.close()

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ledger = Ledger(database)
    assert [row.seq for row in ledger.read("hall")] == list(range(1, 242))
    ledger.close()


def test_erasing_leaves_a_tombstone_that_no_retry_fills(ledger: Ledger, tmp_path: Path) -> None:
    secret = make_row(row_id="a", data='{"text":"hemligheten"}')
    ledger.append([secret, make_row(row_id="b")])
    assert b"hemligheten" in _bytes(tmp_path)
    ledger.erase("hall", ["a"])
    assert ledger.append([make_row(row_id="a", data='{"text":"hemligheten"}')]) == [Outcome("duplicate", 1)]
    first, second = ledger.read("hall")
    assert (first.seq, first.id, first.author, first.data, first.at, first.digest) == (1, "a", None, None, None, b"")
    assert second.author == "anna"
    assert json.loads((tmp_path / "erasures.jsonl").read_text()) == {"room": "hall", "id": "a"}
    ledger.engine.truncate()
    assert b"hemligheten" not in _bytes(tmp_path)


def test_cutting_authors_keeps_the_answers_and_nobodys_name(ledger: Ledger) -> None:
    ledger.append([make_row(row_id=f"{n:02}", author=f"person-{n}", data=f'{{"value":{n}}}') for n in range(40)])
    ledger.append([make_row(row_id="named", exercise="scale-4"), make_row(row_id="40", author="person-40")])
    before = [row.id for row in ledger.read("hall")]
    ledger.cut_authors("hall", "scale-3")
    rows = list(ledger.read("hall"))
    assert [row.seq for row in rows] == list(range(1, 43))
    assert (rows[40].id, rows[40].author) == ("named", "anna")
    cut = [row for row in rows if row.exercise == "scale-3"]
    assert {(row.author, row.at) for row in cut} == {(None, None)}
    assert sorted(row.id for row in rows) == sorted(before)
    assert [row.id for row in rows] != before
    assert all(row.data == f'{{"value":{int(row.id)}}}' for row in cut[:-1] if row.id != "40")


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("mellanrum.sqlite3*"))
