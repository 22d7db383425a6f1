"""One made-up participant: joins, follows, answers, changes their mind, loses contact and comes back."""

from __future__ import annotations

import asyncio
import secrets
from collections import Counter
from contextlib import aclosing
from dataclasses import dataclass, field
from random import Random
from typing import Any
from urllib.parse import quote

from mellanrum.commands.simulate.answers import Temper, answers
from mellanrum.commands.simulate.http import Client, Event, Lost

PATIENCE_SECONDS = 60.0  # this long without any contact, then the person goes home
LATE, ARRIVALS = 0.08, (10.0, 40.0)  # the share of lifelike people who are late, and how late
PASSES = 0.07  # the share of exercises that a lifelike person passes
_GROUPED = 6  # contributions a request carries at most, as a phone's outbox would


class RoomGone(Exception):
    """The room is closed, the ticket is void or the server stays away."""


@dataclass
class Tally:
    """What the whole crowd has seen; `notes` counts by word."""

    notes: Counter[str] = field(default_factory=Counter)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass
class Person:
    number: int
    code: str
    client: Client
    tally: Tally
    chance: Random
    pace: float = 1.0
    lifelike: bool = False
    room: str = ""
    language: str = "sv"
    sent: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    last_contact: float = 0.0

    @property
    def temper(self) -> Temper:
        chance = Random(f"{self.number} temper")  # noqa: S311 - people, not secrets
        brief = 0.6 if self.lifelike else 0.0
        return Temper(lean=chance.uniform(0.3, 0.8), spread=0.18, silence=0.08, language=self.language, brief=brief)

    async def live(self) -> None:
        """The whole visit; ends when the room closes."""
        self.last_contact = asyncio.get_running_loop().time()
        is_late = self.lifelike and self.chance.random() < LATE
        await self._rest(*(ARRIVALS if is_late else (0, 4)))
        try:
            await self._join()
            while True:
                await self._follow()
        except RoomGone as gone:
            self.tally.notes[f"left: {gone}"] += 1

    async def _join(self) -> None:
        answer = await self._ask("POST", "/api/v1/rooms/join", {"code": self.code, "language": self.language})
        if answer.status not in {200, 201}:
            self.tally.problems[f"join: {_reason(answer.body, answer.status)}"] += 1
            raise RoomGone("not let in")
        self.room, self.client.ticket = answer.body["room_id"], answer.body["ticket"]
        self.tally.notes["joined"] += 1

    async def _follow(self) -> None:
        """One connection to the stream, from hello until it breaks off, says bye or the person walks out of reach."""
        walks_off = asyncio.get_running_loop().time() + self.chance.expovariate(1 / 60) + 10
        try:
            async with aclosing(self.client.events(self._path("events"))) as events:
                async for event in events:
                    self._was_heard()
                    await self._hear(event)
                    if asyncio.get_running_loop().time() > walks_off:
                        break
        except Lost:
            self.tally.notes["lost contact"] += 1
        self._check_patience()
        await self._rest(0.5, 3)
        self.tally.notes["came back"] += 1

    async def _hear(self, event: Event) -> None:
        if event.name == "cell" and isinstance(event.data, dict):
            self.tally.notes["cells"] += 1
            name = str(event.data.get("cell", ""))
            if name == "stage" and _is_closed(event.data.get("value")):
                raise RoomGone("closed")
            if name.startswith("exercise-") and event.data.get("value"):
                await self._look(name.removeprefix("exercise-"))
        elif event.name == "bye":
            reason = event.data.get("reason") if isinstance(event.data, dict) else ""
            if reason in {"closed", "elsewhere", "revoked"}:
                raise RoomGone(str(reason))

    async def _look(self, exercise: str) -> None:
        """Answer an exercise that is open and new; now and then change an answer given before."""
        if exercise in self.sent and self.chance.random() > 0.04:
            return
        await self._rest(0.2, 4)
        state = await self._ask("GET", self._path("state"))
        found = [one for one in (state.body or {}).get("exercises", ()) if one.get("id") == exercise] if state.status == 200 else []
        if not found or not found[0].get("accepts"):
            return
        if exercise in self.sent:
            await self._change(exercise, found[0])
        else:
            await self._answer(exercise, found[0])

    async def _answer(self, exercise: str, offer: dict[str, Any]) -> None:
        self.sent[exercise] = []
        if self.lifelike and self.chance.random() < PASSES:
            return
        chance = Random(f"{self.number} {exercise}")  # noqa: S311 - people, not secrets
        said = answers(offer["accepts"], chance=chance, temper=self.temper, slug=str(offer.get("slug", "")))
        items = [_item(exercise, kind, data) for kind, data in said]
        while items:
            await self._rest(0.3, 3)
            await self._send(exercise, items[:_GROUPED])
            items = items[_GROUPED:]

    async def _change(self, exercise: str, offer: dict[str, Any]) -> None:
        """Say one thing anew, or take one back."""
        accepts = offer["accepts"]
        earlier = self.sent[exercise]
        if earlier and "withdraw" in accepts and self.chance.random() < 0.3:
            taken = earlier.pop(self.chance.randrange(len(earlier)))
            await self._send(exercise, [_item(exercise, "withdraw", {"id": taken["id"]})])
            return
        said = answers(accepts, chance=self.chance, temper=self.temper, slug=str(offer.get("slug", "")))
        if said:
            await self._send(exercise, [_item(exercise, *self.chance.choice(said))])

    async def _send(self, exercise: str, items: list[dict[str, Any]]) -> None:
        """Until there is an answer: the same ids, so nothing is stored twice."""
        answer = await self._ask("POST", self._path("contributions"), items)
        if answer.status != 200:
            self.tally.problems[f"contributions: {_reason(answer.body, answer.status)}"] += 1
            return
        for item, result in zip(items, answer.body["results"], strict=True):
            self.tally.notes[result["status"]] += 1
            if result["status"] == "refused":
                self.tally.problems[f"refused: {result.get('reason')}"] += 1
            elif item["type"] != "withdraw":
                self.sent[exercise].append(item)

    async def _ask(self, method: str, path: str, body: object = None) -> Any:
        """A request, again and again while the server is away or asks us to wait. Raises RoomGone."""
        while True:
            try:
                answer = await self.client.request(method, path, body)
            except Lost:
                self.tally.notes["tried again"] += 1
                self._check_patience()
                await self._rest(1, 3)
                continue
            self._was_heard()
            if answer.status in {401, 410}:
                raise RoomGone(_reason(answer.body, answer.status))
            if answer.status not in {429, 503}:
                return answer
            self.tally.notes["asked to wait"] += 1
            await asyncio.sleep(answer.retry_after + self.chance.random())

    def _path(self, rest: str) -> str:
        return f"/api/v1/rooms/{quote(self.room)}/{rest}"

    def _was_heard(self) -> None:
        self.last_contact = asyncio.get_running_loop().time()

    def _check_patience(self) -> None:
        if asyncio.get_running_loop().time() - self.last_contact > PATIENCE_SECONDS:
            raise RoomGone("no contact")

    async def _rest(self, low: float, high: float) -> None:
        await asyncio.sleep(self.chance.uniform(low, high) * self.pace)


def _item(exercise: str, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return {"id": secrets.token_urlsafe(16), "exercise": exercise, "type": kind, "data": data}


def _is_closed(stage: object) -> bool:
    return isinstance(stage, dict) and stage.get("status") == "closed"


def _reason(body: object, status: int) -> str:
    return str(body.get("type", status)).removeprefix("/problems/") if isinstance(body, dict) else str(status)
