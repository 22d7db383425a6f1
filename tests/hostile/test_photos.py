"""Photos that tables bring: what is stored is pixels, what is no picture is told so, and tables hear nothing of each other."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from mellanrum.core.tests.picture_cases import HTML, SECRET, SVG, landscape, packed, png_of, saved, told_all, webp_of
from tests.conformance.client import API, Answer, Holder, call, holder_of, join, new_id, post_json
from tests.conformance.conftest import find_rating
from tests.hostile.conftest import crew_of
from tests.running import Running, poll, start_demo

CSRF = "x" * 32
FORM = {"Cookie": f"csrftoken={CSRF}", "X-CSRFToken": CSRF, "Content-Type": "application/x-www-form-urlencoded"}
JPEG = saved(landscape(), "JPEG")
WRONG = {
    "empty": b"",
    "svg": SVG,
    "html": HTML,
    "zip": packed(),
    "cut": JPEG[: len(JPEG) // 2],
    "bomb": png_of(60_000, 60_000),
    "canvas": webp_of(16_000, 16_000),
    "disguised": b"\xff\xd8\xff" + HTML,
    "nothing": b"\0" * 999,
}


@pytest.fixture(scope="module")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A demo of their own: pictures are rationed per ticket, and the disk is looked at."""
    running = start_demo(tmp_path_factory.mktemp("photos") / "data")
    yield running
    running.stop()
    assert "Traceback" not in running.output


@pytest.fixture(scope="module")
def crew(product: Running) -> Holder:
    one = crew_of(product)
    find_rating(one)
    return one


@pytest.fixture(scope="module")
def notes(crew: Holder) -> str:
    return next(str(one["id"]) for one in crew.state()["exercises"] if "photo" in one["accepts"])


def table(product: Running, crew: Holder, number: int) -> Holder:
    """The phone of that table, from the link that the page for it shows."""
    body = urlencode({"table": number, "people": 5}).encode()
    page = call(product.base, "POST", f"/rooms/{crew.room}/tables", body=body, headers=FORM).body.decode()
    ticket = re.search(r"#t=([\w-]+)", page)
    assert ticket
    return holder_of(product.base, post_json(product.base, f"{API}/join", {"code": product.code}, bearer(ticket[1])).json)


def bearer(ticket: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {ticket}"}


def bring(one: Holder, content: bytes, **headers: str) -> Answer:
    return call(one.base, "POST", one.path("pictures"), body=content, headers={**one.headers, **headers})


def give(one: Holder, notes: str, kind: str, **data: Any) -> dict[str, Any]:
    item = {"id": new_id(), "exercise": notes, "type": kind, "data": data}
    return {**item, **one.send(item)[0]}


def files(product: Running) -> set[str]:
    return {path.name for path in (product.data / "pictures").glob("*")}


def test_a_photo_is_drawn_anew_and_says_nothing_of_where_it_was_taken(product: Running, crew: Holder, notes: str) -> None:
    seven = table(product, crew, 7)
    told = told_all()
    assert SECRET in told
    brought = bring(seven, told).json
    assert (brought["width"], brought["height"]) == (40, 60)  # upright
    content = (product.data / "pictures" / brought["picture"]).read_bytes()
    assert SECRET not in content
    assert b"EXIF" not in content
    assert give(seven, notes, "photo", picture=brought["picture"], caption="Vårt papper")["status"] == "stored"
    shown = call(product.base, "GET", f"/pictures/{brought['picture']}")
    assert (shown.status, shown.header("Content-Type"), shown.body) == (200, "image/webp", content)


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_what_is_no_picture_is_refused_in_words(product: Running, crew: Holder, content: bytes) -> None:
    before, six = files(product), table(product, crew, 6)
    answer = bring(six, content)
    assert (answer.status, answer.json["type"]) == (422, "/problems/not-a-picture")
    assert answer.json["detail"].endswith(".")
    assert files(product) == before


def test_a_picture_with_a_program_behind_it_comes_out_without(product: Running, crew: Holder) -> None:
    six = table(product, crew, 6)
    name = bring(six, JPEG + HTML).json["picture"]
    assert b"script" not in (product.data / "pictures" / name).read_bytes()


def test_forty_megabytes_are_refused_before_they_are_read(product: Running, crew: Holder) -> None:
    ticket = table(product, crew, 6).ticket
    head = f"POST {API}/{crew.room}/pictures HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {ticket}\r\nContent-Length: {40 * 2**20}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", product.port), timeout=10) as wire:
        wire.sendall(head.encode() + b"\xff\xd8\xff")
        assert b" 413 " in wire.recv(4096).split(b"\r\n")[0]


