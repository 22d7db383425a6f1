"""Static files answered from memory, compressed beforehand."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from posixpath import splitext
from typing import Final, NamedTuple

import brotli
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation

from mellanrum.rooms.live.at_hand import AtHand, Ready
from mellanrum.rooms.live.http import NO_STORE, NOSNIFF, Header, Receive, Scope, Send, header, send_bytes
from mellanrum.ui.assets import HASH_LENGTH, Assets

_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".webmanifest": "application/manifest+json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/plain; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
}
_TEXT: Final = (".css", ".js", ".json", ".webmanifest", ".svg", ".txt", ".md", ".html")
_VARY: Final[Header] = (b"vary", b"accept-encoding")
_FOREVER: Final[Header] = (b"cache-control", b"public, max-age=31536000, immutable")
_OTHER_HASH: Final = re.compile(rf"\.[0-9a-f]{{{HASH_LENGTH}}}(?=\.\w+$)")


class _Answer(NamedTuple):
    """One file in one encoding, ready to send; `fixed` lacks only the caching."""

    etag: bytes
    fixed: tuple[Header, ...]
    body: bytes


class StaticLane:
    """The ASGI application for `/static/`.

    A hashed path may be kept for ever. The plain name, or a hash that is not ours (a page of another release, while releases
    change), is answered with the present file, not to be kept: a page in use must not fall apart.
    """

    def __init__(self, assets: Assets) -> None:
        self._assets = assets
        contents = {} if assets.fresh else assets.contents
        self._answers = {name: _encoded(name, content, assets.hash(name)) for name, content in contents.items()}
        self.at_hand = AtHand({assets.url(name).encode(): _ready(answers) for name, answers in self._answers.items()}, _wanted)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await send_bytes(send, 405, [(b"allow", b"GET, HEAD"), NO_STORE], b"")
            return
        path: str = scope["path"]
        name = None if self._assets.fresh else self._assets.paths.get(path)
        answers = self._answers[name] if name else self._present(path)
        if answers is None:
            await send_bytes(send, 404, [(b"content-type", b"text/plain"), NO_STORE, NOSNIFF], b"404\n")
            return
        answer = _chosen(answers, header(scope, b"accept-encoding") or b"")
        caching = _FOREVER if name else NO_STORE
        if answer.etag in (header(scope, b"if-none-match") or b""):
            await send({"type": "http.response.start", "status": 304, "headers": [(b"etag", answer.etag), _VARY, caching]})
            await send({"type": "http.response.body", "body": b""})
            return
        await send_bytes(send, 200, (*answer.fixed, caching), answer.body)

    def _present(self, path: str) -> dict[bytes, _Answer] | None:
        name = path.removeprefix(self._assets.base)
        if self._assets.fresh:
            return _read(name)
        return self._answers.get(name) or self._answers.get(_OTHER_HASH.sub("", name))


def _encoded(name: str, content: bytes, hashed: str) -> dict[bytes, _Answer]:
    """The file by content encoding; compressed only where that makes it smaller."""
    bodies = {b"": content}
    if splitext(name)[1] in _TEXT:
        bodies |= {b"br": brotli.compress(content, mode=brotli.MODE_TEXT), b"gzip": gzip.compress(content, 9, mtime=0)}
    etag = b'W/"%s"' % hashed.encode()
    kind = _TYPES.get(splitext(name)[1], "application/octet-stream").encode()
    fixed: tuple[Header, ...] = ((b"content-type", kind), (b"etag", etag), _VARY, NOSNIFF)
    return {
        encoding: _Answer(etag, (*fixed, (b"content-encoding", encoding)) if encoding else fixed, body)
        for encoding, body in bodies.items()
        if not encoding or len(body) < len(content)
    }


def _ready(answers: dict[bytes, _Answer]) -> dict[bytes, Ready]:
    """The answers under a hashed path, as they travel."""
    found = {}
    for encoding, answer in answers.items():
        lines = [*answer.fixed, _FOREVER, (b"content-length", b"%d" % len(answer.body))]
        found[encoding] = Ready(b"".join(b"%b: %b\r\n" % line for line in lines) + b"\r\n", answer.body)
    return found


def _read(name: str) -> dict[bytes, _Answer] | None:
    """For a developer: the file as it is on disk now, as it is."""
    try:
        found = finders.find(name)
    except SuspiciousFileOperation:  # a path that leads out of the folders
        return None
    if not isinstance(found, str) or not Path(found).is_file():
        return None
    content = Path(found).read_bytes()
    return {b"": _encoded(name, content, sha256(content).hexdigest()[:HASH_LENGTH])[b""]}


def _chosen(answers: dict[bytes, _Answer], accepted: bytes) -> _Answer:
    for encoding in _wanted(accepted):
        if encoding in answers:
            return answers[encoding]
    return answers[b""]


@lru_cache(maxsize=64)
def _wanted(accepted: bytes) -> tuple[bytes, ...]:
    """Our encodings that the client takes, best first. Browsers have a handful of values in all."""
    offers = {offer.partition(b";")[0].strip(): offer.partition(b";")[2].replace(b" ", b"") for offer in accepted[:500].lower().split(b",")}
    return tuple(encoding for encoding in (b"br", b"gzip") if encoding in offers and offers[encoding] not in (b"q=0", b"q=0.0"))
