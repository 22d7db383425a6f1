"""`POST contributions`: one or a list, answered item by item once they are stored."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import msgspec

from mellanrum.rooms.live.http import ClientGone, Receive, Scope, Send, TooLarge, read_body, send_json
from mellanrum.rooms.live.items import MAX_BODY, MAX_ITEMS, Result, Results, decode_items
from mellanrum.rooms.live.problems import refuse
from mellanrum.rooms.live.submitting import submit
from mellanrum.rooms.live.visitor import is_from_our_page, is_json

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder
    from mellanrum.rooms.live.visitor import Visitor
    from mellanrum.rooms.stage.gate import Item

_encode = msgspec.json.Encoder().encode
POINTING = frozenset({"withdraw", "hide", "admit"})  # types that name another contribution


async def contribute(
    engine: Engine, room: LiveRoom, holder: Holder, found: Visitor, language: str, scope: Scope, receive: Receive, send: Send
) -> None:
    """Answer `{"results": [...]}` in the order sent, or a problem for the whole request."""
    slug = _cannot_come_in(engine, holder, found, scope)
    if slug:
        retry = int(holder.bucket.wait()) + 1 if slug == "too-fast" else None
        return await refuse(send, slug, language, retry=retry)
    try:
        items = decode_items(await read_body(receive, MAX_BODY, scope))
    except TooLarge:
        return await refuse(send, "too-large", language)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return await refuse(send, "malformed", language)
    except ClientGone:
        return None
    said = await give(engine, room, holder, found.token, items, language) if len(items) <= MAX_ITEMS else "too-many"
    if isinstance(said, str):
        return await refuse(send, said, language)
    return await send_json(send, 200, _encode(Results(said)))


def _cannot_come_in(engine: Engine, holder: Holder, found: Visitor, scope: Scope) -> str | None:
    """Why the request is refused before its body is read: the slug of a problem."""
    if not is_json(scope):
        return "not-json"
    if found.is_cookie and not is_from_our_page(engine, scope):
        return "origin"
    return None if holder.is_crew or holder.bucket.take() else "too-fast"


async def give(
    engine: Engine, room: LiveRoom, holder: Holder, token: str, items: list[Item], language: str, origin: str = "phone"
) -> list[Result] | str:
    """Submit and wait until it is stored: the results, or the slug of a problem."""
    if any(item.type in POINTING for item in items):
        await engine.ask(_nothing)  # an answer is acknowledged before it is folded: what they point at may be just stored
    future: asyncio.Future[list[Result] | str] = engine.loop.create_future()

    def answer(said: list[Result] | str) -> None:
        if not future.done():
            future.set_result(said)

    submit(engine, room, holder, token, items, language=language, origin=origin, answer=answer)
    return await future


def _nothing() -> None:
    """Run on the stage thread after everything stored so far is folded."""
