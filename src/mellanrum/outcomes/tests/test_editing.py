"""Editing and publishing over a real room, as somebody who leads does it in a browser."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import urlencode

import html5lib
import pytest

from mellanrum.outcomes.tests.test_documentation import SECRET, answer_everything, crew_of
from tests.conformance.client import Answer, Holder, call, join
from tests.running import Running, demo

EDIT = "/gatherings/1/documentation/edit"
CSRF = "x" * 32
HOSTILE = "<script>alert(1)</script>\u202e #panic() \x00 [x](javascript:1)"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("editing") / "data") as product:
        yield product


@pytest.fixture(scope="module")
def crew(running: Running) -> Holder:
    """The room has been rated by six, and one of them has written something."""
    people = [join(running.base, running.code) for _number in range(6)]
    for number, person in enumerate(people):
        answer_everything(person, *([SECRET] if number == 0 else ["Ett annat ord"] if number == 1 else []))
    holder = crew_of(running)
    assert holder.act("reveal")["status"] == "stored"
    return holder


def ask(running: Running, method: str, path: str, **fields: str) -> Answer:
    form = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    headers = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF, **form}
    return call(running.base, method, path, body=urlencode(fields).encode() if fields else None, headers=headers)


def read(running: Running, path: str) -> str:
    answer = ask(running, "GET", path)
    assert answer.status == 200
    page = answer.body.decode()
    html5lib.HTMLParser(strict=True).parse(page)
    return html.unescape(page)


def passage_with(running: Running, words: str) -> dict[str, str]:
    """The fields of the passage that holds these words, as the form has them."""
    page = ask(running, "GET", EDIT).body.decode()
    form = next(one for one in re.findall(r"<form class=\"invite passage-form.*?</form>", page, re.DOTALL) if html.escape(words) in one)
    fields = dict(re.findall(r'name="(key|seen)"[^>]*? value="([^"]*)"', form))
    texts = re.findall(r'<textarea[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.DOTALL)
    return {name: html.unescape(value) for name, value in [*fields.items(), *texts]}


def save(running: Running, **fields: str) -> Answer:
    return ask(running, "POST", EDIT, **fields)


@pytest.mark.usefixtures("crew")
def test_an_edit_is_seen_everywhere_and_told_of(running: Running) -> None:
    fields = passage_with(running, SECRET)
    mark = next(name for name, text in fields.items() if text == SECRET)
    done = save(running, **fields | {"heading": "Det svåra", "note": HOSTILE, mark: "Rättat ord"})
    assert done.status == 302
    for path in ("/gatherings/1/documentation", "/gatherings/1/documentation.md", "/api/v1/gatherings/1/documentation.html"):
        page = ask(running, "GET", path).body.decode()
        assert "Det svåra" in page
        assert "Rättat ord" in page
        assert SECRET not in page
        assert "redigerad" in page
        assert "<script>alert" not in page


def test_two_editors_lose_nothing(running: Running, crew: Holder) -> None:
    fields = passage_with(running, "Rättat ord")
    assert save(running, **fields | {"note": "Den första"}).status == 302
    second = save(running, **fields | {"note": "Den andra"})
    assert second.status == 409
    page = second.body.decode()
    assert "Någon annan sparade medan du skrev." in page
    assert "Den andra" in page
    assert "Den första" in read(running, "/gatherings/1/documentation")
    again = passage_with(running, "Rättat ord")
    assert save(running, **again | {"note": "Den andra"}).status == 302


def test_what_is_hidden_takes_its_edit_along_and_brings_it_back(running: Running, crew: Holder) -> None:
    documentation = "/gatherings/1/documentation"
    places = (documentation, EDIT, f"{documentation}.md", "/api/v1/gatherings/1/documentation.html")
    assert "Rättat ord" in read(running, documentation)
    found = next(item for item in crew.state()["cells"]["exercise-scale-2"]["texts"] if item["text"] == SECRET)
    hiding = crew.act("hide", id=found["id"], reason="Pekar ut någon")
    assert hiding["status"] == "stored"
    for path in places:
        content = ask(running, "GET", path).body
        assert "Rättat ord".encode() not in content
        assert SECRET.encode() not in content
    fields = passage_with(running, "Ett annat ord")
    assert save(running, **fields | {"note": "Den tredje"}).status == 302  # another edit of the same passage meanwhile
    assert crew.act("undo", seq=hiding["seq"])["status"] == "stored"
    page = read(running, documentation)
    assert "Rättat ord" in page
    assert "Den tredje" in page
    assert SECRET not in page
    crew.act("hide", id=found["id"], reason="Pekar ut någon")


def test_an_own_passage_is_written_changed_and_removed(running: Running) -> None:
    own = "/gatherings/1/documentation/own"
    assert ask(running, "POST", own, heading="Så gick det till", text="Vi satt i ring.\n\nLänge.", place="first").status == 302
    page = read(running, "/gatherings/1/documentation")
    assert page.index("Så gick det till") < page.index("Källa:")
    number = re.search(rf'action="{own}/(\d+)"', read(running, EDIT))
    assert number
    change = f"{own}/{number[1]}"
    assert ask(running, "POST", change, heading="Så gick det", text="Kort.", place="last", seen="1").status == 302
    assert ask(running, "POST", change, heading="För sent", text="Gammal.", place="last", seen="1").status == 409
    page = read(running, "/gatherings/1/documentation")
    assert "Kort." in page
    assert "För sent" not in page
    assert ask(running, "POST", change, remove="1").status == 302
    assert "Kort." not in read(running, "/gatherings/1/documentation")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"heading": "", "text": "x"}, 400),
        ({"heading": "x", "text": " \r\n "}, 400),
        ({"heading": "x" * 201, "text": "x"}, 400),
        ({"heading": "x", "text": "x" * 20_001}, 400),
    ],
)
def test_what_cannot_be_saved_says_what_to_do_and_keeps_the_words(running: Running, fields: dict[str, str], status: int) -> None:
    answer = ask(running, "POST", "/gatherings/1/documentation/own", **fields)
    assert answer.status == status
    page = answer.body.decode()
    assert 'role="alert"' in page
    assert fields["heading"][:100] in page


@pytest.mark.parametrize(("fields", "status"), [({"key": "inget"}, 409), ({"key": ""}, 409), ({"note": "x"}, 409)])
def test_a_passage_that_is_not_there(running: Running, fields: dict[str, str], status: int) -> None:
    assert save(running, **fields).status == status


@pytest.mark.usefixtures("crew")
@pytest.mark.parametrize("seen", ["-1", "x", "1" * 30, "١"])
def test_a_version_nobody_gave_out(running: Running, seen: str) -> None:
    fields = passage_with(running, "Källa:")
    assert save(running, **fields | {"seen": seen}).status == 404


def test_publishing_and_taking_it_back(running: Running) -> None:
    step = "/gatherings/1/documentation/publish"
    assert ask(running, "POST", step, publish="1").status == 302
    address = re.search(r'href="(/documentation/[a-z0-9]{26})"', ask(running, "GET", EDIT).body.decode())
    assert address
    whole = f'id="public-address" readonly value="{running.base}{address[1]}"'
    assert whole in ask(running, "GET", EDIT).body.decode()
    public = call(running.base, "GET", address[1])
    assert public.status == 200
    assert SECRET not in public.body.decode()
    assert "/gatherings/" not in public.body.decode()  # no way in for those who only read
    assert ask(running, "POST", step, unpublish="1").status == 302
    assert call(running.base, "GET", address[1]).status == 404
    assert ask(running, "POST", step, publish="1").status == 302
    assert call(running.base, "GET", address[1]).status == 200


LINKS = "/gatherings/1/documentation/links"
PAGES = ("/gatherings/1/documentation", "/gatherings/1/documentation.md", "/api/v1/gatherings/1/documentation.html")


def test_a_link_is_added_changed_and_removed(running: Running) -> None:
    film = {"title": "Inspelning <b>", "address": "https://film.fabela.example/?a=1&b=2", "about": "54 minuter"}
    assert ask(running, "POST", LINKS, **film | {"address": film["address"].removeprefix("https://")}).status == 302
    assert f'value="{film["address"]}"' in read(running, EDIT)
    for path in PAGES:
        page = ask(running, "GET", path).body.decode()
        assert "film.fabela.example" in page
        assert "54 minuter" in page
        assert "Inspelning <b>" not in page
    number = re.search(rf'action="{LINKS}/(\d+)"', read(running, EDIT))
    assert number
    change = f"{LINKS}/{number[1]}"
    assert ask(running, "POST", change, **film | {"title": "Filmen"}, seen="1").status == 302
    assert ask(running, "POST", change, **film | {"title": "För sent"}, seen="1").status == 409
    assert "Filmen" in read(running, PAGES[0])
    assert ask(running, "POST", change, remove="1").status == 302
    assert "film.fabela.example" not in read(running, PAGES[0])
    assert ask(running, "POST", change, **film, seen="2").status == 404


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"title": "Film", "address": "javascript:alert(1)"}, "Skriv hela adressen"),
        ({"title": "Film", "address": "//elsewhere.example"}, "Skriv hela adressen"),
        ({"title": "Film", "address": "https://a@elsewhere.example"}, "Skriv hela adressen"),
        ({"title": "", "address": "https://fabela.example"}, "Skriv både en rubrik och en adress."),
        ({"title": "Film", "address": "https://fabela.example/" + "a" * 1000}, "Det blev för långt."),
        ({"title": "x" * 201, "address": "https://fabela.example/"}, "Det blev för långt."),
    ],
)
def test_an_address_that_is_not_taken_says_what_to_do_and_stays(running: Running, fields: dict[str, str], sentence: str) -> None:
    answer = ask(running, "POST", LINKS, **fields)
    page = answer.body.decode()
    assert answer.status == 400
    assert sentence in page
    assert html.escape(fields["address"])[:60] in page
    assert 'aria-describedby="link-p-new"' in page
    assert sentence in page.split('id="link-p-new"')[1]
    for path in PAGES:
        assert "elsewhere.example" not in ask(running, "GET", path).body.decode()
        assert "javascript:alert" not in ask(running, "GET", path).body.decode()


@pytest.mark.usefixtures("crew")
def test_an_own_passage_follows_the_one_it_was_put_after(running: Running) -> None:
    keys = re.findall(r'<option value="after:([^"]+)"', read(running, EDIT))
    heads = re.findall(r'class="input heading"[^>]*>([^<]+)</textarea>', ask(running, "GET", EDIT).body.decode())
    first = html.unescape(heads[0])
    own = "/gatherings/1/documentation/own"
    assert ask(running, "POST", own, heading="Vi minns", text="Det regnade.", place=f"after:{keys[0]}").status == 302
    page = read(running, PAGES[0])
    place, second = page.index("Vi minns</h3>"), html.unescape(heads[1])
    assert page.index(f"{first}</h3>") < place < page.index(f"{second}</h3>")


@pytest.mark.parametrize("place", ["after:inget", "after:" + "x" * 9000, "after:", "", "mitten", "after:<script>"])
def test_a_place_that_is_not_there_is_last(running: Running, place: str) -> None:
    own = "/gatherings/1/documentation/own"
    assert ask(running, "POST", own, heading="Allra sist", text="Tack.", place=place).status == 302
    page = read(running, PAGES[0])
    assert page.index("Allra sist</h2>") > page.rindex("Källa:")


def test_the_team_sees_how_far_it_has_come_and_readers_that_it_is_preliminary(running: Running) -> None:
    address = re.search(r'href="(/documentation/[a-z0-9]{26})"', ask(running, "GET", EDIT).body.decode())
    assert address
    for path in (PAGES[0], EDIT):
        page = read(running, path)
        assert 'class="here" aria-current="step"><span>Öppen' in page
        assert "sidan publik" in page
    public = call(running.base, "GET", address[1]).body.decode()
    assert "Preliminär." in public
    assert 'class="standing"' not in public
    assert 'class="standing"' not in call(running.base, "GET", PAGES[2]).body.decode()


def test_a_saved_passage_says_so_where_it_stands(running: Running, crew: Holder) -> None:
    fields = passage_with(running, "Ett annat ord")
    answer = ask(running, "POST", EDIT, **fields)
    where = answer.header("Location").partition("#")[0]
    assert read(running, where).count('role="status"') == 1
    assert "Sparat." not in read(running, f"{EDIT}?saved=nonsense%22%3E")
