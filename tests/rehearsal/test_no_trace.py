"""A rehearsal leaves nothing: no row, no file, no word in the bytes of the database; and it touches nothing while it goes on."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from tests.conformance.client import API, Holder, call, new_id, post_json
from tests.rehearsal.facilitator import WITHIN, Facilitator, all_come, code_of, crowds, files, holds, tables
from tests.running import Running, demo, poll

TYPED, NAME, NOTED = "Brobyggarens hemliga mening 4711", "Nebulina Kvastfink", "Anteckning om kvasten 1337"
PEOPLE = 5


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    with demo(tmp_path / "data") as product:
        yield product


def picture() -> bytes:
    into = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(into, "PNG")
    return into.getvalue()


def upload(crew: Holder) -> str:
    headers = {"Authorization": f"Bearer {crew.ticket}", "Content-Type": "image/png"}
    return str(call(crew.base, "POST", f"{API}/{crew.room}/pictures", body=picture(), headers=headers).json["picture"])


def notes_of(crew: Holder) -> str:
    return str(next(one["id"] for one in crew.state()["exercises"] if "photo" in one["accepts"]))


def speak(crew: Holder, base: str) -> None:
    """Everything that could stay behind: names, words, notes, a photo that is given and one that is not, and somebody who leaves."""
    crew.act("go", to="block-2:plenary")
    joined = post_json(base, f"{API}/join", {"code": code_of(crew), "name": NAME, "organisation": f"{NAME} AB"}).json
    person = Holder(base, joined["room_id"], joined["ticket"])
    cards = next(one["id"] for one in person.state()["exercises"] if one["slug"] == "cards")
    assert person.send({"id": new_id(), "exercise": cards, "type": "share", "data": {"text": TYPED}})[0]["status"] == "stored"
    notes = notes_of(crew)
    lines = [("note", {"text": NOTED}), ("photo", {"picture": upload(crew), "caption": NOTED})]
    for kind, data in lines:
        assert crew.send({"id": new_id(), "exercise": notes, "type": kind, "data": data})[0]["status"] == "stored"
    upload(crew)
    gone = post_json(base, f"{API}/join", {"code": code_of(crew), "name": "En som går"}).json
    headers = {"Authorization": f"Bearer {gone['ticket']}"}
    assert call(base, "DELETE", f"{API}/{gone['room_id']}/participants/me", headers=headers).status == 204


def test_nothing_is_left(running: Running) -> None:
    facilitator = Facilitator(running.base)
    before, tree = tables(running), files(running.data)
    crew = facilitator.rehearse(PEOPLE)
    code = code_of(crew)
    all_come(crew, PEOPLE - 1)  # one may be late
    speak(crew, running.base)
    assert len(files(running.data) - tree) == 2, "the two pictures are there, and nothing is noted beside the database"
    assert all(holds(running.data, word) for word in (TYPED, NAME, NOTED)), "what is looked for can be found"
    assert TYPED in facilitator.get(f"/rooms/{crew.room}/rehearsal/documentation")[1]
    assert TYPED not in facilitator.get(f"/gatherings/{facilitator.gathering}/documentation")[1]
    assert crowds(code)
    status, address, page = facilitator.post(f"/rooms/{crew.room}/rehearsal/end")
    assert (status, address) == (200, f"{running.base}{facilitator.page}?over")
    assert "Repetitionen är avslutad" in page
    assert tables(running) == before
    assert files(running.data) == tree
    assert crowds(code) == []
    poll(lambda: not any(holds(running.data, word) for word in (TYPED, NAME, NOTED)), within=WITHIN, what="the words are in no file")
    assert call(running.base, "GET", f"{API}/{crew.room}/state", headers={"Authorization": f"Bearer {crew.ticket}"}).status == 401
    assert post_json(running.base, f"{API}/join", {"code": code}).status == 404
    assert facilitator.get(f"/rooms/{crew.room}/cockpit")[0] == 404


def test_the_gathering_and_its_real_room_know_nothing_of_it(running: Running) -> None:
    facilitator = Facilitator(running.base)
    start, sheet = facilitator.seen("/"), facilitator.seen(f"/gatherings/{facilitator.gathering}")
    untouched = {name: rows for name, rows in tables(running).items() if not name.startswith("rooms_")}
    crew = facilitator.rehearse(PEOPLE)
    crew.act("go", to="block-2:choose")
    crew.act("go", to="block-3:talk")
    crew.act("close")
    poll(lambda: crew.state()["cells"]["stage"]["status"] == "closed", within=WITHIN, what="the rehearsal is closed")
    assert facilitator.seen("/") == start
    assert facilitator.seen(f"/gatherings/{facilitator.gathering}") == sheet, "the planner can still be written in"
    assert {name: rows for name, rows in tables(running).items() if not name.startswith("rooms_")} == untouched
    status, _address, real = facilitator.post(f"/gatherings/{facilitator.gathering}/room", sure="1")  # its day is still to come
    assert status == 200
    assert f'data-room="{crew.room}"' not in real
    assert "rehearsal" not in real
