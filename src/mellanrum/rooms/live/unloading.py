"""Rooms leave memory when nobody has come for an hour; whoever comes then has them read from the ledger again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine

IDLE_SECONDS = 3600.0


def unload_idle(engine: Engine, now: float) -> None:
    """On the loop. Out of its sight first: who asks from now on waits behind the forgetting and gets a room read anew."""
    for room in list(engine.rooms.values()):
        if room.streams:
            room.used_at = now
        elif now - room.used_at > IDLE_SECONDS:
            del engine.rooms[room.id]
            engine.stage.post(partial(engine.stage.forget, room.id))
