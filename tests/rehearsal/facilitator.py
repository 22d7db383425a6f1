"""A facilitator with a browser's cookies and forms, and what a data folder holds."""

from __future__ import annotations

import re
import sqlite3
import urllib.error
import urllib.parse
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

from tests.conformance.client import Holder
from tests.running import Running, poll

WITHIN = 60.0


@dataclass
class Facilitator:
    """Of the demo, where pages open without signing in; `gathering` is its newest."""

    base: str
    jar: CookieJar = field(default_factory=CookieJar)

    def __post_init__(self) -> None:
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        numbers = {int(number) for number in re.findall(r"/gatherings/(\d+)", self.get("/")[1])}
        self.gathering = max(numbers)
        self.get(self.page)  # a page with a form, for its token

    @property
    def page(self) -> str:
        return f"/gatherings/{self.gathering}/rehearsal"

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(urllib.request.Request(f"{self.base}{path}"))[::2]

    def passing_by(self, path: str) -> int:
        """What somebody hears who comes without cookies: they are handed a ticket each time."""
        try:
            with urllib.request.urlopen(f"{self.base}{path}", timeout=60) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code

    def seen(self, path: str) -> str:
        """A page without the tokens of its forms, which differ each time."""
        return re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', r"\1", self.get(path)[1])

    def post(self, path: str, **fields: str) -> tuple[int, str, str]:
        """Status, where it led and what is there."""
        token = next((cookie.value for cookie in self.jar if cookie.name == "csrftoken"), "")
        body = urllib.parse.urlencode({"csrfmiddlewaretoken": token, **fields}).encode()
        return self._ask(urllib.request.Request(f"{self.base}{path}", data=body))

    def rehearse(self, people: int = 5) -> Holder:
        """Begin, and come back as the crew of the rehearsal's room."""
        status, address, _page = self.post(self.page, people=str(people))
        assert status == 200
        assert address.endswith("/cockpit")
        room = address.split("/")[-2]
        ticket = next(cookie.value for cookie in self.jar if cookie.name.endswith(f"{room}-crew"))
        return Holder(self.base, room, str(ticket))

    def _ask(self, request: urllib.request.Request) -> tuple[int, str, str]:
        try:
            with self._opener.open(request, timeout=60) as answer:
                return answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.url or "", error.read().decode()


def code_of(crew: Holder) -> str:
    return str(crew.state()["cells"]["stage"]["code"])


def here(crew: Holder) -> int:
    return int(crew.state()["cells"]["people"]["here"])


def all_come(crew: Holder, people: int) -> None:
    poll(lambda: here(crew) >= people, within=WITHIN, what="everyone has come in")


def tables(running: Running) -> dict[str, list[Any]]:
    """Every row of every table. What only tells that somebody is signed in is left out."""
    with closing(sqlite3.connect(f"file:{running.data / 'mellanrum.sqlite3'}?mode=ro", uri=True)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'") if name != "django_session"]
        return {name: sorted(map(repr, connection.execute(f'SELECT * FROM "{name}"'))) for name in names}


def files(data: Path) -> set[str]:
    """Every file but those that SQLite keeps beside a database in use."""
    found = {path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file()}
    return {name for name in found if not name.endswith(("-wal", "-shm"))}


def holds(data: Path, word: str) -> list[str]:
    """The files in which these bytes stand, the database's own among them."""
    return [path.name for path in data.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def crowds(code: str) -> list[int]:
    """Process ids of made-up people in the room with that code."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                line = (entry / "cmdline").read_bytes().split(b"\0")
            except OSError:
                continue
            if b"simulate" in line and code.encode() in line:
                found.append(int(entry.name))
    return found
