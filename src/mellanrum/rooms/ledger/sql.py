"""The statements of the ledger; `?` stands for a value in every dialect."""

from __future__ import annotations

CONTRIBUTION_COLUMNS = ("room_id", "seq", "id", "exercise", "kind", "version", "author", "role", "origin", "data", "at", "late", "digest")
PARTICIPANT_COLUMNS = ("id", "room_id", "name", "organisation", "group", "language")
TICKET_COLUMNS = ("hash", "room_id", "kind", "participant_id", "user_id", "expires_at", "stands_for", "is_paired", "table")
KNOWN_SIZES = (1, 16, 128, 512)


def _list(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({_list(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608 – names from this file


INSERT = _insert("rooms_contribution", CONTRIBUTION_COLUMNS)
INSERT_PARTICIPANT = _insert("rooms_participant", PARTICIPANT_COLUMNS)
INSERT_TICKET = _insert("rooms_ticket", TICKET_COLUMNS)

HEAD = "SELECT last_seq FROM rooms_room WHERE id = ?"
ADVANCE = "UPDATE rooms_room SET last_seq = ? WHERE id = ?"

# One statement per size, so that each is prepared once.
KNOWN = {
    size: f"SELECT id, author, digest, seq, at, late FROM rooms_contribution WHERE room_id = ? AND id IN ({', '.join('?' * size)})"  # noqa: S608 – a number of marks
    for size in KNOWN_SIZES
}
READ = f"SELECT {_list(CONTRIBUTION_COLUMNS)} FROM rooms_contribution WHERE room_id = ? AND seq > ? ORDER BY seq LIMIT ?"  # noqa: S608 – names from this file
READ_EXERCISE = f"SELECT {_list(CONTRIBUTION_COLUMNS)} FROM rooms_contribution WHERE room_id = ? AND exercise = ? ORDER BY seq"  # noqa: S608 – names from this file
DELETE_EXERCISE = "DELETE FROM rooms_contribution WHERE room_id = ? AND exercise = ?"
# Tickets first: they point at their participants.
DELETE_ROOM = tuple(f"DELETE FROM rooms_{table} WHERE room_id = ?" for table in ("contribution", "ticket", "participant"))  # noqa: S608 – names from this file
ERASE = "UPDATE rooms_contribution SET author = NULL, data = NULL, at = NULL, digest = ? WHERE room_id = ? AND id = ?"
TICKET = f"SELECT {_list(TICKET_COLUMNS)} FROM rooms_ticket WHERE hash = ?"  # noqa: S608 – names from this file
