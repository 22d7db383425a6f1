"""Finalising: nobody can tell who gave what any more, what was changed is gone, and the documentation is the same to the byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from mellanrum.outcomes.tests.test_documentation import EXERCISE, answer_everything, crew_of, page
from tests.conformance.client import Answer, Holder, call, join, new_id
from tests.running import Running, demo, poll, start_serve

CHANGED, WITHDRAWN, HIDDEN, KEPT = "Det första jag skrev", "Det jag tog tillbaka", "Det som doldes", "Det jag menar nu"
CSRF = "x" * 32


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with demo(tmp_path / "data") as product:
        yield product


def ask(running: Running, question: str, *, writes: bool = False) -> list[Any]:
    with closing(sqlite3.connect(running.data / "mellanrum.sqlite3", timeout=10)) as database:
        found = database.execute(question).fetchall()
        if writes:
            database.commit()
        return found


def press(running: Running, body: str = "sure=yes") -> Answer:
    headers = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
    return call(running.base, "POST", "/gatherings/1/finalise", body=body.encode(), headers=headers)


def team_page(running: Running) -> str:
    return call(running.base, "GET", "/gatherings/1/documentation").body.decode()


def write(person: Holder, text: str) -> str:
    item = {"id": new_id(), "exercise": EXERCISE, "type": "write", "data": {"part": "hard", "text": text}}
    assert person.send(item)[0]["status"] == "stored"
    return str(item["id"])


def withdraw(person: Holder, name: str) -> Answer:
    return person.post({"id": new_id(), "exercise": EXERCISE, "type": "withdraw", "data": {"id": name}})


def fill(running: Running) -> list[Holder]:
    """Six people who answer everything; one changes a text, one takes one back, one is hidden; shown and closed."""
    crew, people = crew_of(running), [join(running.base, running.code) for _ in range(6)]
    for person in people:
        answer_everything(person)
    write(people[0], CHANGED)
    write(people[0], KEPT)
    assert withdraw(people[1], write(people[1], WITHDRAWN)).json["results"][0]["status"] == "stored"
    hidden = write(people[2], HIDDEN)
    for act, data in (("reveal", {}), ("hide", {"id": hidden, "reason": "Pekar ut"}), ("close", {})):
        assert crew.act(act, **data)["status"] == "stored"
    return people


def let_time_pass(running: Running) -> None:
    """The room was closed an hour ago."""
    poll(lambda: ask(running, "SELECT 1 FROM rooms_room WHERE closed_at IS NOT NULL"))
    ask(running, "UPDATE rooms_room SET closed_at = datetime(closed_at, '-1 hour')", writes=True)


def authors(running: Running) -> set[str | None]:
    return {author for (author,) in ask(running, f"SELECT author FROM rooms_contribution WHERE exercise = '{EXERCISE}'")}


def kept_words(running: Running) -> str:
    return str(ask(running, "SELECT data FROM rooms_contribution"))


def test_once_and_for_good(running: Running) -> None:
    people = fill(running)
    assert 'class="here" aria-current="step"><span>Stängd' in team_page(running)
    assert press(running).status == 409  # closed a moment ago: answers may be on their way
    let_time_pass(running)
    assert press(running, "").status == 400
    before = page(running)
    assert KEPT in before
    assert HIDDEN not in before
    assert len(authors(running)) == 6
    assert CHANGED in kept_words(running)  # the controls: it was there
    assert WITHDRAWN in kept_words(running)
    assert press(running).status == 302
    assert page(running) == before
    assert authors(running) == {None}
    assert CHANGED not in kept_words(running)
    assert WITHDRAWN not in kept_words(running)
    assert KEPT in kept_words(running)
    nobody_changes_anything(running, people)
    again_and_after_a_restart(running, before)


def nobody_changes_anything(running: Running, people: list[Holder]) -> None:
    crew = crew_of(running)
    kept = ask(running, f"SELECT id FROM rooms_contribution WHERE data LIKE '%{KEPT}%'")[0][0]
    item = {"id": new_id(), "exercise": "stage", "type": "open", "data": {}}
    answers = [withdraw(people[0], kept), crew.post(item), crew.post({**item, "type": "undo"})]
    assert [(answer.status, answer.json["type"]) for answer in answers] == [(410, "/problems/room-closed")] * 3
    assert people[0].state()["mine"] == []
    assert crew.state()["cells"]["stage"]["status"] == "closed"


def again_and_after_a_restart(running: Running, before: str) -> None:
    assert press(running).status == 302  # nothing more happens
    assert 'class="here" aria-current="step"><span>Slutförd' in team_page(running)
    assert ask(running, "SELECT what FROM accounts_auditrow WHERE what = 'room-finalised'") == [("room-finalised",)]
    running.stop()
    ask(running, "UPDATE rooms_room SET authors_cut_at = NULL", writes=True)  # as if it had died before the last step
    second = start_serve(running.data, port=running.port)
    try:
        poll(lambda: ask(second, "SELECT 1 FROM rooms_room WHERE authors_cut_at IS NOT NULL"), what="it is completed")
        headers = {"Authorization": f"Bearer {running.ticket}"}
        assert page(second, **headers) == before
    finally:
        second.stop()


def test_a_week_after_closing_it_happens_by_itself(running: Running) -> None:
    fill(running)
    let_time_pass(running)
    assert "sju dagar" in team_page(running)
    headers = {"Authorization": f"Bearer {running.ticket}"}
    before = page(running, **headers)
    running.stop()
    ask(running, "UPDATE rooms_room SET closed_at = datetime(closed_at, '-7 days')", writes=True)
    second = start_serve(running.data, port=running.port)
    try:
        poll(lambda: ask(second, "SELECT 1 FROM rooms_room WHERE authors_cut_at IS NOT NULL"), what="it is done")
        assert authors(second) == {None}
        assert page(second, **headers) == before
    finally:
        second.stop()


def test_who_leaves_a_room_that_is_not_final_takes_their_words_along(running: Running) -> None:
    """The control of the sentence on the page: until then one can still take everything back."""
    people = fill(running)
    assert call(running.base, "DELETE", people[0].path("participants/me"), headers=people[0].headers).status == 204
    assert KEPT not in page(running)


def test_ones_own_page_says_that_anonymous_answers_are_nobodys_any_more(running: Running) -> None:
    person = fill(running)[0]

    def own() -> str:
        return call(
            running.base, "GET", f"/rooms/{person.room}/mine", headers={"Cookie": f"mr-{person.room}={person.ticket}"}
        ).body.decode()

    assert KEPT in own()
    let_time_pass(running)
    assert press(running).status == 302
    said = own()
    assert "skilda från telefonerna för gott" in said
    assert KEPT not in said
