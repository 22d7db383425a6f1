"""A small synchronous client of the public protocol: nothing in it knows how the product is made."""

from __future__ import annotations

import contextlib
import http.client
import json
import queue
import secrets
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import urlsplit

API = "/api/v1/rooms"


def new_id() -> str:
    """A contribution's id: 128 random bits."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Answer:
    """One HTTP response, read whole."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    def header(self, name: str) -> str:
        return str(self.headers.get(name, ""))


def call(base: str, method: str, path: str, *, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Answer:
    """One request on a connection of its own."""
    address = urlsplit(base)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=20)
    try:
        connection.request(method, path, body=body, headers=dict(headers or {}))
        response = connection.getresponse()
        return Answer(response.status, response.headers, response.read())
    finally:
        connection.close()


def post_json(base: str, path: str, value: Any, headers: Mapping[str, str] | None = None) -> Answer:
    return call(base, "POST", path, body=json.dumps(value).encode(), headers={"Content-Type": "application/json", **(headers or {})})


@dataclass(frozen=True)
class Event:
    name: str
    data: Any
    received: float


class Stream:
    """A listener to `GET events`. Events are read by a thread and taken with a deadline."""

    def __init__(self, base: str, path: str, headers: Mapping[str, str]) -> None:
        address = urlsplit(base)
        self._connection = http.client.HTTPConnection(address.hostname or "", address.port, timeout=60)
        self._connection.request("GET", path, headers={"Accept": "text/event-stream", **headers})
        self._socket = self._connection.sock
        self.response = self._connection.getresponse()
        self.status, self.headers = self.response.status, self.response.headers
        self.raw = b""
        self.cells: dict[str, Any] = {}
        self.versions: dict[str, int] = {}
        self._queue: queue.Queue[Event | None] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        name, data = "message", b""
        try:
            while line := self.response.readline():
                self.raw += line
                line = line.rstrip(b"\r\n")
                if line.startswith(b"event:"):
                    name = line[6:].strip().decode()
                elif line.startswith(b"data:"):
                    data += line[5:].strip()
                elif not line and data:
                    self._queue.put(Event(name, json.loads(data), time.monotonic()))
                    name, data = "message", b""
        except (OSError, ValueError, http.client.HTTPException, AttributeError):
            pass  # closed by either side
        self._queue.put(None)

    def take(self, within: float = 20.0) -> Event | None:
        """The next event; None when the stream has ended. Raises AssertionError when nothing comes in time."""
        try:
            event = self._queue.get(timeout=within)
        except queue.Empty:
            raise AssertionError(f"no event within {within} s") from None
        if event is None:
            self._queue.put(None)
        elif event.name == "cell":
            self.cells[event.data["cell"]] = event.data.get("value", event.data.get("html"))
            self.versions[event.data["cell"]] = event.data["v"]
        return event

    def until(self, wanted: str, *, where: Any = lambda data: True, within: float = 20.0) -> Event:
        """The next event with that name for which `where(data)` is true; all before it are taken into `cells`."""
        deadline = time.monotonic() + within
        while (event := self.take(max(0.01, deadline - time.monotonic()))) is not None:
            if event.name == wanted and where(event.data):
                return event
        raise AssertionError(f"the stream ended before {wanted}")

    def cell(self, name: str, *, where: Any = lambda value: True, within: float = 20.0) -> Any:
        """The value of a cell as soon as `where(value)` is true of it, be it now or later."""
        if name in self.cells and where(self.cells[name]):
            return self.cells[name]
        return self.until("cell", where=lambda data: data["cell"] == name and where(data["value"]), within=within).data["value"]

    def close(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(2)
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass
class Holder:
    """Someone with a ticket to one room: a participant, or crew."""

    base: str
    room: str
    ticket: str
    participant: str = ""
    language: str = "sv"
    joined: dict[str, Any] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.ticket}", "Accept-Language": self.language}

    def path(self, tail: str) -> str:
        return f"{API}/{self.room}/{tail}"

    def get(self, tail: str, headers: Mapping[str, str] | None = None) -> Answer:
        return call(self.base, "GET", self.path(tail), headers={**self.headers, **(headers or {})})

    def state(self, query: str = "") -> Any:
        answer = self.get(f"state{query}")
        assert answer.status == 200, answer.body
        return answer.json

    def post(self, items: Any, headers: Mapping[str, str] | None = None) -> Answer:
        return post_json(self.base, self.path("contributions"), items, {**self.headers, **(headers or {})})

    def send(self, *items: dict[str, Any]) -> list[dict[str, Any]]:
        """The results of these contributions. Waits and sends again when told to slow down, as a good client does."""
        deadline = time.monotonic() + 20
        while (answer := self.post(list(items))).status in {429, 503} and time.monotonic() < deadline:
            time.sleep(min(2.0, float(answer.header("Retry-After") or 1)))
        assert answer.status == 200, answer.body
        results = answer.json["results"]
        assert [result["id"] for result in results] == [item["id"] for item in items]
        return list(results)

    def act(self, type_: str, **data: Any) -> dict[str, Any]:
        """A crew act; `from` is given as `from_`."""
        data = {key.rstrip("_"): value for key, value in data.items()}
        return self.send({"id": new_id(), "exercise": "stage", "type": type_, "data": data})[0]

    def events(self, query: str = "") -> Stream:
        return Stream(self.base, self.path(f"events{query}"), self.headers)


def join(base: str, code: str, **facts: Any) -> Holder:
    """A new person in the room. Raises AssertionError when the door does not open."""
    answer = post_json(base, f"{API}/join", {"code": code, **facts}, {"Accept-Language": str(facts.get("language", "sv"))})
    assert answer.status == 200, (answer.status, answer.body)
    return holder_of(base, answer.json, facts.get("language", "sv"))


def holder_of(base: str, joined: dict[str, Any], language: str = "sv") -> Holder:
    return Holder(base, joined["room_id"], joined["ticket"], identity(joined), language, joined)


def identity(joined: dict[str, Any]) -> str:
    """What the join says of who one is: an id, or an object with one."""
    participant = joined["participant"]
    return str(participant["id"] if isinstance(participant, dict) else participant)


def open_exercises(state: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Exercises that take something from me now, for a client that knows nothing but the protocol."""
    return (exercise for exercise in state["exercises"] if exercise["accepts"] and exercise.get("example"))


def example_item(exercise: dict[str, Any], **other: Any) -> dict[str, Any]:
    example = exercise["example"]
    return {"id": new_id(), "exercise": exercise["id"], "type": example["type"], "data": example["data"], **other}
