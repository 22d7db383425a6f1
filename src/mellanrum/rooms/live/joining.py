"""`POST rooms/join`: through the door with a code or a key, and the same person when they come back."""

from __future__ import annotations

import asyncio
import random
import re
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec

from mellanrum.core.ids import random_id, random_token, token_hash
from mellanrum.rooms.ledger.rows import NewParticipant, NewTicket
from mellanrum.rooms.live.codes import DELAY, WAITING
from mellanrum.rooms.live.events import PROTOCOL
from mellanrum.rooms.live.http import ClientGone, TooLarge, send_json
from mellanrum.rooms.live.items import Join, Joined
from mellanrum.rooms.live.tickets import COOKIE_AGE, Holder, cookie_name
from mellanrum.rooms.live.visitor import LANGUAGES, Visitor, cookie_visitor, holder_of, visitor
from mellanrum.rooms.stage.text import clean_text

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom

CLIENT_COOKIE = "mr-client"
MAX_BODY = 16 * 1024
COOKIES_KEPT = 12

_is_client = re.compile(r"[a-z2-7]{26}").fullmatch
_is_ticket = re.compile(r"(__Host-)?mr-[a-z2-7]{26}").fullmatch

_decode = msgspec.json.Decoder(Join).decode
_encode = msgspec.json.Encoder().encode


async def join(engine: Engine, request: Request) -> None:
    """Answer `{room_id, ticket, participant, protocol, now}`, with the ticket as cookie too."""
    if not request.is_json:
        return await request.refuse("not-json")
    try:
        wish = _decode(await request.body(MAX_BODY))
    except TooLarge:
        return await request.refuse("too-large")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return await request.refuse("malformed")
    except ClientGone:
        return None
    request.fallback = wish.language if wish.language in LANGUAGES else "sv"
    return await _let_in(engine, request, wish)


async def _let_in(engine: Engine, request: Request, wish: Join) -> None:
    client = known_client(request.cookies().get(CLIENT_COOKIE, ""))
    room = await knock(engine, client, wish)
    if isinstance(room, str):
        rest = int(engine.brake.must_rest(client)) + 1 if room == "too-many-codes" else None
        cookie = f"{CLIENT_COOKIE}={client}; Path=/; Max-Age=3600; HttpOnly; SameSite=Lax"
        return await request.refuse(room, retry=rest, extra_headers=[(b"set-cookie", cookie.encode())])
    return await _welcome(engine, room, request, wish)


def known_client(given: str) -> str:
    """The name we gave this browser, else a new one: what anybody writes into a cookie must not fill our memory."""
    return given if _is_client(given) else random_id()


async def knock(engine: Engine, client: str, wish: Join, *, line: str = "live") -> LiveRoom | str:
    """The room that the key or the code opens, or the slug of the problem. Wrong codes are counted per client and in all.

    A key has 128 random bits: it is never held back, and a wrong one is no guess at a code. Spaces in a code do not matter.
    """
    if wish.key:
        room_id = engine.doors.by_key(wish.key)
    elif engine.brake.must_rest(client):
        return "too-many-codes"
    elif engine.brake.is_under_attack() and not await _wait_in_line(engine, line):
        return "busy"
    else:
        room_id = engine.doors.by_code("".join((wish.code or "").split()))
    room = await engine.room(room_id) if room_id else None
    if room is None and not wish.key:
        engine.brake.wrong(client)
    return room or "code"


async def _wait_in_line(engine: Engine, line: str) -> bool:
    """Under attack every code takes its time, with few places in line; False when there is none."""
    if engine.brake.waiting[line] >= WAITING[line]:
        return False
    engine.brake.waiting[line] += 1
    try:
        await asyncio.sleep(DELAY * (0.5 + random.random() / 2))  # noqa: S311 - spreads, guards nothing
    finally:
        engine.brake.waiting[line] -= 1
    return True


def closed_door(room: LiveRoom) -> str | None:
    """The slug of why nobody new comes in: the room is not open yet, or it is closed."""
    if room.opens_at is not None and room.now_ms() < room.opens_at:
        return "room-not-open"
    stage = room.snapshot.stage
    is_over = stage.until is not None and room.now_ms() >= stage.until
    return "room-closed" if stage.is_closed or is_over else None


async def _welcome(engine: Engine, room: LiveRoom, request: Request, wish: Join) -> None:
    # A ticket that is none takes nobody's place in a browser that is in the room already.
    for find in (visitor, cookie_visitor):
        found = find(request, room.id, "phone", is_https=engine.is_https)
        if found and found.is_cookie and not request.is_from_our_page(engine.base_url):
            return await request.refuse("origin")
        holder = await holder_of(engine, found, room.id, time.time())
        if holder and holder.kind in ("participant", "table") and found:
            return await _answer(engine, room, request, holder, found)
    shut = closed_door(room)
    if shut:
        return await request.refuse(shut, **({"opens_at": room.opens_at} if shut == "room-not-open" else {}))
    token = random_token()
    newcomer = await new_participant(engine, room, token, wish)
    if newcomer is None:
        return await request.refuse("busy")
    return await _answer(engine, room, request, newcomer, Visitor(token, is_cookie=False))


async def new_participant(engine: Engine, room: LiveRoom, token: str, wish: Join) -> Holder | None:
    """Store a participant and the hash of their ticket; None when the writer cannot take it now."""
    language = wish.language if wish.language in LANGUAGES else room.language
    expires_at = int(time.time()) + COOKIE_AGE
    participant = NewParticipant(
        id=random_id(),
        room=room.id,
        name=_one_line(wish.name),
        organisation=_one_line(wish.organisation),
        group=_one_line(wish.group),
        language=language,
    )
    ticket = NewTicket(token_hash(token), room.id, "participant", participant.id, None, expires_at)
    if not await engine.store_participant(room, participant, ticket):
        return None
    holder = Holder(hash=ticket.hash, room_id=room.id, kind="participant", name=participant.id, language=language, expires_at=expires_at)
    engine.tickets.add(holder)
    return holder


def _one_line(text: str) -> str:
    return " ".join(clean_text(text).split())


async def _answer(engine: Engine, room: LiveRoom, request: Request, holder: Holder, found: Visitor) -> None:
    body = _encode(Joined(room.id, found.token, holder.name, PROTOCOL, room.now_ms(), holder.stands_for))
    name = cookie_name(room.id, "participant", is_https=engine.is_https)
    spent = [ticket_cookie(engine, old, "", age=0) for old in surplus(request.cookies(), name)]
    cookies = [ticket_cookie(engine, name, found.token), *spent]
    await send_json(request.send, 200, body, [(b"set-cookie", cookie.encode()) for cookie in cookies])


def surplus(jar: Iterable[str], name: str) -> list[str]:
    """Tickets of rooms long left, the oldest first as browsers send them: so many would not fit into a request one day."""
    others = [one for one in jar if _is_ticket(one) and one != name]
    return others[: max(0, len(others) + 1 - COOKIES_KEPT)]


def ticket_cookie(engine: Engine, name: str, token: str, *, age: int = COOKIE_AGE) -> str:
    """The Set-Cookie value of a ticket; with no age the browser forgets it."""
    secure = "; Secure" if engine.is_https else ""
    return f"{name}={token}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure}"
