"""`POST projectors` and `GET projectors/me`: a projector asks for a code, and then whether somebody has confirmed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from mellanrum.rooms.live.http import ClientGone, TooLarge, send_json
from mellanrum.rooms.live.items import NewPairing, Paired, PairingCode
from mellanrum.rooms.live.joining import ticket_cookie
from mellanrum.rooms.live.pairing import OPEN_SECONDS
from mellanrum.rooms.live.tickets import cookie_name
from mellanrum.rooms.live.visitor import LANGUAGES

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request

MAX_BODY = 1024
METHODS = {"": "POST", "/me": "GET"}

_decode = msgspec.json.Decoder(NewPairing).decode
_encode = msgspec.json.Encoder().encode


async def projectors(engine: Engine, rest: str, request: Request) -> None:
    """Answer what comes after `/api/v1/projectors`."""
    method = METHODS.get(rest)
    if method is None:
        return await request.refuse("not-found")
    if request.method != method:
        return await request.refuse("method", extra_headers=[(b"allow", method.encode())])
    return await (_ask(engine, request) if rest else _begin(engine, request))


async def _begin(engine: Engine, request: Request) -> None:
    """Answer `{pairing, code, expires_in}`: the secret is the projector's own, the code is for everyone to see."""
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
    pairings = engine.pairings
    if not pairings.bucket.take():
        return await request.refuse("too-fast", retry=pairings.bucket.retry())
    begun = pairings.begin()
    if begun is None:
        return await request.refuse("busy")
    secret, pairing = begun
    return await send_json(request.send, 200, _encode(PairingCode(secret, pairing.code, OPEN_SECONDS)))


async def _ask(engine: Engine, request: Request) -> None:
    """Answer `{room_id}`: null while nobody has confirmed, then the room, with the projector's ticket as cookie."""
    scheme, _, secret = request.headers.get(b"authorization", b"").decode("latin-1").partition(" ")
    pairing = engine.pairings.asked(secret.strip()) if scheme.lower() == "bearer" else None
    if pairing is None:
        return await request.refuse("pairing")
    if not pairing.room_id:
        return await send_json(request.send, 200, _encode(Paired(None)))
    name = cookie_name(pairing.room_id, "projector", is_https=engine.is_https)
    cookie = ticket_cookie(engine, name, pairing.ticket, age=pairing.seconds)
    return await send_json(request.send, 200, _encode(Paired(pairing.room_id)), [(b"set-cookie", cookie.encode())])
