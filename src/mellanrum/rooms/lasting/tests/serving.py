"""A product with an exercise open for days, spoken to as a browser and as a stranger's client do."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product as every
from typing import Any
from urllib.parse import urlencode

from tests.conformance.client import Answer, Holder, call, holder_of, new_id, post_json
from tests.running import Running

CSRF = "x" * 32
EXERCISE = "scale-2"
BARS = tuple(every(("notice", "talk", "wait", "know"), ("me", "organisation", "together")))


def in_days(days: int) -> str:
    return (date.today() + timedelta(days=days)).isoformat()  # noqa: DTZ011 - the demo's own day


def press(running: Running, path: str, cookie: str = "", **fields: str) -> Answer:
    headers = {"Cookie": f"csrftoken={CSRF}; {cookie}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    return call(running.base, "POST", path, body=urlencode(fields).encode(), headers=headers)


def look(running: Running, path: str, cookie: str = "") -> Answer:
    return call(running.base, "GET", path, headers={"Cookie": cookie, "Accept-Language": "sv"})


def sql(running: Running, question: str, *values: Any) -> list[Any]:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3", timeout=10)) as database:
        found = database.execute(question, values).fetchall()
        database.commit()
        return found


@dataclass
class Open:
    """One that is open: its room, and the path of its link."""

    running: Running
    room: str
    link: str

    @property
    def page(self) -> str:
        return f"/rooms/{self.room}/lasting"

    def join(self) -> Holder:
        return holder_of(self.running.base, post_json(self.running.base, "/api/v1/rooms/join", {"key": self.link[3:]}).json, "sv")

    def crew(self) -> Holder:
        """With the ticket that its page gives a browser of the crew."""
        cookie = look(self.running, self.page).header("Set-Cookie")
        found = re.search(rf"mr-{self.room}-crew=([^;]+)", cookie)
        assert found
        return Holder(self.running.base, self.room, found[1])

    def is_closed(self) -> bool:
        return bool(sql(self.running, "SELECT 1 FROM rooms_room WHERE id = ? AND closed_at IS NOT NULL", self.room))

    def acts(self) -> list[tuple[str, str]]:
        """(kind, author) of what moved it."""
        question = "SELECT kind, author FROM rooms_contribution WHERE room_id = ? AND exercise = 'stage' ORDER BY seq"
        return sql(self.running, question, self.room)


def opened(running: Running, gathering: str = "/gatherings/1", **wishes: str) -> Open:
    """Opened for a week from the block that has the rating."""
    fields = {"day": in_days(7), "time": "16.00", "results": "closing", "asked_by": "Elin", "welcome": "Välkommen", **wishes}
    answer = press(running, f"{gathering}/blocks/block-2/lasting", **fields)
    assert answer.status == 302, answer.body.decode()[-2000:]
    page = answer.header("Location")
    link = re.search(r"/o/[\w-]{22}", look(running, page).body.decode())
    assert link
    return Open(running, page.split("/")[2], link[0])


def rates(person: Holder, value: int = 4, *texts: str) -> list[dict[str, Any]]:
    rated: list[dict[str, Any]] = [
        {"id": new_id(), "exercise": EXERCISE, "type": "rate", "data": {"item": item, "subject": subject, "value": value}}
        for item, subject in BARS
    ]
    written: list[dict[str, Any]] = [
        {"id": new_id(), "exercise": EXERCISE, "type": "write", "data": {"part": "hard", "text": text}} for text in texts
    ]
    results: list[dict[str, Any]] = person.send(*rated, *written)
    return results
