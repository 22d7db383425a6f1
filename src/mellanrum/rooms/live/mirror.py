"""What the fold knows and lists need: when a room closed and how long its blocks really took, written down to their rows."""

from __future__ import annotations

from datetime import UTC, datetime

from mellanrum.programmes.models import Block
from mellanrum.rooms.models import Room
from mellanrum.rooms.stage.room_fold import RoomSnapshot


def write_down(room_id: str, before: RoomSnapshot, after: RoomSnapshot) -> None:
    """Update the rows when the room closed, opened again or moved to another block. The fold stays the truth."""
    was, now = before.stage, after.stage
    if (was.closed_at, was.is_closed, was.until) != (now.closed_at, now.is_closed, now.until):
        _write_room(room_id, after)
    if was.entered_at != now.entered_at or was.took != now.took:
        _write_blocks(room_id, after)


def catch_up(room_id: str, snapshot: RoomSnapshot) -> None:
    """When a room is read: a process that was killed may have stored an act and not written it down."""
    _write_room(room_id, snapshot)
    _write_blocks(room_id, snapshot)


def _write_room(room_id: str, snapshot: RoomSnapshot) -> None:
    stage = snapshot.stage
    Room.objects.filter(pk=room_id).update(
        closed_at=_time(stage.closed_at) if stage.is_closed else None,
        **({} if stage.until is None else {"closes_at": _time(stage.until)}),
    )


def _write_blocks(room_id: str, snapshot: RoomSnapshot) -> None:
    """Of a gathering that was held in several rooms the newest one counts."""
    if (
        room_id
        != Room.objects.filter(gathering__rooms=room_id, kind=Room.Kind.MEETING)
        .order_by("-created_at")
        .values_list("pk", flat=True)
        .first()
    ):
        return
    stage, here = snapshot.stage, snapshot.course.step(snapshot.stage.step).block
    is_on = here.key if here and stage.entered_at is not None else ""
    blocks = Block.objects.filter(gathering__rooms=room_id)
    for pk, key, *written in blocks.values_list("pk", "key", "started_at", "ended_at"):
        # What was undone has no time either; who comes back to a block has not ended it.
        times = [_time(stage.began.get(key)), None if key == is_on else _time(stage.left.get(key))]
        if times != written:
            blocks.filter(pk=pk).update(started_at=times[0], ended_at=times[1])


def _time(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, tz=UTC)
