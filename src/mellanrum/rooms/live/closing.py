"""What is open for days closes by itself: every few seconds whoever is due is closed, in memory or not, at the moment that was told."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from mellanrum.core.clock import now, now_ms
from mellanrum.rooms.lasting.acts import closing, rows_of_clock
from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.models import Room
from mellanrum.rooms.playable import NotPlayable

if TYPE_CHECKING:
    from mellanrum.rooms.ledger.rows import Row
    from mellanrum.rooms.live.engine import Engine

log = logging.getLogger(__name__)


class _Stored:
    """Answered once what was stored is folded, too."""

    after_fold = True

    def __init__(self, future: asyncio.Future[Any]) -> None:
        self._future = future

    def __call__(self, outcomes: Any) -> None:
        if not self._future.done():
            self._future.set_result(outcomes)


async def store(engine: Engine, room_id: str, rows: list[Row]) -> None:
    """Store acts that nobody pressed; when this returns they are folded and lists know. Raises LedgerUnavailable."""
    await engine.room(room_id)  # in memory, so that somebody folds them
    future: asyncio.Future[Any] = engine.loop.create_future()
    engine.writer.submit(rows, _Stored(future))
    outcomes = await future
    if isinstance(outcomes, LedgerUnavailable):
        raise outcomes
    await engine.ask(_nothing)  # the mirror is written behind the fold


async def close_due(engine: Engine) -> None:
    """Close what should be closed. One room's trouble is not the next one's; it is tried again a few seconds later."""
    for room_id in await engine.ask(_due):
        try:
            await _close(engine, room_id)
        except (NotPlayable, LedgerUnavailable) as problem:
            if room_id not in engine.troubled:  # told once
                engine.troubled.add(room_id)
                log.error("a room could not be closed: %s", problem)  # noqa: TRY400 - the sentence says it all


async def _close(engine: Engine, room_id: str) -> None:
    room = await engine.room(room_id)
    if room is None or room.snapshot.stage.is_closed:
        return
    until, moment = room.snapshot.stage.until, now_ms()
    if until is not None and until > moment:
        return  # it has just been moved
    at = moment if until is None else until
    await store(engine, room_id, rows_of_clock(room_id, closing(), at=at, secret=engine.server_key))


def _due() -> list[str]:
    """On the stage thread."""
    return list(Room.objects.filter(kind=Room.Kind.LASTING, closed_at=None, closes_at__lte=now()).values_list("pk", flat=True))


def _nothing() -> None:
    """Run on the stage thread, behind all that was posted before."""
