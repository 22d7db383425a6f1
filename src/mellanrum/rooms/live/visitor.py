"""Who sends a request to the live lane: the ticket, its holder and the language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from mellanrum.core.ids import token_hash
from mellanrum.rooms.live.tickets import KIND_BY_AUDIENCE, Holder, cookie_name

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request

LANGUAGES = ("sv", "en")


class Visitor(NamedTuple):
    """A ticket as it came: `is_cookie` means a browser added it by itself, so the request must prove where it comes from."""

    token: str
    is_cookie: bool


def visitor(request: Request, room_id: str, audience: str | None, *, is_https: bool) -> Visitor | None:
    """The ticket of this request: the Bearer one, else the room's cookie for that audience, else the first there is."""
    authorization = request.headers.get(b"authorization")
    if authorization is not None:
        scheme, _, token = authorization.decode("latin-1").partition(" ")
        return Visitor(token.strip(), is_cookie=False) if scheme.lower() == "bearer" else None
    return cookie_visitor(request, room_id, audience, is_https=is_https)


def cookie_visitor(request: Request, room_id: str, audience: str | None, *, is_https: bool) -> Visitor | None:
    """The ticket this browser keeps for the room: the one for that audience, else the first there is."""
    if b"cookie" not in request.headers:
        return None
    jar = request.cookies()
    kinds = [KIND_BY_AUDIENCE[audience]] if audience in KIND_BY_AUDIENCE else []
    for kind in (*kinds, "participant", "projector", "crew"):
        held = jar.get(cookie_name(room_id, kind, is_https=is_https))
        if held:
            return Visitor(held, is_cookie=True)
    return None


async def holder_of(engine: Engine, found: Visitor | None, room_id: str, now_s: float) -> Holder | None:
    """Who holds that ticket for this room; None when it is unknown, of another room or over."""
    if found is None:
        return None
    ticket = token_hash(found.token)
    holder = engine.tickets.get(ticket) or await engine.holder(ticket)
    if holder is None or holder.room_id != room_id or holder.expires_at < now_s:
        return None
    return holder


def language_in(headers: Mapping[bytes, bytes], given: str | None, fallback: str) -> str:
    """The language to answer in: the one asked for, else the first of Accept-Language we have, else `fallback`."""
    if given in LANGUAGES:
        return given
    accepted = headers.get(b"accept-language", b"").decode("latin-1").lower()
    for part in accepted.split(","):
        tag = part.split(";")[0].strip()[:2]
        if tag in LANGUAGES:
            return tag
    return fallback
