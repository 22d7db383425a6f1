"""The rehearsals that go on in this process: each has a thread that keeps its people and, when asked to, walks through the run sheet."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec
from django.db import connections

from mellanrum.core.ids import random_id
from mellanrum.rooms.live.contributing import give
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import Holder
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.rehearsal.crowd import Crowd
from mellanrum.rooms.rehearsal.moving import move_ahead, tell_walking
from mellanrum.rooms.rehearsal.walk import Pace, Walk, act_on, share_of_step
from mellanrum.rooms.stage.gate import Item

if TYPE_CHECKING:
    from mellanrum.rooms.live.engine import Engine
    from mellanrum.rooms.live.room import LiveRoom
    from mellanrum.rooms.models import Room

logger = logging.getLogger(__name__)

LONGEST = 4 * 3600.0  # seconds; who comes back after lunch still finds it
TICK = 0.25
LEAVING = 15.0


class Going(threading.Thread):
    """`forgotten(room_id)` is called when it has gone on for hours."""

    def __init__(self, engine: Engine, room: Room, *, people: int, user: int, forgotten: Callable[[str], None]) -> None:
        super().__init__(name="rehearsal", daemon=True)
        self._engine = engine
        self._room_id, self._language = room.id, room.language
        self._people, self._user = people, user
        self._forgotten = forgotten
        self._crowd = Crowd(room.code or "", people=people, language=room.language, base=engine.local_url)
        self._wake = threading.Event()
        self._walk: Walk | None = None
        self._is_over = False

    def walk(self, *, on: bool, pace: Pace | None = None) -> None:
        """Go through the run sheet by itself from where the room stands, or stop that."""
        self._walk = Walk(self._people, pace) if on else None
        self._wake.set()

    @property
    def has_died(self) -> bool:
        return self.ident is not None and not self.is_alive()

    def stop(self) -> None:
        """Send the people home and end."""
        self._is_over = True
        self._wake.set()
        self._crowd.stop()
        if self.is_alive() and self is not threading.current_thread():
            self.join(LEAVING)

    def run(self) -> None:
        until = time.monotonic() + LONGEST
        try:
            self._crowd.start()
            while not self._is_over and time.monotonic() < until:
                self._wake.wait(TICK if self._walk else until - time.monotonic())
                self._wake.clear()
                self.try_to_go_on()
            if not self._is_over:
                self._forgotten(self._room_id)
        except Exception:
            logger.exception("A rehearsal went wrong.")
        finally:
            self._crowd.stop()
            connections.close_all()

    @property
    def is_walking(self) -> bool:
        return self._walk is not None

    def try_to_go_on(self) -> None:
        """What does not work out ends the walk, not the rehearsal."""
        try:
            self._go_on()
        except Exception:  # a room that does not answer now may do so when its crew presses again
            logger.exception("A rehearsal could not go on by itself.")
            self._walk = None

    def _go_on(self) -> None:
        """Tell the crew whether it walks, and go one step when it is due."""
        if self._is_over:
            return
        room = self._engine.wait(self._engine.room(self._room_id), LEAVING)
        if room is None:
            self._is_over = True
            return
        walk = self._walk
        if walk and (room.snapshot.stage.is_closed or (walk.due(room, time.monotonic()) and not self._take_step(room))):
            self._walk = walk = None
        if room.is_walking != bool(walk):
            self._engine.wait(tell_walking(self._engine, room, is_walking=bool(walk)))

    def _take_step(self, room: LiveRoom) -> bool:
        """As the crew does it, after the time the step would have taken; False when the room did not take it."""
        self._engine.wait(move_ahead(self._engine, room, share_of_step(room)))
        kind, data = act_on(room.snapshot)
        item = Item(random_id(), STAGE, kind, msgspec.Raw(msgspec.json.encode(data)))
        said = self._engine.wait(give(self._engine, room, self._sender(), [item]), LEAVING)
        return not isinstance(said, str) and all(result.status == "stored" for result in said)

    def _sender(self) -> Sender:
        holder = Holder(hash="", room_id=self._room_id, kind="crew", name=f"crew:{self._user}", language=self._language, expires_at=0)
        return Sender(holder, "", "room", holder)


class Rehearsals:
    """Those of this process, by room."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._going: dict[str, Going] = {}

    def add(self, room_id: str, going: Going) -> None:
        with self._lock:
            self._going[room_id] = going

    def get(self, room_id: str) -> Going | None:
        """None also when its thread has died: nothing would end it any more but housekeeping."""
        going = self._going.get(room_id)
        return None if going is not None and going.has_died else going

    def stop(self, room_id: str) -> None:
        with self._lock:
            going = self._going.pop(room_id, None)
        if going:
            going.stop()

    def stop_all(self) -> None:
        """The server ends: nobody made up stays behind. The rooms are cleared at the next start."""
        for room_id in list(self._going):
            self.stop(room_id)


rehearsals = Rehearsals()
