"""`DELETE participants/me`: leave no trace."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from django.db import DatabaseError

from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.live import loading
from mellanrum.rooms.live.http import send_empty
from mellanrum.rooms.live.joining import ticket_cookie
from mellanrum.rooms.live.state import authors_of
from mellanrum.rooms.live.tickets import cookie_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mellanrum.rooms.ledger.store import Ledger
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder
    from mellanrum.rooms.live.visitor import Visitor


async def leave(engine: Engine, room: LiveRoom, holder: Holder, found: Visitor, request: Request) -> None:
    """Erase what this person gave, then the person and the ticket; 204 when it is done."""
    if found.is_cookie and not request.is_from_our_page(engine.base_url):
        return await request.refuse("origin")
    if holder.kind != "participant":
        return await request.refuse("no-right")
    if not holder.bucket.take():
        return await request.refuse("too-fast", retry=holder.bucket.retry())
    if not await leave_no_trace(engine, room, holder.name, holder, authors_of(engine, room.snapshot, holder, found.token)):
        return await request.refuse("busy")
    spent = ticket_cookie(engine, cookie_name(room.id, "participant", is_https=engine.is_https), "", age=0)
    return await send_empty(request.send, 204, [(b"set-cookie", spent.encode())])


async def leave_no_trace(engine: Engine, room: LiveRoom, participant: str, holder: Holder | None, authors: Iterable[str]) -> bool:
    """Erase what they gave under these names, then the person with ticket, links and letters; False when it cannot be done now."""
    if holder is not None:
        engine.revoke({holder.hash})  # nothing new from now on
    if not (await _erase(engine, room, frozenset(authors)) and await _forget(engine, room, participant)):
        if holder is not None:
            engine.tickets.add(holder)  # so that the same ticket can try again, from the beginning
        return False
    await engine.reload(room.id)
    return True


async def _erase(engine: Engine, room: LiveRoom, authors: frozenset[str]) -> bool:
    """In the writer's turn, so that what this person sent a moment ago is stored before and erased with the rest.

    Of a rehearsal nothing is noted: it goes as a whole, and no restored backup keeps one.
    """
    future: asyncio.Future[object] = engine.loop.create_future()

    def work(ledger: Ledger) -> None:
        theirs = [row.id for row in ledger.read(room.id) if row.author in authors]
        ledger.erase(room.id, theirs, is_noted=not room.is_rehearsal)

    try:
        engine.writer.call(work, partial(_done, future))
    except LedgerUnavailable:
        return False
    return not isinstance(await future, Exception)


async def _forget(engine: Engine, room: LiveRoom, participant: str) -> bool:
    try:
        await engine.ask(partial(loading.forget_participant, participant, is_noted=not room.is_rehearsal))
    except DatabaseError:
        return False
    return True


def _done(future: asyncio.Future[object], result: object) -> None:
    if not future.done():
        future.set_result(result)
