"""`DELETE participants/me`: leave no trace."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.live import loading
from mellanrum.rooms.live.http import Scope, Send, send_empty
from mellanrum.rooms.live.problems import refuse
from mellanrum.rooms.live.state import authors_of
from mellanrum.rooms.live.visitor import is_from_our_page

if TYPE_CHECKING:
    from mellanrum.rooms.ledger.store import Ledger
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder
    from mellanrum.rooms.live.visitor import Visitor


async def leave(engine: Engine, room: LiveRoom, holder: Holder, found: Visitor, language: str, scope: Scope, send: Send) -> None:
    """Erase what this person gave, then the person and the ticket; 204 when it is done."""
    if found.is_cookie and not is_from_our_page(engine, scope):
        return await refuse(send, "origin", language)
    if holder.kind != "participant":
        return await refuse(send, "no-right", language)
    authors = frozenset(authors_of(engine, room.snapshot, holder, found.token))
    ids = [one.id for one in room.snapshot.rows.values() if one.author in authors]
    if not await _erase(engine, room.id, ids):
        return await refuse(send, "busy", language)
    await engine.ask(partial(loading.forget_participant, holder.name))
    engine.tickets.drop({holder.hash})
    await engine.reload(room.id)
    return await send_empty(send, 204)


async def _erase(engine: Engine, room_id: str, ids: list[str]) -> bool:
    future: asyncio.Future[object] = engine.loop.create_future()

    def work(ledger: Ledger) -> None:
        ledger.erase(room_id, ids)

    try:
        engine.writer.call(work, partial(_done, future))
    except LedgerUnavailable:
        return False
    return not isinstance(await future, Exception)


def _done(future: asyncio.Future[object], result: object) -> None:
    if not future.done():
        future.set_result(result)
