"""`DELETE participants/me`: leave no trace."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar, cast

from django.db import DatabaseError

from mellanrum.rooms.erasing import after_erasing, before_erasing, words_of
from mellanrum.rooms.ledger.rows import LedgerUnavailable, Row
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

Result = TypeVar("Result")


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
    forget = partial(loading.forget_participant, participant, is_noted=not room.is_rehearsal)
    if not (await _erase(engine, room, frozenset(authors)) and await _done(engine, forget)):
        if holder is not None:
            engine.tickets.add(holder)  # so that the same ticket can try again, from the beginning
        return False
    await engine.reload(room.id)
    return True


async def _erase(engine: Engine, room: LiveRoom, authors: frozenset[str]) -> bool:
    """In the writer's turn, so that what this person sent a moment ago is stored before and erased with the rest.

    Of a rehearsal nothing is noted: it goes as a whole, and no restored backup keeps one.
    """

    def theirs(ledger: Ledger) -> list[Row]:
        return [row for row in ledger.read(room.id) if row.author in authors]

    rows = await _in_writers_turn(engine, theirs)
    if rows is None or not await _done(engine, partial(before_erasing, room.id, words_of(rows))):
        return False

    def erase(ledger: Ledger) -> bool:
        ledger.erase(room.id, [row.id for row in rows], is_noted=not room.is_rehearsal)
        return True

    return bool(await _in_writers_turn(engine, erase)) and await _done(engine, partial(after_erasing, room.id))


async def _in_writers_turn(engine: Engine, work: Callable[[Ledger], Result]) -> Result | None:
    """What the work gives; None when it could not be done."""
    future: asyncio.Future[Any] = engine.loop.create_future()
    try:
        engine.writer.call(work, partial(_tell, future))
    except LedgerUnavailable:
        return None
    result = await future
    return None if isinstance(result, Exception) else cast("Result", result)


async def _done(engine: Engine, job: Callable[[], None]) -> bool:
    """Whether the stage thread could do it; what the database refuses now it may take later."""
    try:
        await engine.ask(job)
    except DatabaseError:
        return False
    return True


def _tell(future: asyncio.Future[Any], result: Any) -> None:
    if not future.done():
        future.set_result(result)