def test_a_ticket_brings_so_many_pictures_at_once_and_no_more(product: Running, crew: Holder) -> None:
    nine = table(product, crew, 9)
    found = [bring(nine, b"x").status for _ in range(31)]
    assert found == [422] * 30 + [429]


def test_a_page_from_elsewhere_brings_nothing_with_somebodys_cookie(product: Running, crew: Holder) -> None:
    five = table(product, crew, 5)
    own = {"Cookie": f"mr-{crew.room}={five.ticket}"}
    path = five.path("pictures")
    assert call(product.base, "POST", path, body=JPEG, headers={**own, "Sec-Fetch-Site": "cross-site"}).status == 403
    assert call(product.base, "POST", path, body=JPEG, headers={**own, "Sec-Fetch-Site": "same-origin"}).status == 200


def test_a_table_speaks_for_itself_and_hears_nothing_of_the_others(product: Running, crew: Holder, notes: str) -> None:
    seven, three, person = table(product, crew, 7), table(product, crew, 3), join(product.base, product.code)
    assert give(seven, notes, "note", text="Bara bord sju vet detta.", who="3")["status"] == "stored"
    assert give(crew, notes, "note", text="Teamet undrar om bord tre.", who="3")["status"] == "stored"
    cell = f"exercise-{notes}"

    def lines(one: Holder) -> str:
        return str(one.state()["cells"].get(cell))

    poll(lambda: "Bara bord sju" in lines(seven), what="the line at its own table")
    assert "Bara bord sju" not in lines(three)
    assert "Teamet undrar" not in lines(three)
    assert next(one for one in crew.state()["cells"][cell]["lines"] if one["text"].startswith("Bara"))["who"] == "7"
    assert cell not in person.state()["cells"]
    with person.events() as listening:
        listening.until("hello")
        give(seven, notes, "note", text="Ännu en rad från sju.")
        crew.act("message", text="hej")
        listening.cell("stage", where=lambda view: view["message"] == "hej")
        assert b"notes" not in listening.raw
    assert seven.act("next")["reason"] == "no_right"
    assert give(seven, notes, "star", id="x")["reason"] == "no_right"


def test_markup_in_a_line_is_words_everywhere(product: Running, crew: Holder, notes: str) -> None:
    wild = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    seven = table(product, crew, 7)
    assert give(seven, notes, "note", text=wild)["status"] == "stored"
    poll(lambda: "alert(1)" in crew.get("state?as=html").body.decode(), what="the line in the cockpit")
    documentation = call(product.base, "GET", "/gatherings/1/documentation").body.decode()
    for page in (documentation, *(one.state("?as=html")["cells"][f"exercise-{notes}"] for one in (seven, crew))):
        assert "alert(1)" in page
        assert wild not in page
        assert "<script>alert" not in page


def test_what_is_hidden_is_not_in_the_documentation(product: Running, crew: Holder, notes: str) -> None:
    seven = table(product, crew, 7)
    name = bring(seven, JPEG).json["picture"]
    line, photo = give(seven, notes, "note", text="En rad som ska bort."), give(seven, notes, "photo", picture=name)

    def page() -> str:
        return call(product.base, "GET", "/gatherings/1/documentation").body.decode()

    poll(lambda: "En rad som ska bort." in page() and name in page(), what="line and photo")
    for one in (line, photo):
        crew.act("hide", id=one["id"])
    assert "En rad som ska bort." not in page()
    assert name not in page()
    assert name in files(product)  # hiding can be undone


