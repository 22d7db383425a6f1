"""The rehearsal's room in memory: its time moves ahead, and at the end nobody gets in and nothing is kept of it. On the loop."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from mellanrum.rooms.live.events import beat, say_bye

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom


async def move_ahead(engine: Engine, room: LiveRoom, ms: int) -> None:
    """Everyone who follows the room hears of its new time at once."""
    if room.is_rehearsal and ms > 0:
        room.ahead_ms += ms
        beat(room)
        engine.stage.post(partial(_stir, engine, room.id))


async def tell_walking(engine: Engine, room: LiveRoom, *, is_walking: bool) -> None:
    room.is_walking = is_walking
    engine.stage.post(partial(_stir, engine, room.id))


async def retire(engine: Engine, room_id: str, tickets: set[str]) -> list[str]:
    """Shut the door, take nothing more and wait for what is on its way; gives the pictures that were uploaded meanwhile."""
    engine.doors.shut(room_id)
    await engine.make_final(room_id)
    engine.revoke(tickets)
    room = engine.rooms.get(room_id)
    return list(room.brought) if room else []


async def drop(engine: Engine, room_id: str) -> None:
    """Forget the room; whoever still listens is told that it is over."""
    room = engine.rooms.pop(room_id, None)
    for stream in list(room.streams.values()) if room else ():
        for connection in list(stream.connections):
            say_bye(connection, "closed")
    engine.stage.post(partial(engine.stage.forget, room_id))


def _stir(engine: Engine, room_id: str) -> None:
    """On the stage thread: what the crew is told of the rehearsal has changed."""
    room = engine.stage.rooms.get(room_id)
    if room is not None:
        room.rehearsal_changed()
        engine.stage.stir(room_id)
