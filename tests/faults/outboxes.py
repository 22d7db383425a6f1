"""People with an outbox: what they write is sent until it is acknowledged, through every outage, and they remember what was promised."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

API = "/api/v1/rooms"
PACE = 0.5  # seconds between the requests of one person: what a ticket may
BROKEN = (OSError, asyncio.IncompleteReadError, asyncio.TimeoutError, ValueError, IndexError)


@dataclass
class Person:
    """One phone. `acknowledged` maps an id to the sequence number it was promised."""

    ticket: str
    room: str
    outbox: list[dict[str, Any]] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, dict[str, Any]] = field(default_factory=dict)
    outages: int = 0


class Wire:
    """One connection kept alive to one address; opened again after it broke."""

    def __init__(self, base: str) -> None:
        address = urlsplit(base)
        self.host, self.port = address.hostname or "127.0.0.1", address.port or 80
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, value: Any, ticket: str = "") -> tuple[int, Any]:
        """(status, decoded body). Raises one of BROKEN when the connection does."""
        try:
            return await asyncio.wait_for(self._post(path, value, ticket), timeout=8)
        except BROKEN:
            self.close()
            raise

    async def _post(self, path: str, value: Any, ticket: str) -> tuple[int, Any]:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        body = json.dumps(value).encode()
        bearer = f"Authorization: Bearer {ticket}\r\n" if ticket else ""
        head = f"POST {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\n{bearer}Content-Type: application/json\r\n"
        writer.write(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = (await reader.readuntil(b"\r\n\r\n")).lower()
        status = int(answer.split(b" ", 2)[1])
        length = int(answer.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
        return status, json.loads(await reader.readexactly(length) or b"null")

    def close(self) -> None:
        if self._streams is not None:
            self._streams[1].transport.abort()
        self._streams = None


async def enter(base: str, code: str, count: int) -> list[Person]:
    """That many new people in the room."""
    wires = [Wire(base) for _ in range(min(count, 16))]
    people: list[Person] = []

    async def some(wire: Wire, number: int) -> None:
        for _ in range(number):
            status, joined = await wire.post(f"{API}/join", {"code": code})
            assert status == 200, joined
            people.append(Person(joined["ticket"], joined["room_id"]))

    share = -(-count // len(wires))
    await asyncio.gather(*(some(wire, min(share, count - at * share)) for at, wire in enumerate(wires)))
    for wire in wires:
        wire.close()
    return people


async def write_on(base: str, person: Person, exercise: str, samples: list[tuple[str, dict[str, Any]]], until: asyncio.Event) -> None:
    """Write and send until told to stop; leaves what is not acknowledged in the outbox."""
    wire = Wire(base)
    chance = random.Random(person.ticket)
    try:
        while not until.is_set():
            for _ in range(chance.randint(1, 3)):
                kind, data = chance.choice(samples)
                item: dict[str, Any] = {"id": secrets.token_urlsafe(16), "exercise": exercise, "type": kind, "data": data}
                person.outbox.append(item)
                person.bodies[item["id"]] = item
            await send_outbox(wire, person)
            await _rest(until, PACE * chance.uniform(0.8, 1.4))
    finally:
        wire.close()


async def send_outbox(wire: Wire, person: Person) -> bool:
    """One try with all that waits. True when everything in it was acknowledged."""
    waiting = person.outbox[:100]
    try:
        status, answer = await wire.post(f"{API}/{person.room}/contributions", waiting, person.ticket)
    except BROKEN:
        person.outages += 1
        return False
    if status != 200:
        assert status in {429, 503, 507}, (status, answer)
        return False
    for result in answer["results"]:
        assert result["status"] in {"stored", "duplicate"}, result
        earlier = person.acknowledged.setdefault(result["id"], result["seq"])
        assert earlier == result["seq"], "the same id was promised two places"
    person.outbox = person.outbox[len(waiting) :]
    return True


async def empty_all(base: str, people: list[Person], within: float = 30.0) -> None:
    """Send until every outbox is empty. Raises AssertionError after the deadline."""
    stop = asyncio.get_running_loop().time() + within

    async def one(person: Person) -> None:
        wire = Wire(base)
        while person.outbox:
            assert asyncio.get_running_loop().time() < stop, "an outbox does not get empty"
            if not await send_outbox(wire, person):
                await asyncio.sleep(PACE)
        wire.close()

    await asyncio.gather(*map(one, people))


async def _rest(until: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(until.wait(), seconds)
    except TimeoutError:
        return


@dataclass
class Verdict:
    """What became of the promises. `lost` was acknowledged and is not there; `doubled` is there more than once."""

    promised: int
    lost: list[str]
    moved: list[str]


async def check_promises(base: str, people: list[Person]) -> Verdict:
    """Send everything acknowledged once more: whatever is there answers `duplicate` at its old place, whatever was lost is new."""
    lost: list[str] = []
    moved: list[str] = []

    async def one(person: Person) -> None:
        wire = Wire(base)
        ids = list(person.acknowledged)
        for start in range(0, len(ids), 100):
            part = ids[start : start + 100]
            for result in await _ask_again(wire, person, part):
                if result["status"] != "duplicate":
                    lost.append(result["id"])
                elif result["seq"] != person.acknowledged[result["id"]]:
                    moved.append(result["id"])
        wire.close()

    await asyncio.gather(*map(one, people))
    return Verdict(sum(len(person.acknowledged) for person in people), lost, moved)


async def _ask_again(wire: Wire, person: Person, ids: list[str]) -> list[dict[str, Any]]:
    items = [person.bodies[id_] for id_ in ids]
    for _ in range(40):
        status, answer = await wire.post(f"{API}/{person.room}/contributions", items, person.ticket)
        if status == 200:
            return list(answer["results"])
        await asyncio.sleep(PACE)
    raise AssertionError(f"no answer but {status}")
