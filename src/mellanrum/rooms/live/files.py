"""Files from the data folder, sent in pieces, read by a thread that is not a page's."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO, Final

from mellanrum.rooms.live.http import Header, Scope, Send
from mellanrum.rooms.live.protocol import TRANSPORT

_PIECE: Final = 64 * 1024


def path_inside(folder: Path, name: str) -> Path:
    """The file of that name in the folder. Raises FileNotFoundError for a name that leads out of it."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise FileNotFoundError(name)
    return path


async def send_file(path: Path, status: int, headers: Iterable[Header], scope: Scope, send: Send) -> None:
    """Answer with the file as it is now. Raises OSError when it cannot be opened, before anything is sent."""
    file: BinaryIO = await asyncio.to_thread(path.open, "rb")
    with file:
        size = os.fstat(file.fileno()).st_size
        await send({"type": "http.response.start", "status": status, "headers": [*headers, (b"content-length", b"%d" % size)]})
        await _send_pieces(file, 0 if scope["method"] == "HEAD" else size, scope, send)


async def _send_pieces(file: BinaryIO, left: int, scope: Scope, send: Send) -> None:
    transport = scope.get("extensions", {}).get(TRANSPORT)
    while True:
        piece = await asyncio.to_thread(file.read, min(_PIECE, left)) if left else b""
        if left and not piece:
            return  # cut short on disk: the server closes, so the client sees that something is missing
        left -= len(piece)
        await send({"type": "http.response.body", "body": piece, "more_body": left > 0})
        if not left or (transport and transport.is_closing()):
            return
