"""The documentation page over a real room: empty, under way, closed, with something hidden, after a second room."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import product as every
from pathlib import Path
from typing import Any

import html5lib
import pytest

from tests.conformance.client import Answer, Holder, call, join, new_id
from tests.running import Running, demo

SECRET = "Den här meningen ska döljas 4711"
KEPT = "Vi ringer hellre än vi skriver <b>"
EXERCISE = "scale-2"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("documentation") / "data") as product:
        yield product


def page(running: Running, **headers: str) -> str:
    answer = call(running.base, "GET", "/api/v1/gatherings/1/documentation.html", headers=headers)
    assert answer.status == 200
    return answer.body.decode()


def crew_of(running: Running) -> Holder:
    room = running.cockpit.removeprefix(f"{running.base}/rooms/").removesuffix("/cockpit")
    return Holder(running.base, room, running.ticket)


def answer_everything(person: Holder, *texts: str) -> list[str]:
    """The ids of the texts."""
    rated: list[dict[str, Any]] = [
        {"id": new_id(), "exercise": EXERCISE, "type": "rate", "data": {"item": item, "subject": subject, "value": 4}}
        for item, subject in every(("notice", "talk", "wait", "know"), ("me", "organisation", "together"))
    ]
    written: list[dict[str, Any]] = [
        {"id": new_id(), "exercise": EXERCISE, "type": "write", "data": {"part": "hard", "text": text}} for text in texts
    ]
    assert {result["status"] for result in person.send(*rated, *written)} == {"stored"}
    return [item["id"] for item in written]


def test_from_empty_to_published(running: Running) -> None:
    """One story, because a room has one: nobody has answered, people answer, something is hidden, the room closes."""
    empty = page(running)
    assert "Först blir det tomt en stund." in empty
    assert 'class="src"' not in empty

    crew = crew_of(running)
    people = [join(running.base, running.code) for _number in range(6)]
    ids = answer_everything(people[0], SECRET) + answer_everything(people[1], KEPT)
    for person in people[2:]:
        answer_everything(person)
    under_way = page(running)
    assert SECRET not in under_way

    assert crew.act("reveal")["status"] == "stored"
    assert SECRET in page(running)  # the control: it would be there
    assert crew.act("hide", id=ids[0], reason="Pekar ut någon")["status"] == "stored"
    assert crew.act("close")["status"] == "stored"
    closed = page(running)
    assert SECRET not in closed
    assert "Vi ringer hellre än vi skriver &lt;b&gt;" in closed
    assert "<svg" in closed

    check_page(closed)
    leaks_nothing(running, closed, people)


def check_page(html: str) -> None:
    """Strict HTML; every passage has an id of its own and tells where it comes from; no inline style or script."""
    html5lib.HTMLParser(strict=True).parse(html)
    ids = re.findall(r'\bid="([^"]+)"', html)
    assert len(ids) == len(set(ids))
    passages = re.findall(r'<section class="passage" id="(passage-[^"]+)"(.*?)</section>', html, re.DOTALL)
    assert len(passages) >= 5
    assert all(re.search(r"Källa: \S", body) for _anchor, body in passages)
    assert " style=" not in html
    assert "<script" not in html


def leaks_nothing(running: Running, html: str, people: list[Holder]) -> None:
    """No script of the team, no ticket, no id of a person."""
    for secret in (
        "Ta fram telefonen och skriv koden",
        running.ticket,
        running.code,
        *(person.ticket for person in people),
    ):
        assert secret not in html


def test_the_page_tells_browsers_not_to_keep_it(running: Running) -> None:
    answer = call(running.base, "GET", "/api/v1/gatherings/1/documentation.html")
    assert "no-store" in answer.header("Cache-Control")
    assert answer.header("Content-Language") == "sv"
    assert "default-src 'none'" in answer.header("Content-Security-Policy")


@pytest.mark.parametrize("path", ["0", "999", "99999999999999999999999", "-1", "1'", "%00"])
def test_there_is_no_other_gathering(running: Running, path: str) -> None:
    def ask(template: str) -> Answer:
        return call(running.base, "GET", template.format(path))

    assert ask("/gatherings/{}/documentation").status == 404
    assert ask("/api/v1/gatherings/{}/documentation.html").status == 404


@pytest.mark.parametrize("kind", ["pdf", "docx", "md", "exe"])
def test_other_forms_are_not_there_yet(running: Running, kind: str) -> None:
    assert call(running.base, "GET", f"/api/v1/gatherings/1/documentation.{kind}").status == 404


def test_the_plan_is_untouched_by_reading(running: Running) -> None:
    def counts() -> list[int]:
        with closing(sqlite3.connect(f"file:{Path(running.data) / 'mellanrum.sqlite3'}?mode=ro", uri=True)) as database:
            return [
                database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
                for table in ("rooms_contribution", "programmes_block", "django_session")
            ]

    before = counts()
    page(running)
    assert counts() == before
