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
    stage = snapshot.stage
    blocks = Block.objects.filter(gathering__rooms=room_id)
    here = snapshot.course.step(stage.step).block if stage.entered_at is not None else None
    if here is not None:
        blocks.filter(key=here.key).update(started_at=_time(stage.entered_at), ended_at=None)
    for block in blocks.filter(key__in=list(stage.took), ended_at=None).exclude(key=here.key if here else ""):
        if block.started_at is not None:
            block.ended_at = datetime.fromtimestamp(block.started_at.timestamp() + stage.took[block.key] / 1000, tz=UTC)
            block.save(update_fields=["ended_at"])


def _time(at: int | None) -> datetime | None:
    return None if at is None else datetime.fromtimestamp(at / 1000, tz=UTC)
