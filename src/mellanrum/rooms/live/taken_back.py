"""A photo whose author takes it back is removed from the disk, not only from sight."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from mellanrum.core.picture_files import remove_picture
from mellanrum.exercise_kit.contract import Envelope, Withdraw
from mellanrum.rooms.ledger.rows import Row
from mellanrum.rooms.stage.course import WITHDRAW
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def remove_taken_back(data: Path, snapshot: RoomSnapshot, rows: Iterable[Row]) -> None:
    """After these rows are folded: remove the pictures they took back, unless another contribution still names them.

    What crew hides stays, because hiding can be undone.
    """
    for row in rows:
        withdrawal = snapshot.rows.get(row.id) if row.kind == WITHDRAW else None
        name = _picture_nobody_has(snapshot, withdrawal) if withdrawal else ""
        if name:
            remove_picture(data, name)


def _picture_nobody_has(snapshot: RoomSnapshot, withdrawal: Envelope) -> str:
    target = snapshot.rows.get(withdrawal.data.id)
    exercise = snapshot.exercises.get(withdrawal.exercise)
    if target is None or exercise is None or not _takes_back(withdrawal, target):
        return ""
    name = exercise.placed.type.picture_of(target.data)
    theirs = [row for row in snapshot.rows.values() if row.exercise == exercise.id]
    gone = {row.data.id for row in theirs if isinstance(row.data, Withdraw) and _takes_back(row, snapshot.rows.get(row.data.id))}
    is_named = any(exercise.placed.type.picture_of(row.data) == name for row in theirs if row.id not in gone)
    return "" if is_named else name


def _takes_back(withdrawal: Envelope, target: Envelope | None) -> bool:
    return target is not None and (target.author, target.exercise) == (withdrawal.author, withdrawal.exercise)
