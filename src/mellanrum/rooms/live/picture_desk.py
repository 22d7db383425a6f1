"""`POST pictures`: a photo that crew or a table brings, drawn anew on a thread of its own before it is anything here."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec
from django.utils import translation

from mellanrum.core.picture_files import NotStored, remove_picture, store_picture
from mellanrum.core.picture_kinds import HEAVY, MOST_BYTES
from mellanrum.core.pictures import NotAPicture, reencoded
from mellanrum.rooms.live.http import ClientGone, TooLarge, declared_length, problem, send_json
from mellanrum.rooms.live.items import Brought
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.uploads import TooSlow, Upload

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.request import Request
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.live.tickets import Holder
    from mellanrum.rooms.live.visitor import Visitor

MOST_AT_ONCE: Final = 40  # on their way in, or waiting to be drawn; each lies in a file meanwhile


class PictureDesk:
    """One thread, one picture at a time; `data` is the data folder."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="picture")
        self._inside = 0

    def close(self) -> None:
        """Let the one that is being drawn finish and drop those that wait."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def take(self, engine: Engine, holder: Holder, found: Visitor, request: Request) -> None:
        """Answer with the picture's name, for a contribution to name; or with the problem, in words that say what to do."""
        slug = self._cannot_bring(engine, holder, found, request)
        if slug:
            return await request.refuse(slug, retry=int(holder.pictures.wait()) + 1 if slug == "too-fast" else None)
        room = engine.rooms.get(holder.room_id)
        self._inside += 1
        try:
            brought = await self._bring(request)
            remember(self._data, room, brought.picture)
        except (NotAPicture, NotStored) as error:
            slug = "not-a-picture" if isinstance(error, NotAPicture) else "storage-full"
            return await _tell(request, slug, error.reason)
        except TooLarge:
            return await _tell(request, "too-large", HEAVY)
        except TooSlow:
            return await request.refuse("too-slow")
        except ClientGone:
            return None
        finally:
            self._inside -= 1
        return await send_json(request.send, 200, msgspec.json.encode(brought))

    def _cannot_bring(self, engine: Engine, holder: Holder, found: Visitor, request: Request) -> str | None:
        """Why the request is refused before its body is read: the slug of a problem."""
        if found.is_cookie and not request.is_from_our_page(engine.base_url):
            return "origin"
        if not holder.may_bring_pictures:
            return "no-right"
        if self._inside >= MOST_AT_ONCE:
            return "busy"
        return None if holder.pictures.take() else "too-fast"

    async def _bring(self, request: Request) -> Brought:
        if (declared_length(request.scope) or 0) > MOST_BYTES:
            raise TooLarge
        upload = Upload(self._data / "tmp", MOST_BYTES)
        try:
            await upload.take(request.receive)
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self._thread, lambda: bring(self._data, upload.file.read()))
        finally:
            upload.close()


def bring(data: Path, content: bytes) -> Brought:
    """Draw the picture anew and store it. Takes a second: not for the loop or the stage. Raises NotAPicture, NotStored."""
    picture = reencoded(content)
    return Brought(store_picture(data, picture), picture.width, picture.height)


def remember(data: Path, room: LiveRoom | None, name: str) -> None:
    """What is uploaded in a rehearsal goes with it, also when nothing names it, and at once when the rehearsal is over meanwhile."""
    if room is None or not room.is_rehearsal:
        return
    room.brought.append(name)
    if room.is_final:
        remove_picture(data, name)


async def _tell(request: Request, slug: str, reason: Promise) -> None:
    found = PROBLEMS[slug]
    with translation.override(request.language):
        title, detail = str(found.title), str(reason)
    await problem(request.send, slug, found.status, title, detail)
