"""What goes into the ledger, what comes back, and why it sometimes cannot."""

from __future__ import annotations

from typing import Literal

import msgspec


class Row(msgspec.Struct, gc=False):
    """One contribution; the fields stand in the order of the table's columns.

    `seq` is given by the ledger. `data` is JSON, None once erased. `at` is server time in Unix milliseconds, None in
    anonymous exercises. `author` is None once erased or finalised.
    """

    room: str
    seq: int
    id: str
    exercise: str
    kind: str
    version: int
    author: str | None
    role: str
    origin: str
    data: str | None
    at: int | None
    late: bool
    digest: bytes


class Outcome(msgspec.Struct, frozen=True, gc=False):
    """What became of a row. `reason` is `id_reused` or `not_found` (no such room) when refused."""

    status: Literal["stored", "duplicate", "refused"]
    seq: int | None = None
    reason: str | None = None
    at: int | None = None
    late: bool = False


class NewParticipant(msgspec.Struct, frozen=True):
    """Somebody who joins; the fields stand in the order of the table's columns."""

    id: str
    room: str
    name: str = ""
    organisation: str = ""
    group: str = ""
    language: str = "sv"


class NewTicket(msgspec.Struct, frozen=True):
    """A ticket as it is stored; the fields stand in the order of the table's columns. `expires_at` in Unix seconds."""

    hash: str
    room: str
    kind: str
    participant: str | None
    user: int | None
    expires_at: int
    stands_for: int = 1
    is_paired: bool = False
    table: int | None = None


class Join(msgspec.Struct, frozen=True):
    """One door opened: a ticket, and the participant who holds it unless it is for a screen or for the crew."""

    participant: NewParticipant | None
    ticket: NewTicket


class LedgerUnavailable(Exception):
    """Nothing was stored; trying again later is safe.

    `code`: `busy` (another process holds the database), `full` (no space), `failed` (the disk failed: nothing is stored
    until the product is started again), `stopping`, `overloaded`.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Overloaded(LedgerUnavailable):
    """Refused at the door: too many rows of the room wait, or the writer has failed or is stopping."""
