"""The phone shell: the same bytes for every phone of a language, ready in memory."""

from __future__ import annotations

import gzip
from urllib.parse import quote

import brotli
from django.template.loader import get_template
from django.utils import translation

from mellanrum.rooms.live.http import PAGE_SECURITY, Header, Scope, Send, headers, query, send_bytes, send_empty
from mellanrum.rooms.live.visitor import LANGUAGES, language_in


class Shell:
    def __init__(self) -> None:
        self._pages = {(language, is_big): _render(language, is_big=is_big) for language in LANGUAGES for is_big in (False, True)}

    async def answer(self, scope: Scope, send: Send) -> None:
        """Send the shell in the visitor's language, with larger text for `?big`.

        `?plain` leads to the page without scripts, whose address has the code in it, and `?mine` to one's own page.
        """
        asked = query(scope)
        if "plain" in asked:
            return await send_empty(send, 303, [(b"location", quote(scope["path"]).encode() + b"/plain")])
        if "mine" in asked:
            return await send_empty(send, 303, [(b"location", quote(scope["path"]).encode() + b"/mine")])
        sent = headers(scope)
        language = language_in(sent, asked.get("language"), "sv")
        accepted = sent.get(b"accept-encoding", b"")
        body, encoding = self._choose(language, accepted, is_big="big" in asked)
        answer: list[Header] = [
            *PAGE_SECURITY,
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-language", language.encode()),
            (b"cache-control", b"no-cache"),
            (b"vary", b"Accept-Encoding, Accept-Language"),
        ]
        if encoding:
            answer.append((b"content-encoding", encoding))
        return await send_bytes(send, 200, answer, body)

    def _choose(self, language: str, accepted: bytes, *, is_big: bool) -> tuple[bytes, bytes]:
        plain, zipped, brotlied = self._pages[language, is_big]
        if b"br" in accepted:
            return brotlied, b"br"
        return (zipped, b"gzip") if b"gzip" in accepted else (plain, b"")


def _render(language: str, *, is_big: bool) -> tuple[bytes, bytes, bytes]:
    with translation.override(language):
        page = get_template("rooms/pages/shell.html").render({"plain_href": "?plain", "LANGUAGE_CODE": language, "is_big": is_big})
    plain = page.encode()
    return plain, gzip.compress(plain, 9), brotli.compress(plain)
