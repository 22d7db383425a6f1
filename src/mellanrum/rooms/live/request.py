"""One request to the live lane: what was sent, read once, and how to answer."""

from __future__ import annotations

from typing import Any

from mellanrum.rooms.live.http import Receive, Scope, Send, TooLarge, cookies, headers, query, read_body
from mellanrum.rooms.live.problems import PROBLEMS, tell_problem
from mellanrum.rooms.live.visitor import language_in


class Request:
    """`headers` by lower-case name, `asked` is the query. The language is looked up only when something is said."""

    __slots__ = ("asked", "fallback", "headers", "receive", "scope", "send")

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.scope = scope
        self.receive = receive
        self.send = send
        self.headers = headers(scope)
        self.asked = query(scope)
        self.fallback = "sv"  # what the room speaks, once it is known

    @property
    def method(self) -> str:
        method: str = self.scope["method"]
        return method

    @property
    def language(self) -> str:
        """The language to answer in: asked for, else the first of Accept-Language we have, else the room's."""
        return language_in(self.headers, self.asked.get("language"), self.fallback)

    @property
    def is_json(self) -> bool:
        """True when the body is declared as JSON."""
        sent = self.headers.get(b"content-type", b"")
        return sent == b"application/json" or sent.split(b";")[0].strip().lower() == b"application/json"

    def cookies(self) -> dict[str, str]:
        return cookies(self.scope)

    def is_from_our_page(self, base_url: str) -> bool:
        """True when a browser says that the request comes from a page of this site.

        `base_url` is the configured address; empty on loopback, where the request's own Host stands for it.
        """
        site = self.headers.get(b"sec-fetch-site")
        if site is not None:
            return site == b"same-origin"
        origin = self.headers.get(b"origin", b"").decode("latin-1")
        base = base_url or f"http://{self.headers.get(b'host', b'').decode('latin-1')}"
        return bool(origin) and origin == base

    async def body(self, limit: int) -> bytes:
        """The whole body. Raises TooLarge over `limit` bytes (before reading, where the length is declared) and ClientGone."""
        declared = self.headers.get(b"content-length")
        if declared is not None and declared.isdigit() and int(declared) > limit:
            raise TooLarge
        return await read_body(self.receive, limit)

    async def refuse(self, slug: str, *, retry: int | None = None, **members: Any) -> None:
        """Answer with one of PROBLEMS; `retry` overrides the spread of Retry-After (seconds)."""
        await tell_problem(self.send, PROBLEMS[slug], slug, self.language, retry=retry, **members)
