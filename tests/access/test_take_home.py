"""One's own page: for its ticket and its link, for nobody else; a letter that leaves nothing behind; and leaving no trace."""

from __future__ import annotations

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection, HTTPMessage
from typing import Any
from urllib.parse import urlencode

import pytest

from mellanrum.core.tests.mail_servers import Letterbox, serving
from tests.conformance.client import Holder, join, new_id
from tests.conformance.conftest import find_rating
from tests.running import Running, environment, free_port, poll, start_serve

CSRF = "x" * 32
MINE = "Att vi vågar säga vad som skaver"
THEIRS = "Att mötena börjar i tid"
TO = "kim@sagomark.example"


@pytest.fixture(scope="module")
def letterbox() -> Letterbox:
    return Letterbox()


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory, letterbox: Letterbox) -> Iterator[Running]:
    data = tmp_path_factory.mktemp("mine") / "data"
    line = [sys.executable, "-m", "tests.access.populate", str(data)]
    told = subprocess.run(line, capture_output=True, text=True, env=environment(), timeout=120, check=True)
    with serving(letterbox) as port:
        mail = {"MELLANRUM_SMTP_URL": f"smtp://127.0.0.1:{port}", "MELLANRUM_MAIL_FROM": "rum@fabela.example"}
        running = start_serve(data, port=free_port(), extra=mail)
        running.facts = json.loads(told.stdout)
        running.code = running.facts["code"]
        yield running
        running.stop()


@pytest.fixture(scope="module")
def exercise(product: Running) -> str:
    crew = Holder(product.base, product.facts["room"], product.facts["crew"])
    find_rating(crew)
    return str(crew.state()["cells"]["stage"]["now"]["exercise"])


@pytest.fixture
def person(product: Running, exercise: str) -> Holder:
    return writing(product, exercise, MINE)


@pytest.fixture(scope="module")
def other(product: Running, exercise: str) -> Holder:
    return writing(product, exercise, THEIRS)


def writing(product: Running, exercise: str, words: str) -> Holder:
    """Somebody who has rated once and written once."""
    found = join(product.base, product.code, name="Kim Påhitt")
    view = found.state()["cells"][f"exercise-{exercise}"]
    about = {"item": view["items"][0]["id"], "subject": view["subjects"][0]["id"], "value": 5}
    items = [("rate", about), ("write", {"part": view["parts"][0]["id"], "text": words})]
    sent = found.send(*({"id": new_id(), "exercise": exercise, "type": kind, "data": data} for kind, data in items))
    assert {one["status"] for one in sent} == {"stored"}
    return found


