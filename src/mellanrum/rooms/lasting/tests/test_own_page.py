"""One's own page in a room that is open for days: the way there and back, what it tells, and leaving no trace."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from mellanrum.rooms.lasting.tests.serving import Open, look, opened, press, rates, sql
from tests.conformance.client import Holder
from tests.running import Running, demo, poll

WORDS = "Att vi vågar säga vad som skaver i vardagen"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("own") / "data") as product:
        yield product


def cookie_of(person: Holder) -> str:
    return f"mr-{person.room}={person.ticket}"


def own_page(running: Running, person: Holder) -> str:
    return look(running, f"/rooms/{person.room}/mine", cookie_of(person)).body.decode()


def closed_with_six(running: Running, results: str) -> tuple[Open, Holder]:
    one = opened(running, results=results)
    people = [one.join() for _ in range(6)]
    for person in people:
        rates(person, 4, WORDS)
    assert press(running, f"{one.page}/close").status == 302
    return one, people[0]


def test_the_way_there_and_back_while_it_is_open_and_after(running: Running) -> None:
    one = opened(running)
    person = one.join()
    rates(person, 4, WORDS)
    for _state in ("open", "closed"):
        page = look(running, one.link, cookie_of(person)).body.decode()
        assert f'href="/rooms/{one.room}/mine"' in page
        assert f'href="/rooms/{one.room}/mine/leave"' in page
        mine = own_page(running, person)
        assert WORDS in mine
        assert f'href="{one.link}"' in mine
        assert "Till rummet" not in mine
        assert press(running, f"{one.page}/close").status == 302
    assert "/mine" not in look(running, one.link).body.decode()  # who has not come in has no page


def test_what_the_others_answered_is_there_only_when_it_is_shown(running: Running) -> None:
    _shown, sees = closed_with_six(running, "closing")
    _kept, sees_not = closed_with_six(running, "never")
    assert "Rummet i medel" in own_page(running, sees)  # the control
    mine = own_page(running, sees_not)
    assert WORDS in mine
    assert "Rummet i medel" not in mine


def test_the_link_to_it_leads_back_too(running: Running) -> None:
    one = opened(running)
    person = one.join()
    rates(person, 4, WORDS)
    made = press(running, f"/rooms/{one.room}/mine/link", cookie_of(person)).body.decode()
    key = re.search(r"/mine#t=([\w-]+)", made)
    assert key
    cookie = press(running, "/mine", key=key[1]).header("Set-Cookie").split(";")[0]
    elsewhere = look(running, f"/rooms/{one.room}/mine", cookie).body.decode()
    assert WORDS in elsewhere
    assert f'href="{one.link}"' in elsewhere


@pytest.mark.parametrize("is_closed", [False, True])
def test_leaving_no_trace_takes_it_out_of_the_documentation(running: Running, is_closed: bool) -> None:
    one = opened(running)
    people = [one.join() for _ in range(6)]
    words = f"{WORDS} {one.room}"
    for person in people:
        rates(person, 4, *([words] if person is people[0] else []))
    if is_closed:
        assert press(running, f"{one.page}/close").status == 302
        assert words in look(running, "/gatherings/1/documentation").body.decode()
    told = look(running, f"/rooms/{one.room}/mine/leave", cookie_of(people[0])).body.decode()
    assert "publicerad sida" in told
    assert "säkerhetskopior" in told
    assert press(running, f"/rooms/{one.room}/mine/leave", cookie_of(people[0])).header("Location").endswith("?left")
    assert words not in look(running, "/gatherings/1/documentation").body.decode()
    assert "5 har svarat" in look(running, one.page).body.decode()
    assert sql(running, "SELECT count(*) FROM rooms_contribution WHERE room_id = ? AND data LIKE ?", one.room, f"%{words}%") == [(0,)]
    assert "Börja svara" in look(running, one.link, cookie_of(people[0])).body.decode() or is_closed


def test_the_documentation_leads_to_what_is_open_and_not_to_a_closed_room(running: Running) -> None:
    one = opened(running)
    meeting = sql(running, "SELECT id FROM rooms_room WHERE kind = 'meeting'")[0][0]
    crew = look(running, f"/rooms/{meeting}/cockpit").header("Set-Cookie")
    ticket = re.search(rf"mr-{meeting}-crew=([^;]+)", crew)
    assert ticket
    assert "Stäng rummet i cockpiten" in look(running, "/gatherings/1/documentation").body.decode()
    assert Holder(running.base, meeting, ticket[1]).act("close")["status"] == "stored"
    question = "SELECT 1 FROM rooms_room WHERE id = ? AND closed_at IS NOT NULL"
    poll(lambda: bool(sql(running, question, meeting)), within=20, what="the list knows that it is closed")
    page = look(running, "/gatherings/1/documentation").body.decode()
    assert "Stäng rummet i cockpiten" not in page
    assert "Rummet är stängt." in page
    assert "En övning är öppen för svar till " in page
    assert re.search(rf'href="{one.page}">Se det som är öppet', page)
