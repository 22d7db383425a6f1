"""`POST contributions`: one or a list, answered item by item once they are stored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from mellanrum.rooms.live.http import ClientGone, TooLarge, send_json
from mellanrum.rooms.live.items import MAX_BODY, MAX_ITEMS, Result, Results, decode_items
from mellanrum.rooms.live.submitting import Sender, submit

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder
    from mellanrum.rooms.live.visitor import Visitor
    from mellanrum.rooms.stage.gate import Item

_encode = msgspec.json.Encoder().encode
POINTING = frozenset({"withdraw", "hide", "admit"})  # types that name another contribution


async def contribute(engine: Engine, room: LiveRoom, holder: Holder, found: Visitor, request: Request) -> None:
    """Answer `{"results": [...]}` in the order sent, or a problem for the whole request."""
    slug = _cannot_come_in(engine, holder, found, request)
    if slug:
        return await request.refuse(slug, retry=holder.bucket.retry() if slug == "too-fast" else None)
    try:
        items = decode_items(await request.body(MAX_BODY))
    except TooLarge:
        return await request.refuse("too-large")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return await request.refuse("malformed")
    except ClientGone:
        return None
    if engine.tickets.is_unknown(holder.hash):  # taken back while the body was on its way
        return await request.refuse("ticket")
    sender = Sender(holder, found.token, "phone", request)
    said = await give(engine, room, sender, items) if len(items) <= MAX_ITEMS else "too-many"
    if isinstance(said, str):
        return await request.refuse(said)
    return await send_json(request.send, 200, _encode(Results(said)))


def _cannot_come_in(engine: Engine, holder: Holder, found: Visitor, request: Request) -> str | None:
    """Why the request is refused before its body is read: the slug of a problem."""
    if not request.is_json:
        return "not-json"
    if found.is_cookie and not request.is_from_our_page(engine.base_url):
        return "origin"
    return None if holder.is_crew or holder.bucket.take() else "too-fast"


async def give(engine: Engine, room: LiveRoom, sender: Sender, items: list[Item]) -> list[Result] | str:
    """Submit and wait until it is stored: the results, or the slug of a problem."""
    if any(item.type in POINTING or item.replaces for item in items):
        await engine.ask(_nothing)  # an answer is acknowledged before it is folded: what they point at may be just stored
    future: asyncio.Future[list[Result] | str] = engine.loop.create_future()

    def answer(said: list[Result] | str) -> None:
        if not future.done():
            future.set_result(said)

    submit(engine, room, sender, items, answer)
    return await future


def _nothing() -> None:
    """Run on the stage thread, after everything stored so far is folded."""
