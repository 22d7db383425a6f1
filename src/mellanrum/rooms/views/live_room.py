"""The way from a page thread to the room in memory."""

from __future__ import annotations

import time

from django.http import Http404
from django.utils.translation import get_language

from mellanrum.rooms.live.contributing import give
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.items import Result
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.running import running
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.stage.gate import Item


class NotServing(Exception):
    """No live engine runs in this process, so a room can be read but not entered."""


def the_engine() -> Engine:
    """The engine of this process. Raises NotServing in commands and in tests without a server."""
    engine = running()
    if engine is None:
        raise NotServing
    return engine


def live_room(room_id: str) -> LiveRoom:
    """The room in memory, loaded when it is not. Raises Http404 when there is none."""
    engine = the_engine()
    room = engine.rooms.get(room_id) or engine.wait(engine.room(room_id))
    if room is None:
        raise Http404
    room.used_at = time.monotonic()
    return room


def give_from_page(room: LiveRoom, sender: Sender, items: list[Item]) -> list[Result] | str:
    """Submit and wait: results, or the slug of a problem. `busy` when nobody answered in time; trying again is safe then."""
    engine = the_engine()
    try:
        return engine.wait(give(engine, room, sender, items))
    except TimeoutError:
        return "busy"


class Reader:
    """The person who reads this page, for sentences that are said on another thread."""

    def __init__(self) -> None:
        self.language = get_language() or "sv"
