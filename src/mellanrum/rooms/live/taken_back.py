"""A photo whose author takes it back is removed from the disk, not only from sight."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mellanrum.core.picture_files import remove_picture
from mellanrum.core.picture_names import times_named
from mellanrum.exercise_kit.contract import Envelope, Withdraw
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.stage.course import WITHDRAW
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def remove_taken_back(data: Path, snapshot: RoomSnapshot, rows: Iterable[Row]) -> None:
    """After these rows are folded: remove the pictures they took back, unless anything else still names them, wherever it is.

    A name may be given by others than who brought the picture: whoever takes that back takes nothing from anybody. What crew hides
    stays, because hiding can be undone.
    """
    for row in rows:
        withdrawal = snapshot.rows.get(row.id) if row.kind == WITHDRAW else None
        name = _picture_of(snapshot, withdrawal) if withdrawal else ""
        if name and times_named(name) <= _times_taken_back(snapshot, name):
            remove_picture(data, name)


def _picture_of(snapshot: RoomSnapshot, withdrawal: Envelope) -> str:
    """What the contribution showed that this takes back; empty when it takes nothing back."""
    target = snapshot.rows.get(withdrawal.data.id)
    return _shown(snapshot, target) if target is not None and _takes_back(withdrawal, target) else ""


def _times_taken_back(snapshot: RoomSnapshot, name: str) -> int:
    """How many rows of the room named it and no longer count."""
    withdrawals = (row for row in snapshot.rows.values() if isinstance(row.data, Withdraw))
    gone = {row.data.id for row in withdrawals if _takes_back(row, snapshot.rows.get(row.data.id))}
    return sum(_shown(snapshot, snapshot.rows[id_]) == name for id_ in gone)


def _shown(snapshot: RoomSnapshot, row: Envelope) -> str:
    exercise = snapshot.exercises.get(row.exercise)
    return exercise.placed.type.picture_of(row.data) if exercise else ""


def _takes_back(withdrawal: Envelope, target: Envelope | None) -> bool:
    return target is not None and (target.author, target.exercise) == (withdrawal.author, withdrawal.exercise)
