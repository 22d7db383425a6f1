"""The live lane: which request is answered from memory, and which goes on to the pages."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Awaitable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from mellanrum.rooms.live.assets import StaticLane
from mellanrum.rooms.live.contributing import contribute
from mellanrum.rooms.live.events import listen
from mellanrum.rooms.live.http import App, Receive, Scope, Send, send_bytes, send_json
from mellanrum.rooms.live.joining import join
from mellanrum.rooms.live.leaving import leave
from mellanrum.rooms.live.projectors import projectors
from mellanrum.rooms.live.request import Request
from mellanrum.rooms.live.shell import Shell
from mellanrum.rooms.live.state import tell_state
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.visitor import LANGUAGES, holder_of, visitor
from mellanrum.rooms.playable import NotPlayable

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.picture_desk import PictureDesk

log = logging.getLogger(__name__)

ROOMS = "/api/v1/rooms/"
PROJECTORS = "/api/v1/projectors"
METHODS = {"state": "GET", "events": "GET", "contributions": "POST", "pictures": "POST", "participants/me": "DELETE"}
WITHIN = {"phone": {"phone"}, "projector": {"projector"}, "crew": {"crew", "projector", "phone"}}

_is_shell = re.compile(r"/r/[^/]+").fullmatch
_HEALTHY = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


class Answering(Protocol):
    """What answers a whole prefix, as pictures do."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Lane:
    """The ASGI application of `serve`."""

    def __init__(self, engine: Engine, pages: App, static: StaticLane, pictures: Answering, desk: PictureDesk, openapi: bytes) -> None:
        self.engine = engine
        self.pages = pages
        self.static = static
        self.at_hand = static.at_hand
        self.pictures = pictures
        self.desk = desk
        self.openapi = openapi
        self.shell = Shell()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith(ROOMS):
            request = Request(scope, receive, send)
            await _guarded(self._room(path.removeprefix(ROOMS), request), request)
        elif path.startswith("/static/"):
            await self.static(scope, receive, send)
        elif path.startswith("/pictures/"):
            await self.pictures(scope, receive, send)
        elif path == "/healthz":
            await send_bytes(send, 200, _HEALTHY, b"ok\n")
        elif scope["method"] in ("GET", "HEAD") and _is_shell(path):
            await self.shell.answer(scope, send)
        elif path == "/api/v1/openapi.json":
            await send_json(send, 200, self.openapi)
        elif path.startswith(PROJECTORS):
            request = Request(scope, receive, send)
            await _guarded(projectors(self.engine, path.removeprefix(PROJECTORS), request), request)
        else:
            await self.pages(scope, receive, send)

    async def _room(self, rest: str, request: Request) -> None:
        if rest == "join":
            if request.method != "POST":
                return await request.refuse("method", extra_headers=[(b"allow", b"POST")])
            return await join(self.engine, request)
        room_id, _, verb = rest.partition("/")
        method = METHODS.get(verb)
        if method is None:
            return await request.refuse("not-found")
        if request.method != method:
            return await request.refuse("method", extra_headers=[(b"allow", method.encode())])
        return await self._with_ticket(room_id, verb, request)

    async def _with_ticket(self, room_id: str, verb: str, request: Request) -> None:
        engine, wished = self.engine, request.asked.get("audience")
        found = visitor(request, room_id, wished, is_https=engine.is_https)
        holder = await holder_of(engine, found, room_id, time.time())
        if holder is None or found is None:
            return await request.refuse("ticket")  # a stranger does not learn which rooms exist
        audience = wished or holder.audience
        if audience not in WITHIN[holder.audience]:
            return await request.refuse("no-right")
        room = engine.rooms.get(room_id) or await engine.room(room_id)
        if room is None:
            return await request.refuse("not-found")
        room.used_at = time.monotonic()
        request.fallback = holder.language or room.language
        if verb == "contributions":
            return await contribute(engine, room, holder, found, request)
        if verb == "pictures":
            return await self.desk.take(engine, holder, found, request)
        if verb == "participants/me":
            return await leave(engine, room, holder, found, request)
        key = StreamKey(holder.listens_as(audience), _view_language(request), "html" if request.asked.get("as") == "html" else "json")
        if verb == "events":
            return await listen(engine, room, holder, key, request)
        return await tell_state(engine, room, holder, found.token, key, request)


async def _guarded(answering: Awaitable[None], request: Request) -> None:
    """A fault of ours is told as a problem. An answer that has begun is cut: the client comes back to the current state."""
    try:
        await answering
    except NotPlayable as problem:
        log.error("a room cannot be played: %s", problem)  # noqa: TRY400 - the sentence says it all
        await request.refuse("not-playable")
    except Exception:
        log.exception("a request of the live lane failed")
        with suppress(RuntimeError):  # it had begun
            await request.refuse("error")


def _view_language(request: Request) -> str:
    """The language of a stream: asked for, else the holder's, else the room's. Few values, because each is drawn once."""
    wish = request.asked.get("language") or request.fallback
    return wish if wish in LANGUAGES else "sv"
