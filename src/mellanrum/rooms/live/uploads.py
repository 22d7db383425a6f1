"""A request's body on its way in: in memory while it is small, in an unnamed file when it is not."""

from __future__ import annotations

import asyncio
import tempfile
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from mellanrum.rooms.live.http import ClientGone, Message, Receive, TooLarge

DEFAULT_LIMIT: Final = 256 * 1024
_IN_MEMORY: Final = 256 * 1024
# Slower than this in all is no upload any more, however steadily it drips.
_PATIENCE_SECONDS: Final = 60
_SLOWEST_BYTES_PER_SECOND: Final = 8 * 1024


class TooSlow(Exception):
    """The body did not arrive in reasonable time, though something kept coming."""


class Upload:
    """Collects the body of one request. Writing to disk happens in a thread: a slow disk holds this upload only."""

    def __init__(self, spool_dir: Path, limit: int) -> None:
        self._spool_dir = spool_dir
        self.limit = limit
        self.size = 0
        self.file: BinaryIO = BytesIO()
        self._waiting = bytearray()  # what is to be written to disk next

    async def take(self, receive: Receive) -> None:
        """All of it; `file` then stands at its beginning. Raises ClientGone, TooLarge, TooSlow."""
        message = await receive()
        if not message.get("more_body", False):
            await self._add(message)  # nearly every request: here already
            return
        try:
            async with asyncio.timeout(_PATIENCE_SECONDS + self.limit / _SLOWEST_BYTES_PER_SECOND):
                await self._add(message)
                while message.get("more_body", False):
                    message = await receive()
                    await self._add(message)
        except TimeoutError:
            raise TooSlow from None

    async def _add(self, message: Message) -> None:
        if message["type"] == "http.disconnect":
            raise ClientGone
        self.size += len(message.get("body", b""))
        if self.size > self.limit:
            raise TooLarge
        self._waiting += message.get("body", b"")
        last = not message.get("more_body", False)
        if self.size > _IN_MEMORY and (last or len(self._waiting) >= _IN_MEMORY):
            await asyncio.to_thread(self._write)
        if last:
            self._finish()

    def close(self) -> None:
        self.file.close()

    def _write(self) -> None:
        if isinstance(self.file, BytesIO):
            self._spool_dir.mkdir(parents=True, exist_ok=True)
            self.file = tempfile.TemporaryFile(dir=self._spool_dir)  # noqa: SIM115 -- closed with the upload
        self.file.write(self._waiting)
        self._waiting.clear()

    def _finish(self) -> None:
        if isinstance(self.file, BytesIO):
            self.file = BytesIO(self._waiting)
        self.file.seek(0)