def test_a_photo_that_is_taken_back_is_gone_from_the_disk_unless_it_was_only_corrected(product: Running, crew: Holder, notes: str) -> None:
    seven = table(product, crew, 7)
    name = bring(seven, JPEG).json["picture"]
    photo = give(seven, notes, "photo", picture=name, caption="Fel")
    better = {"id": new_id(), "exercise": notes, "type": "photo", "data": {"picture": name, "caption": "Rätt"}, "replaces": photo["id"]}
    assert seven.send(better)[0]["status"] == "stored"
    crew.act("pause", on=False)  # answered after the fold
    assert name in files(product)
    assert give(join(product.base, product.code), notes, "withdraw", id=better["id"])["reason"] == "not_found"  # a stranger's hand
    assert give(seven, notes, "withdraw", id=better["id"])["status"] == "stored"
    poll(lambda: name not in files(product), what="the file is removed")
    assert call(product.base, "GET", f"/pictures/{name}").status == 404


def test_whoever_names_a_photo_of_others_and_takes_that_back_takes_nothing_from_them(product: Running, crew: Holder, notes: str) -> None:
    here = crew.state()["cells"]["stage"]["step"]
    five, six = table(product, crew, 5), table(product, crew, 6)
    name = bring(five, JPEG).json["picture"]
    assert give(five, notes, "photo", picture=name)["status"] == "stored"
    crew.act("go", to="block-1")
    elsewhere = next(str(one["id"]) for one in crew.state()["exercises"] if "photo" in one["accepts"] and one["id"] != notes)
    theirs = give(six, elsewhere, "photo", picture=name)
    assert give(six, elsewhere, "withdraw", id=theirs["id"])["status"] == "stored"
    crew.act("go", to=here)  # answered after the fold
    crew.act("pause", on=False)
    assert call(product.base, "GET", f"/pictures/{name}").status == 200


def test_without_scripts_a_table_writes_and_photographs_and_others_cannot(product: Running, crew: Holder, notes: str) -> None:
    four, person = table(product, crew, 4), join(product.base, product.code)
    path = f"/r/{product.code}/plain"

    def post(one: Holder, tail: str, content: bytes, kind: str) -> int:
        headers = {**FORM, "Cookie": f"csrftoken={CSRF}; mr-{crew.room}={one.ticket}", "Content-Type": kind}
        return call(product.base, "POST", path + tail, body=content, headers=headers).status

    def page(one: Holder) -> str:
        return call(product.base, "GET", path, headers={"Cookie": f"mr-{crew.room}={one.ticket}"}).body.decode()

    form = multipart({"exercise": notes, "caption": "Utan skript"}, JPEG)
    kind = "multipart/form-data; boundary=xXx"
    assert post(person, "/photo", form, kind) == 404
    assert post(four, "/photo", form.replace(JPEG, SVG), kind) == 400
    assert post(four, "/photo", form, kind) == 302
    line = urlencode({"exercise": notes, "note?who=9#text": "En rad utan skript."}).encode()
    assert post(four, "", line, FORM["Content-Type"]) == 302
    assert all(words in page(four) for words in ("En rad utan skript.", "Utan skript", "Anteckna för bord 4"))
    assert "Anteckna" not in page(person)


def multipart(fields: dict[str, str], photo: bytes) -> bytes:
    head = "--xXx\r\nContent-Disposition: form-data; name="
    parts = "".join(f'{head}"{name}"\r\n\r\n{value}\r\n' for name, value in fields.items())
    return parts.encode() + f'{head}"photo"; filename="a.svg"\r\n\r\n'.encode() + photo + b"\r\n--xXx--\r\n"
