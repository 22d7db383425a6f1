"""Pictures people brought, sent as files: whoever has been told a name may see that picture, and nobody can guess one."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from mellanrum.core.picture_files import ADDRESS, FOLDER, is_picture_name
from mellanrum.rooms.live.files import send_file
from mellanrum.rooms.live.http import NO_STORE, NOSNIFF, Header, Receive, Scope, Send, header, send_bytes

# Opened as a page of its own it is a picture and can be nothing else.
_ALONE: Final[Header] = (b"content-security-policy", b"default-src 'none'; sandbox; frame-ancestors 'none'")
_OURS: Final[Header] = (b"cross-origin-resource-policy", b"same-origin")
_KEPT: Final[Header] = (b"cache-control", b"private, max-age=31536000, immutable")


class PictureLane:
    """The ASGI application for `/pictures/`."""

    def __init__(self, data: Path) -> None:
        self._folder = data / FOLDER

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            await send_bytes(send, 405, [(b"allow", b"GET, HEAD"), NO_STORE, NOSNIFF], b"")
            return
        name = str(scope["path"]).removeprefix(ADDRESS)
        if not is_picture_name(name):
            await _not_found(send)
            return
        caching: tuple[Header, ...] = ((b"etag", b'"%s"' % name[:26].encode()), _KEPT)
        if caching[0][1] in (header(scope, b"if-none-match") or b"") and (self._folder / name).exists():
            await send({"type": "http.response.start", "status": 304, "headers": list(caching)})
            await send({"type": "http.response.body", "body": b""})
            return
        fixed = ((b"content-type", b"image/webp"), NOSNIFF, _ALONE, _OURS, *caching)
        try:
            await send_file(self._folder / name, 200, fixed, scope, send)
        except OSError:
            await _not_found(send)


async def _not_found(send: Send) -> None:
    await send_bytes(send, 404, [(b"content-type", b"text/plain"), NO_STORE, NOSNIFF], b"404\n")
