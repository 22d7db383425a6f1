"""The live part of one process: its threads, its rooms in memory and the way between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Coroutine
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.ledger.writer import Writer
from mellanrum.rooms.live import loading, mirror
from mellanrum.rooms.live.closing import close_due
from mellanrum.rooms.live.codes import Doors, GuessBrake
from mellanrum.rooms.live.desk import Desk, resolve
from mellanrum.rooms.live.events import BEAT_SECONDS, beat, say_bye
from mellanrum.rooms.live.pairing import Pairings
from mellanrum.rooms.live.refolding import Refolding
from mellanrum.rooms.live.stage_room import StageRoom
from mellanrum.rooms.live.stage_thread import StageThread
from mellanrum.rooms.live.streams import Connection, Stream, StreamKey
from mellanrum.rooms.live.tickets import Holder, TicketCache
from mellanrum.rooms.live.unloading import unload_idle

if TYPE_CHECKING:
    from mellanrum.rooms.ledger.rows import NewParticipant, NewTicket, Row
    from mellanrum.rooms.ledger.store import Ledger
    from mellanrum.rooms.live.room import LiveRoom

T = TypeVar("T")


class Engine:
    """Everything here belongs to the loop's thread, except what is said to be posted.

    `base_url` is what the operator configured (empty on loopback); `public_url` is what people open, never empty; `local_url` is
    where this computer finds the server.
    """

    def __init__(
        self,
        writer: Callable[..., Writer],
        *,
        server_key: bytes,
        base_url: str,
        public_url: str,
        assets_release: str,
        local_url: str = "",
    ) -> None:
        self.server_key = server_key
        self.base_url = base_url
        self.public_url = public_url
        self.local_url = local_url or public_url
        self.assets_release = assets_release
        self.stage = StageThread()
        self._desk = Desk(self.stage)
        self.ask, self._soon = self._desk.ask, self._desk.soon
        self.writer = writer(deliver=self._desk.deliver, committed=self._committed)
        self.rooms: dict[str, LiveRoom] = {}
        self.doors = Doors()
        self.brake = GuessBrake()
        self.pairings = Pairings()
        self.tickets = TicketCache()
        self.refolding = Refolding(self.ask, self._reload)
        self.listening: dict[str, dict[Connection, None]] = {}
        self.troubled: set[str] = set()  # rooms that could not be closed in time
        self._closing: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Start the threads and learn which doors are open."""
        self._desk.loop = asyncio.get_running_loop()
        self.stage.start()
        self.writer.start()
        for room_id, code, key in await self.ask(loading.open_doors):
            self.doors.add(room_id, code, key)
        self.loop.call_later(BEAT_SECONDS, self._beat)

    def say_goodbye(self) -> None:
        """On the loop, before the port closes: every client knows when to come back."""
        self.say_bye("restart")

    def stop(self) -> None:
        """After the loop has ended: store what waits, end the threads."""
        if self.writer.is_alive():
            self.writer.stop()
        if self.stage.is_alive():
            self.stage.stop()
            self.stage.join()

    @property
    def loop(self) -> asyncio.AbstractEventLoop:
        return self._desk.loop

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")

    # -- rooms and tickets -------------------------------------------------------------------------------------

    async def room(self, room_id: str) -> LiveRoom | None:
        """The room, loaded and folded when it is not in memory; None when there is none."""
        return self.rooms.get(room_id) or await self.ask(partial(self._load, room_id))

    def _load(self, room_id: str) -> LiveRoom | None:
        """On the stage thread."""
        stage_room = self.stage.rooms.get(room_id) or loading.load_room(self, room_id)
        if stage_room is None:
            return None
        self.stage.rooms[room_id] = stage_room
        if room_id not in self.rooms:
            self.rooms[room_id] = stage_room.room
            self.stage.post(partial(mirror.catch_up, room_id, stage_room.room.snapshot))
        return stage_room.room

    async def reload(self, room_id: str) -> None:
        """Fold the room again from its ledger, after something in it was erased."""
        await self.refolding.again(room_id)

    def _reload(self, room_id: str) -> None:
        room, fresh = self.stage.rooms.get(room_id), loading.load_room(self, room_id)
        if room is not None and fresh is not None:
            room.fold_anew(fresh)
            self.stage.stir(room_id)

    async def make_final(self, room_id: str) -> None:
        """From now on the room takes nothing more; when this returns, what was on its way is stored."""
        await self.ask(partial(self._make_final, room_id))
        await self.in_writers_turn(lambda ledger: None)

    def _make_final(self, room_id: str) -> None:
        """On the stage thread, where rooms are loaded: one that is not here will be read as final."""
        if room_id in self.stage.rooms:
            self.stage.rooms[room_id].room.is_final = True

    async def in_writers_turn(self, work: Callable[[Ledger], T]) -> T:
        """Run it with the ledger on the writer's thread, behind everything given until now. Raises what it raises, or LedgerUnavailable."""
        future: asyncio.Future[T | Exception] = self.loop.create_future()
        self.writer.call(work, partial(resolve, future))
        result = await future
        if isinstance(result, Exception):
            raise result
        return result

    async def holder(self, ticket: str) -> Holder | None:
        """Who holds the ticket with this hash; None for unknown, revoked and expired ones."""
        holder = self.tickets.get(ticket)
        if holder is not None or self.tickets.is_unknown(ticket):
            return holder
        holder = await self.ask(partial(loading.find_holder, ticket, self.stage))
        if holder is None:
            self.tickets.add_unknown(ticket)
        elif self.tickets.is_unknown(ticket):  # taken back while it was read
            return None
        else:
            self.tickets.add(holder)
        return holder

    async def store_participant(self, room: LiveRoom, participant: NewParticipant, ticket: NewTicket) -> bool:
        """Store somebody who joins, in the writer's next transaction; False when it cannot be stored now."""
        future: asyncio.Future[LedgerUnavailable | None] = self.loop.create_future()
        try:
            self.writer.mint(participant, ticket, partial(resolve, future))
        except LedgerUnavailable:
            return False
        if await future is not None:
            return False
        self.stage.post(partial(self._joined, room.id, participant.organisation))
        return True

    def _joined(self, room_id: str, organisation: str) -> None:
        room = self.stage.rooms.get(room_id)
        if room is not None:  # else whoever reads it next finds them there
            room.joined(organisation)
            self.stage.stir(room_id)

    # -- streams -----------------------------------------------------------------------------------------------

    def stream(self, room: LiveRoom, key: StreamKey) -> Stream:
        """The stream of that key; its cells are drawn when `ready` is done, and kept up to date from then on.

        Connect before anything else is awaited: a stream whose last listener leaves is forgotten.
        """
        stream = room.streams.get(key)
        if stream is None:
            stream = room.streams[key] = Stream(key)
            stream.ready = self.loop.create_task(self.ask(partial(self._attach, room.id, stream)))
        return stream

    def _attach(self, room_id: str, stream: Stream) -> None:
        """On the stage thread. The loop gets it in one line with all that is published, so the newest always wins."""
        self._soon(stream.fill, *self.stage.rooms[room_id].attach(stream.key))

    def connect(self, connection: Connection) -> None:
        connection.stream.connections.add(connection)
        self.listening.setdefault(connection.holder_hash, {})[connection] = None

    def disconnect(self, room: LiveRoom, connection: Connection) -> None:
        stream = connection.stream
        stream.connections.discard(connection)
        theirs = self.listening.get(connection.holder_hash, {})
        theirs.pop(connection, None)
        if not theirs:
            self.listening.pop(connection.holder_hash, None)
        if not stream.connections and room.streams.get(stream.key) is stream:
            del room.streams[stream.key]
            self.stage.post(partial(self._detach, room.id, stream.key))

    def _detach(self, room_id: str, key: StreamKey) -> None:
        """On the stage thread."""
        room = self.stage.rooms.get(room_id)
        if room is not None:  # else the room has gone before its last listener
            room.detach(key)

    def publish(self, room: LiveRoom, key: StreamKey, v: int, cells: dict[str, bytes], gone: frozenset[str]) -> None:
        """From the stage thread: changed cells of one stream; those in `gone` are there no more."""
        self._soon(self._publish, room, key, v, cells, gone)

    @staticmethod
    def _publish(room: LiveRoom, key: StreamKey, v: int, cells: dict[str, bytes], gone: frozenset[str]) -> None:
        stream = room.streams.get(key)
        if stream is not None:  # else its last listener has just gone
            stream.publish(v, cells, gone)

    def say_bye(self, reason: str) -> None:
        """End every stream of this process."""
        for theirs in list(self.listening.values()):
            for connection in list(theirs):
                say_bye(connection, reason)

    def _beat(self) -> None:
        self.loop.call_later(BEAT_SECONDS, self._beat)  # first: whatever happens below, the next one comes
        unload_idle(self, time.monotonic())
        if self._closing is None or self._closing.done():
            self._closing = self.loop.create_task(close_due(self))
        for room in list(self.rooms.values()):
            beat(room)

    # -- between the threads -----------------------------------------------------------------------------------

    def _committed(self, rows: list[Row]) -> None:
        """On the writer thread, after COMMIT: fold them, each room by itself, so that no room's fault is another's."""
        by_room: dict[str, list[Row]] = {}
        for row in rows:
            by_room.setdefault(row.room, []).append(row)
        for room_id, theirs in by_room.items():
            self.stage.post(partial(self._fold, room_id, theirs))

    def _fold(self, room_id: str, rows: list[Row]) -> None:
        room = self.stage.rooms.get(room_id)
        if room is None:
            return  # whoever reads it next folds them
        if rows[0].seq > room.fold.v + 1:  # something before them was lost on the way: the ledger has it
            self._reload(room_id)
        room.fold_rows(rows)
        self.stage.stir(room_id)

    # -- from other threads of this process --------------------------------------------------------------------

    def wait(self, work: Coroutine[Any, Any, T], seconds: float = 5.0) -> T:
        """From a page thread: run something on the loop and wait for it. Raises TimeoutError."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(seconds)

    def room_opened(self, room_id: str, code: str | None, key: str) -> None:
        self._soon(self.doors.add, room_id, code, key)

    def table_got_a_phone(self, room_id: str, table: int) -> None:
        self._tell(room_id, lambda room: room.table_got_a_phone(table))

    def crew_came(self, room_id: str, name: str, called: str) -> None:
        self._tell(room_id, lambda room: room.crew_came(name, called))

    def _tell(self, room_id: str, tell: Callable[[StageRoom], None]) -> None:
        self.stage.post(partial(self._told, room_id, tell))

    def _told(self, room_id: str, tell: Callable[[StageRoom], None]) -> None:
        """On the stage thread."""
        room = self.stage.rooms.get(room_id)
        if room is not None:  # else whoever reads it next finds it there
            tell(room)
            self.stage.stir(room_id)

    def tickets_revoked(self, tickets: set[str]) -> None:
        self._soon(self.revoke, tickets)

    def revoke(self, tickets: set[str]) -> None:
        """Let these tickets open nothing any more, and end their streams."""
        self.tickets.drop(tickets)
        for ticket in tickets:
            for connection in list(self.listening.get(ticket, ())):
                say_bye(connection, "revoked")
