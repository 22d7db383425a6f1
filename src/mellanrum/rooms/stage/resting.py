"""What crew has taken out of sight, as its writer is told of it."""

from __future__ import annotations

from collections.abc import Container, Hashable
from operator import attrgetter

from mellanrum.exercise_kit.contract import Withdraw
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def resting(snapshot: RoomSnapshot, authors: Container[str]) -> list[tuple[str, str]]:
    """(their words, the reason) of what rests and has not been written anew or taken back since."""
    hidden = dict(snapshot.hidden_from(authors))
    if not hidden:
        return []
    latest: dict[Hashable, str] = {}
    for row in sorted(snapshot.rows.values(), key=attrgetter("seq")):
        one = snapshot.exercises.get(row.exercise)
        if one is None or row.author not in authors:
            continue
        if isinstance(row.data, Withdraw):
            hidden.pop(row.data.id, None)
        else:
            latest[row.exercise, one.placed.type.slot(row.kind, row.data)] = row.id
    return [(getattr(snapshot.rows[name].data, "text", ""), hidden[name]) for name in latest.values() if name in hidden]
