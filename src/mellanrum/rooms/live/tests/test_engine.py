"""Between the threads: the newest cell wins, a ticket taken back stays taken back, one fault stays one fault."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from mellanrum.rooms.live import loading
from mellanrum.rooms.live.engine import Engine
from mellanrum.rooms.live.streams import Connection, StreamKey
from mellanrum.rooms.live.tests.test_stage_room import room_with, row_of
from mellanrum.rooms.live.tests.test_streams import Wire
from mellanrum.rooms.live.tickets import HOLDERS_REMEMBERED, Holder, TicketCache
from mellanrum.rooms.live.unloading import IDLE_SECONDS, unload_idle
from mellanrum.rooms.stage.tests.factory import act

KEY = StreamKey("phone", "sv", "json")


def holder(name: str = "h", _stage: object = None, room: str = "r") -> Holder:
    return Holder(hash=name, room_id=room, kind="participant", name="p", language="sv", expires_at=2**40)


def run(scenario: Callable[[Engine], Awaitable[None]]) -> None:
    """With an engine whose stage stands still: the test runs what was posted, one job at a time."""

    async def main() -> None:
        engine = Engine(lambda **_: None, server_key=b"k", base_url="", public_url="http://x.example", assets_release="1")  # type: ignore[arg-type]
        engine._desk.loop = asyncio.get_running_loop()
        await scenario(engine)

    asyncio.run(main())


async def posted(engine: Engine) -> Callable[[], None]:
    """The next job for the stage thread."""
    await asyncio.sleep(0)  # a task begun a moment ago comes to its question
    job = engine.stage._jobs.get_nowait()
    assert job is not None
    return job


def test_a_ticket_taken_back_while_it_is_read_opens_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "find_holder", holder)

    async def scenario(engine: Engine) -> None:
        asked = asyncio.create_task(engine.holder("h"))
        (await posted(engine))()  # it was still in the database
        engine.revoke({"h"})
        assert await asked is None
        assert await engine.holder("h") is None

    run(scenario)


def test_a_ticket_that_is_read_in_peace_opens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "find_holder", holder)

    async def scenario(engine: Engine) -> None:
        asked = asyncio.create_task(engine.holder("h"))
        (await posted(engine))()
        found = await asked
        assert found is not None
        assert await engine.holder("h") is found

    run(scenario)


def test_a_stream_that_begins_keeps_nothing_older_than_its_beginning() -> None:
    room, _ = room_with(act("message", 1, text="nu"))

    async def scenario(engine: Engine) -> None:
        engine.stage.rooms["r"] = room
        stream = engine.stream(room.room, KEY)
        attach = await posted(engine)
        engine.publish(room.room, KEY, 0, {"stage": b"then", "exercise-x": b"then"}, frozenset())  # meant for an earlier listener
        attach()
        engine.publish(room.room, KEY, 2, {"people": b"gone"}, frozenset({"people"}))  # in the same turn of the loop
        await stream.ready
        assert b"nu" in stream.cells["stage"]
        assert stream.v == 2
        assert stream.cells.keys().isdisjoint({"exercise-x", "people"})

    run(scenario)


def test_revoking_ends_streams_and_nothing_is_written_after() -> None:
    room, _ = room_with()

    async def scenario(engine: Engine) -> None:
        engine.stage.rooms["r"] = room
        wire = Wire()
        connection = Connection(engine.stream(room.room, KEY), "h", None, wire)  # type: ignore[arg-type]
        engine.connect(connection)
        connection.is_open = True
        (await posted(engine))()
        engine.revoke({"h"})
        connection.stream.broadcast(b"secret")
        assert b"revoked" in b"".join(wire.written)
        assert b"secret" not in b"".join(wire.written)
        await connection.stream.ready

    run(scenario)


def test_an_answer_that_cannot_be_told_holds_back_no_other() -> None:
    told: list[Any] = []

    def broken(_: object) -> None:
        raise ZeroDivisionError

    async def scenario(engine: Engine) -> None:
        engine._desk.deliver([(broken, 1), (told.append, 2)])
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert told == [2]

    run(scenario)


def test_rows_of_a_room_that_cannot_be_folded_hold_back_no_other() -> None:
    room, _ = room_with()

    async def scenario(engine: Engine) -> None:
        engine.stage.rooms["r"] = room
        engine.stage.rooms["another"] = room_with()[0]
        engine.stage.rooms["another"].fold = None  # type: ignore[assignment]  # so that folding fails
        rows = [row_in("another"), row_in("r")]
        engine._committed(rows)
        for _ in rows:
            engine.stage._run(await posted(engine))
        assert room.room.snapshot.v == 1

    run(scenario)


def test_a_room_nobody_comes_to_leaves_memory_and_one_with_listeners_stays() -> None:
    quiet, busy = room_with()[0], room_with()[0]
    busy.room.id = "busy"

    async def scenario(engine: Engine) -> None:
        for one in (quiet, busy):
            engine.stage.rooms[one.room.id] = one
            engine.rooms[one.room.id] = one.room
        stream = engine.stream(busy.room, KEY)
        (await posted(engine))()
        await stream.ready
        now = quiet.room.used_at
        unload_idle(engine, now + IDLE_SECONDS / 2)
        assert engine.rooms.keys() == {"r", "busy"}
        engine.stage.stir("r")
        unload_idle(engine, now + IDLE_SECONDS + 1)
        (await posted(engine))()
        assert engine.rooms.keys() == engine.stage.rooms.keys() == {"busy"}
        engine._committed([row_in("r")])  # what was on its way finds it in the ledger
        (await posted(engine))()
        engine.stage._render()

    run(scenario)


def row_in(room: str) -> Any:
    row = row_of(act("message", 1, text="hej"))
    row.room = room
    return row


def test_the_cache_of_tickets_has_an_end() -> None:
    cache = TicketCache()
    for number in range(HOLDERS_REMEMBERED + 1):
        cache.add(holder(str(number)))
    assert cache.get("0") is None
    assert cache.get(str(HOLDERS_REMEMBERED)) is not None
    assert not cache.is_unknown("0")  # it is read again when it comes


def test_rows_lost_on_the_way_to_the_fold_are_read_from_the_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    acts = [act("next", 1), act("message", 2, text="två"), act("freeze", 3)]
    read: list[str] = []

    def load(engine: Engine, room_id: str) -> object:
        read.append(room_id)
        return room_with(*acts)[0]

    monkeypatch.setattr(loading, "load_room", load)

    async def scenario(engine: Engine) -> None:
        room = engine.stage.rooms["r"] = room_with(acts[0])[0]
        engine._fold("r", [row_of(acts[1])])
        assert read == []  # what follows needs no reading
        room = engine.stage.rooms["r"] = room_with(acts[0])[0]
        engine._fold("r", [row_of(acts[2])])
        assert read == ["r"]
        assert room.room.snapshot.v == 3
        assert room.room.snapshot.stage.message == "två"

    run(scenario)


def test_a_room_that_many_want_folded_again_at_once_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def load(engine: Engine, room_id: str) -> object:
        read.append(room_id)
        return room_with(act("next", 1))[0]

    monkeypatch.setattr(loading, "load_room", load)

    async def scenario(engine: Engine) -> None:
        engine.stage.rooms["r"] = room_with()[0]
        first = [asyncio.create_task(engine.reload("r")) for _ in range(50)]
        job = await asyncio.wait_for(_next_job(engine), 5)
        job()
        late = asyncio.create_task(engine.reload("r"))  # the reading has been: this one may have erased something since
        await asyncio.wait_for(asyncio.gather(*first), 5)
        assert read == ["r"]
        assert engine.stage.rooms["r"].room.snapshot.v == 1
        (await asyncio.wait_for(_next_job(engine), 5))()
        await asyncio.wait_for(late, 5)
        assert read == ["r", "r"]
        assert engine.stage._jobs.empty()

    run(scenario)


async def _next_job(engine: Engine) -> Callable[[], None]:
    while engine.stage._jobs.empty():  # noqa: ASYNC110 - a queue of threads has no event of the loop
        await asyncio.sleep(0)
    return await posted(engine)
