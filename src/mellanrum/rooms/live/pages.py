"""Django's pages inside the ASGI server: bodies are read before a thread is taken, answers are sent after it is given back.

Of a2wsgi only `build_environ` is used. Its middleware lets the client hold a page thread at both ends (`wsgi.input` waits for
the next byte, each piece of the answer for the socket); here a thread has the page for as long as Python works on it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

from a2wsgi.wsgi import build_environ

from mellanrum.rooms.live.files import path_inside, send_file
from mellanrum.rooms.live.http import ClientGone, Header, Receive, Scope, Send, TooLarge, declared_length, retry_after, send_bytes
from mellanrum.rooms.live.page_queues import QUICK, PageQueue, line_of, slow_line
from mellanrum.rooms.live.sorry import sorry_page
from mellanrum.rooms.live.uploads import DEFAULT_LIMIT, TooSlow, Upload

FILE_HEADER = b"x-mellanrum-file"
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

_log = logging.getLogger("mellanrum.pages")


class _Page(NamedTuple):
    status: int
    headers: list[Header]
    body: bytes


class PageLane:
    """An ASGI application around a WSGI one.

    `limit_for(path)` gives the largest body in bytes, more than usual only from those whom `is_known(scope)` (asked in a page's
    thread) knows. `line_of(path)` says which pages wait for each other and for nobody else. A page that names a file in
    `X-Mellanrum-File` (a path inside `files_dir`) is answered with that file. `scheme` is what Django shall believe when a proxy
    ended TLS.
    """

    def __init__(
        self,
        wsgi_app: WsgiApp,
        *,
        spool_dir: Path,
        files_dir: Path | None = None,
        threads: int = 2,
        max_waiting: int = 32,
        max_uploads: int = 200,
        limit_for: Callable[[str], int] = lambda _path: DEFAULT_LIMIT,
        is_known: Callable[[Scope], bool] = lambda _scope: True,
        scheme: str | None = None,
        line_of: Callable[[str], str] = line_of,
    ) -> None:
        self._app = wsgi_app
        self._spool_dir, self._files_dir = spool_dir, files_dir or spool_dir / "no-files"
        self._line_of = line_of
        self._queues = {QUICK: PageQueue(QUICK, threads, max_waiting)}
        self._uploading, self._max_uploads = 0, max_uploads
        self._limit_for, self._is_known = limit_for, is_known
        self._scheme = scheme

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        queue = self._queue_for(scope["path"])
        if queue.is_full or self._uploading >= self._max_uploads:
            await _apologise(503, scope, send)
            return
        try:
            upload = await self._take(scope, receive)
            page = await self._run_in_turn(queue, self._environ(scope, upload), upload, receive)
        except TooLarge:
            await _apologise(413, scope, send)
        except TooSlow:
            await _apologise(408, scope, send)
        except ClientGone:
            return
        except Exception:  # noqa: BLE001 -- the page's own fault, or the spool's disk: the client is told, the log has why
            _log.exception("A page failed outside Django.")
            await _apologise(500, scope, send)
        else:
            await self._answer(page, scope, send)

    def _queue_for(self, path: str) -> PageQueue:
        line = self._line_of(path)
        if line not in self._queues:
            self._queues[line] = slow_line(line)
        return self._queues[line]

    @property
    def inside(self) -> int:
        """Pages that are being made or wait for it."""
        return sum(queue.inside for queue in self._queues.values())

    def close(self) -> None:
        """Let running pages finish and drop those that wait."""
        for queue in self._queues.values():
            queue.close()

    async def _take(self, scope: Scope, receive: Receive) -> Upload:
        """The whole body. Uploads hold no page's place, but there is an end to their number and to their time."""
        limit = self._limit_for(scope["path"])
        if limit > DEFAULT_LIMIT and not await asyncio.wrap_future(self._queues[QUICK].lookup(partial(self._is_known, scope))):
            limit = DEFAULT_LIMIT  # a stranger's page, or no page: what it says fits in little
        if (declared_length(scope) or 0) > limit:
            raise TooLarge
        upload = Upload(self._spool_dir, limit)
        self._uploading += 1
        try:
            await upload.take(receive)
        except BaseException:
            upload.close()
            raise
        finally:
            self._uploading -= 1
        return upload

    def _environ(self, scope: Scope, upload: Upload) -> dict[str, Any]:
        # `x_forwarded_for` and `x-forwarded-for` are one name in an environ: the first is how a client would speak as the proxy.
        headers = [pair for pair in scope["headers"] if b"_" not in pair[0] and pair[0] not in (b"content-length", b"transfer-encoding")]
        raw = scope["query_string"]
        query = raw if raw.isascii() else quote(raw, safe="%&=+;/?:@!$'()*,-._~").encode()
        seen = {**scope, "headers": headers, "query_string": query, "scheme": self._scheme or scope["scheme"]}
        environ: dict[str, Any] = {**build_environ(seen, upload.file)}  # type: ignore[arg-type]
        environ |= {"wsgi.errors": sys.stderr, "wsgi.multiprocess": False, "CONTENT_LENGTH": str(upload.size)}
        return environ

    async def _run_in_turn(self, queue: PageQueue, environ: dict[str, Any], upload: Upload, receive: Receive) -> _Page:
        """The page, when a thread has had time for it. Raises ClientGone; whoever leaves while waiting gives the place back."""
        loop = asyncio.get_running_loop()
        job = queue.enter(partial(_run, self._app, environ))

        def leave() -> None:
            queue.leave()
            upload.close()

        def done(_job: Future[_Page]) -> None:
            with contextlib.suppress(RuntimeError):  # the loop ended before the page did
                loop.call_soon_threadsafe(leave)

        job.add_done_callback(done)
        page = asyncio.wrap_future(job)
        gone = asyncio.ensure_future(_disconnect(receive))
        watched: list[asyncio.Future[Any]] = [page, gone]
        try:
            await asyncio.wait(watched, return_when=asyncio.FIRST_COMPLETED)
            if not page.done():
                raise ClientGone
            return page.result()
        finally:
            gone.cancel()
            page.cancel()  # reaches the job unless a thread has begun with it

    async def _answer(self, page: _Page, scope: Scope, send: Send) -> None:
        named = [value for name, value in page.headers if name == FILE_HEADER]
        headers = [pair for pair in page.headers if pair[0] not in (FILE_HEADER, b"content-length")]
        if named:
            try:
                await send_file(path_inside(self._files_dir, named[0].decode()), page.status, headers, scope, send)
            except OSError:
                _log.exception("A page names a file that cannot be sent.")
                await _apologise(404, scope, send)
        elif page.status in (204, 304):
            await send({"type": "http.response.start", "status": page.status, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
        else:
            await send_bytes(send, page.status, headers, page.body)


def _run(app: WsgiApp, environ: dict[str, Any]) -> _Page:
    """In a page thread: the whole answer, collected."""
    begun: list[tuple[str, list[tuple[str, str]]]] = []
    parts: list[bytes] = []

    def start_response(status: str, headers: list[tuple[str, str]], _exc_info: object = None) -> Callable[[bytes], None]:
        begun[:] = [(status, headers)]
        return parts.append

    pieces = app(environ, start_response)
    try:
        parts.extend(pieces)
    finally:
        close = getattr(pieces, "close", None)
        if close:
            close()
    status, headers = begun[0]
    return _Page(
        int(status[:3]),
        [(name.strip().lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers],
        b"".join(parts),
    )


async def _disconnect(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass


async def _apologise(status: int, scope: Scope, send: Send) -> None:
    headers, body = sorry_page(status, scope)
    if status == 503:
        headers = [*headers, (b"retry-after", b"%d" % retry_after())]
    await send_bytes(send, status, headers, body)
