"""Append to the ledger, read it, and the two ways in which something leaves it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import astuple

from mellanrum.rooms.ledger import erasures, sql
from mellanrum.rooms.ledger.rows import Join, NewTicket, Outcome, Row
from mellanrum.rooms.ledger.sqlite import SqliteEngine

READ_AT_ONCE = 1000
_Known = tuple[str | None, bytes, int, int | None, bool]


class Ledger:
    """One connection to the ledger, for one thread; `database` is an entry of Django's DATABASES.

    Raises LedgerUnavailable when the database cannot be opened, read or written.
    """

    def __init__(self, database: Mapping[str, Any]) -> None:
        self._folder = Path(database["NAME"]).parent
        self.engine = SqliteEngine(database)

    def append(self, rows: Sequence[Row]) -> list[Outcome]:
        """Store rows in one transaction; when this returns they survive a power cut. Sets `seq` of those stored.

        Raises one of `engine.row_errors` when a row cannot be stored: then none of them is.
        """
        return self.commit(rows, ())

    def commit(self, rows: Sequence[Row], joins: Sequence[Join]) -> list[Outcome]:
        """As `append`, together with doors opened."""
        try:
            return self._commit(rows, joins, is_known_new=True)
        except self.engine.row_errors:  # most likely somebody's retry; looking for those each time costs a sixth of it all
            return self._commit(rows, joins, is_known_new=False)

    def _commit(self, rows: Sequence[Row], joins: Sequence[Join], *, is_known_new: bool) -> list[Outcome]:
        outcomes: list[Outcome | None] = [None] * len(rows)
        with self.engine.transaction():
            self._open_doors(joins)
            for room, places in _by_room(rows):
                known = {} if is_known_new else self._known(room, [rows[place].id for place in places])
                self._append_room(room, [(place, rows[place]) for place in places], known, outcomes)
        return outcomes  # type: ignore[return-value]  # every place is filled

    def _open_doors(self, joins: Sequence[Join]) -> None:
        if joins:
            people = [astuple(join.participant) for join in joins if join.participant is not None]
            self.engine.execute_many(sql.INSERT_PARTICIPANT, people)
            self.engine.execute_many(sql.INSERT_TICKET, [astuple(join.ticket) for join in joins])

    def _append_room(self, room: str, placed: list[tuple[int, Row]], known: dict[str, _Known], outcomes: list[Outcome | None]) -> None:
        """Give numbers to what is not known yet and insert it; `outcomes` is filled at the rows' places."""
        head = self.engine.query(sql.HEAD + self.engine.for_update, (room,))
        if not head:
            for place, _ in placed:
                outcomes[place] = Outcome("refused", None, "not_found")
            return
        seq: int = head[0][0]
        new: list[tuple[Any, ...]] = []
        for place, row in placed:
            before = known.get(row.id)
            if before is None:
                seq += 1
                row.seq = seq
                known[row.id] = (row.author, row.digest, seq, row.at, row.late)
                new.append(astuple(row))
                outcomes[place] = Outcome("stored", seq, None, row.at, row.late)
            else:
                outcomes[place] = _repeated(row, before)
        if new:
            self.engine.execute_many(sql.INSERT, new)
            self.engine.execute(sql.ADVANCE, (seq, room))

    def _known(self, room: str, ids: list[str]) -> dict[str, _Known]:
        """What the ledger already holds under these ids."""
        known: dict[str, _Known] = {}
        largest = sql.KNOWN_SIZES[-1]
        for start in range(0, len(ids), largest):
            part = ids[start : start + largest]
            size = next(size for size in sql.KNOWN_SIZES if size >= len(part))
            part += part[-1:] * (size - len(part))
            for row_id, author, digest, seq, at, late in self.engine.query(sql.KNOWN[size], (room, *part)):
                known[row_id] = (author, bytes(digest), seq, at, bool(late))
        return known

    def head(self, room: str) -> int:
        """The last seq of the room; 0 when it has none."""
        found = self.engine.query(sql.HEAD, (room,))
        return found[0][0] if found else 0

    def read(self, room: str, after_seq: int = 0) -> Iterator[Row]:
        """The room's rows in order. Reads a thousand at a time, so that a slow reader does not hold back checkpoints."""
        while part := self.engine.query(sql.READ, (room, after_seq, READ_AT_ONCE)):
            yield from map(_row, part)
            after_seq = part[-1][1]

    def ticket(self, ticket_hash: str) -> NewTicket | None:
        """The ticket stored under that hash."""
        found = self.engine.query(sql.TICKET, (ticket_hash,))
        return NewTicket(*found[0]) if found else None

    def erase(self, room: str, ids: Sequence[str], *, is_noted: bool = True) -> None:
        """Empty those rows and leave tombstones: the sequence stays whole and a replay does not bring them back.

        The ids are noted beside the database first, so that no restored backup can bring them back either; those of a room that
        goes as a whole need not be.
        """
        if is_noted:
            erasures.note(self._folder, erasures.of_rows(room, ids))
        with self.engine.transaction():
            self.engine.execute_many(sql.ERASE, [(b"", room, row_id) for row_id in ids])

    def cut_authors(self, room: str, exercise: str) -> None:
        """Write the exercise's rows anew in random order without authors, in the places they had; there is no way back.

        What somebody changed or withdrew must have been erased before: afterwards nobody knows which of two was theirs.
        """
        with self.engine.transaction():
            rows = [_row(found) for found in self.engine.query(sql.READ_EXERCISE, (room, exercise))]
            places = [row.seq for row in rows]
            random.SystemRandom().shuffle(rows)
            for row, seq in zip(rows, places, strict=True):
                row.seq, row.author, row.at = seq, None, None
            self.engine.execute(sql.DELETE_EXERCISE, (room, exercise))
            self.engine.execute_many(sql.INSERT, [astuple(row) for row in rows])

    def delete_room(self, room: str) -> None:
        """Delete what everybody gave and everybody who came, not only empty it: for a room that is to leave no trace."""
        with self.engine.transaction():
            for statement in sql.DELETE_ROOM:
                self.engine.execute(statement, (room,))

    def close(self) -> None:
        self.engine.close()


def _by_room(rows: Sequence[Row]) -> list[tuple[str, list[int]]]:
    """Rooms in sorted order (two processes then never wait for each other in a ring), each with the places of its rows."""
    rooms: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        rooms.setdefault(row.room, []).append(place)
    return sorted(rooms.items())


def _repeated(row: Row, before: _Known) -> Outcome:
    """A retry gets its first answer again; a row without author is a tombstone, which no retry may fill."""
    author, digest, seq, at, late = before
    if author is None or (author == row.author and digest == row.digest):
        return Outcome("duplicate", seq, None, at, late)
    return Outcome("refused", None, "id_reused")


def _row(values: Sequence[Any]) -> Row:
    row = Row(*values)
    row.late, row.digest = bool(row.late), bytes(row.digest)
    return row
