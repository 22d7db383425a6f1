"""The live lane: which request is answered from memory, and which goes on to the pages."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING, Protocol

from mellanrum.rooms.live.contributing import contribute
from mellanrum.rooms.live.events import listen
from mellanrum.rooms.live.http import App, Message, Receive, Scope, Send, query, send_bytes, send_json
from mellanrum.rooms.live.joining import join
from mellanrum.rooms.live.leaving import leave
from mellanrum.rooms.live.problems import refuse
from mellanrum.rooms.live.shell import Shell
from mellanrum.rooms.live.state import tell_state
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.visitor import LANGUAGES, Visitor, holder_of, language_of, visitor

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.tickets import Holder

log = logging.getLogger(__name__)

ROOMS = "/api/v1/rooms/"
METHODS = {"state": "GET", "events": "GET", "contributions": "POST", "participants/me": "DELETE"}
WITHIN = {"phone": {"phone"}, "projector": {"projector"}, "crew": {"crew", "projector", "phone"}}

_is_shell = re.compile(r"/r/[^/]+").fullmatch
_HEALTHY = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]


class Answering(Protocol):
    """What answers a whole prefix, as the static files do."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None: ...


class Lane:
    """The ASGI application of `serve`."""

    def __init__(self, engine: Engine, pages: App, static: Answering, openapi: bytes) -> None:
        self.engine = engine
        self.pages = pages
        self.static = static
        self.openapi = openapi
        self.shell = Shell()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith(ROOMS):
            await self._guarded(path.removeprefix(ROOMS), scope, receive, send)
        elif path.startswith("/static/"):
            await self.static(scope, receive, send)
        elif path == "/healthz":
            await send_bytes(send, 200, _HEALTHY, b"ok\n")
        elif scope["method"] in ("GET", "HEAD") and _is_shell(path):
            await self.shell.answer(scope, send)
        elif path == "/api/v1/openapi.json":
            await send_json(send, 200, self.openapi)
        else:
            await self.pages(scope, receive, send)

    async def _guarded(self, rest: str, scope: Scope, receive: Receive, send: Send) -> None:
        """A fault of ours is told as a problem; a stream that has begun is cut, and the client comes back to the current state."""
        has_begun = False

        async def telling(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._room(rest, scope, receive, telling)
        except Exception:
            log.exception("a request of the live lane failed")
            if has_begun:
                raise
            await refuse(send, "error", language_of(scope, None, "sv"))

    async def _room(self, rest: str, scope: Scope, receive: Receive, send: Send) -> None:
        if rest == "join":
            if scope["method"] != "POST":
                return await refuse(send, "method", language_of(scope, None, "sv"), extra_headers=[(b"allow", b"POST")])
            return await join(self.engine, scope, receive, send)
        room_id, _, verb = rest.partition("/")
        method = METHODS.get(verb)
        if method is None:
            return await refuse(send, "not-found", language_of(scope, None, "sv"))
        if scope["method"] != method:
            return await refuse(send, "method", language_of(scope, None, "sv"), extra_headers=[(b"allow", method.encode())])
        return await self._with_ticket(room_id, verb, scope, receive, send)

    async def _with_ticket(self, room_id: str, verb: str, scope: Scope, receive: Receive, send: Send) -> None:
        engine, asked = self.engine, query(scope)
        found = visitor(engine, scope, room_id, asked.get("audience"))
        holder = await holder_of(engine, found, room_id, time.time())
        if holder is None or found is None:
            # A stranger does not learn which rooms exist.
            return await refuse(send, "ticket", language_of(scope, asked.get("language"), "sv"))
        audience = asked.get("audience") or holder.audience
        if audience not in WITHIN[holder.audience]:
            return await refuse(send, "no-right", language_of(scope, asked.get("language"), "sv"))
        return await self._answer(verb, holder, found, audience, asked, scope, receive, send)

    async def _answer(
        self, verb: str, holder: Holder, found: Visitor, audience: str, asked: dict[str, str], scope: Scope, receive: Receive, send: Send
    ) -> None:
        engine = self.engine
        room = engine.rooms.get(holder.room_id) or await engine.room(holder.room_id)
        if room is None:
            return await refuse(send, "not-found")
        language = language_of(scope, asked.get("language"), holder.language or room.language)
        if verb == "contributions":
            return await contribute(engine, room, holder, found, language, scope, receive, send)
        if verb == "participants/me":
            return await leave(engine, room, holder, found, language, scope, send)
        key = StreamKey(audience, _view_language(asked, holder, room.language), "html" if asked.get("as") == "html" else "json")
        if verb == "events":
            return await listen(engine, room, holder, key, scope, receive, send)
        return await tell_state(engine, room, holder, found.token, key, scope, send, own_only=asked.get("part") == "own")


def _view_language(asked: dict[str, str], holder: Holder, room_language: str) -> str:
    """The language of a stream: asked for, else the holder's, else the room's. Few values, because each is drawn once."""
    wish = asked.get("language") or holder.language or room_language
    return wish if wish in LANGUAGES else "sv"