def ask(product: Running, method: str, path: str, cookies: str = "", **fields: str) -> tuple[int, str, HTTPMessage]:
    connection = HTTPConnection("127.0.0.1", product.port, timeout=30)
    try:
        headers = {"Cookie": f"csrftoken={CSRF}; {cookies}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
        connection.request(method, path, body=urlencode(fields) if fields else None, headers={**headers, "Accept-Language": "sv"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode(), answer.msg
    finally:
        connection.close()


def ticket(holder: Holder) -> str:
    return f"mr-{holder.room}={holder.ticket}"


def place(holder: Holder, rest: str = "") -> str:
    return f"/rooms/{holder.room}/mine{rest}"


def link_of(product: Running, holder: Holder) -> str:
    status, page, _ = ask(product, "POST", place(holder, "/link"), ticket(holder), act="link")
    assert status == 200
    found = re.search(r'value="(http[^"]+#t=[^"]+)"', page)
    assert found
    return found[1]


def opened(product: Running, link: str) -> str:
    """The cookie that a link becomes."""
    status, _, headers = ask(product, "POST", "/mine", key=link)
    assert status == 302
    cookie = next(value for value in headers.get_all("Set-Cookie") or () if "mr-mine" in value)
    assert "HttpOnly" in cookie
    assert f"Path={headers['Location']}" in cookie
    assert "#" not in headers["Location"]
    assert link.rpartition("=")[2] not in headers["Location"]
    return cookie.partition(";")[0]


def database(product: Running) -> str:
    """All that stands in it, as text."""
    with closing(sqlite3.connect(f"file:{product.data / 'mellanrum.sqlite3'}?mode=ro", uri=True)) as found:
        tables = [name for (name,) in found.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return "\n".join(f"{name} {row}" for name in tables for row in found.execute(f'SELECT * FROM "{name}"'))


def test_the_page_has_ones_own_answers_and_nobody_elses(product: Running, person: Holder, other: Holder) -> None:
    status, page, headers = ask(product, "GET", place(person), ticket(person))
    assert status == 200
    assert MINE in page
    assert "<b>5</b>" in page
    assert THEIRS not in page
    assert "no-store" in headers["Cache-Control"]
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert THEIRS in ask(product, "GET", place(other), ticket(other))[1]  # so it could have been there


def test_the_way_there_from_the_phone(product: Running, person: Holder) -> None:
    assert ask(product, "GET", f"/r/{product.code}?mine")[2]["Location"] == f"/r/{product.code}/mine"
    assert ask(product, "GET", f"/r/{product.code}/mine", ticket(person))[2]["Location"] == place(person)


def test_nobody_else_finds_it(product: Running, person: Holder) -> None:
    elsewhere = "a" * 26
    cookies = [
        "",
        f"mr-{person.room}=made-up",
        f"mr-{person.room}={product.facts['crew']}",
        f"mr-{person.room}-crew={product.facts['crew']}",
    ]
    answers = {ask(product, "GET", f"/rooms/{room}/mine", cookie)[:2] for room in (person.room, elsewhere) for cookie in cookies}
    assert len(answers) == 1, "a room that is there looks like one that is not"
    assert answers.pop()[0] == 404
    assert ask(product, "GET", f"/rooms/{elsewhere}/mine", f"mr-{elsewhere}={person.ticket}")[0] == 404


def test_a_tables_phone_has_none(product: Running, person: Holder) -> None:
    status, page, _ = ask(product, "GET", place(person), f"mr-{person.room}={product.facts['table']}")
    assert status == 404
    assert "bordets telefon" in page


def test_a_link_opens_it_elsewhere_and_does_nothing_more(product: Running, person: Holder) -> None:
    link = link_of(product, person)
    token = link.rpartition("=")[2]
    cookie = opened(product, link)
    status, page, _ = ask(product, "GET", place(person), cookie)
    assert status == 200
    assert MINE in page
    assert 'name="email"' not in page
    for act in ("/link", "/mail"):
        assert ask(product, "POST", place(person, act), cookie, email=TO)[0] == 404
    assert ask(product, "GET", f"/rooms/{'a' * 26}/mine", cookie)[0] == 404
    kept = database(product)
    assert token not in kept
    assert token not in product.output
    assert person.ticket not in kept


@pytest.mark.parametrize("key", ["", "x", "http://elsewhere.example/#t=", "a" * 43, "\x00", "å" * 300])
def test_a_link_that_is_none(product: Running, key: str) -> None:
    status, page, _ = ask(product, "POST", "/mine", key=key)
    assert status == 404
    assert "Länken gäller inte." in page


def test_a_letter_comes_and_its_address_is_forgotten(product: Running, person: Holder, letterbox: Letterbox) -> None:
    status, _, headers = ask(product, "POST", place(person, "/mail"), ticket(person), email=f" {TO.upper()} ")
    assert (status, headers["Location"]) == (302, f"{place(person)}?sent")
    letter: Any = poll(lambda: next((one for one in letterbox.letters if one["To"] == TO), None), within=30, what="the letter")
    text = letter.get_content()
    assert MINE in text
    assert THEIRS not in text
    link = re.search(r"http\S+#t=\S+", text)
    assert link
    assert MINE in ask(product, "GET", place(person), opened(product, link[0]))[1]
    poll(lambda: TO not in database(product), within=30, what="the address is forgotten")
    assert link[0].rpartition("=")[2] not in database(product)
    assert TO not in product.output


@pytest.mark.parametrize(
    "email", ["", "kim", "kim@", "kim@sagomark.example\nBcc: alla@fabela.example", "a@b.example, c@d.example", "k" * 300 + "@x.example"]
)
def test_what_is_no_address_is_told_in_words(product: Running, person: Holder, letterbox: Letterbox, email: str) -> None:
    before = len(letterbox.letters)
    status, page, _ = ask(product, "POST", place(person, "/mail"), ticket(person), email=email)
    assert status == 400
    assert "Skriv adressen som namn@organisation.se." in page
    assert len(letterbox.letters) == before


def test_an_address_gets_few_letters_whoever_asks(product: Running, exercise: str) -> None:
    to = "elin@fabela.example"
    found = []
    for number in range(4):
        person = writing(product, exercise, f"Ord {number}")
        found.append(ask(product, "POST", place(person, "/mail"), ticket(person), email=to)[0])
    assert found == [302, 302, 302, 429]


def test_a_person_sends_few_letters_and_makes_few_links(product: Running, person: Holder) -> None:
    sent = [ask(product, "POST", place(person, "/mail"), ticket(person), email=f"k{number}@fabela.example")[0] for number in range(4)]
    assert sent == [302, 302, 302, 429]
    made = [ask(product, "POST", place(person, "/link"), ticket(person), act="link")[0] for _ in range(8)]
    assert made == [200] * 7 + [429]


def test_leaving_no_trace_leaves_none(product: Running, exercise: str) -> None:
    words = "Det här ska ingen minnas"
    person = writing(product, exercise, words)
    cookie = opened(product, link_of(product, person))
    before = database(product)
    assert words in before
    assert person.participant in before
    asked = ask(product, "GET", place(person, "/leave"), ticket(person))
    assert asked[0] == 200
    assert "Det här blir kvar" in asked[1]
    status, _, headers = ask(product, "POST", place(person, "/leave"), ticket(person), sure="yes")
    assert (status, headers["Location"]) == (302, "/mine?left")
    assert any(value.startswith(f"mr-{person.room}=") and "Max-Age=0" in value for value in headers.get_all("Set-Cookie") or ())
    after = database(product)
    assert words not in after
    assert person.participant not in after
    for gone in (ticket(person), cookie):
        assert ask(product, "GET", place(person), gone)[0] == 404
    assert person.get("state").status == 401


def test_a_form_from_elsewhere_is_refused(product: Running, person: Holder) -> None:
    for act in ("/link", "/mail", "/leave"):
        connection = HTTPConnection("127.0.0.1", product.port, timeout=30)
        connection.request(
            "POST", place(person, act), body="a=b", headers={"Cookie": ticket(person), "Content-Type": "application/x-www-form-urlencoded"}
        )
        assert connection.getresponse().status == 403
        connection.close()
