"""A rehearsal as its facilitator has it: time that moves, a meeting that goes by itself, limits that are told."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conformance.client import Holder, call, join
from tests.rehearsal.facilitator import WITHIN, Facilitator, code_of
from tests.running import Running, demo, poll

MINUTE = 60_000


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with demo(tmp_path_factory.mktemp("rehearsing") / "data") as product:
        yield product


@pytest.fixture
def facilitator(running: Running) -> Facilitator:
    return Facilitator(running.base)


@pytest.fixture
def crew(facilitator: Facilitator) -> Iterator[Holder]:
    crew = facilitator.rehearse()
    yield crew
    facilitator.post(f"/rooms/{crew.room}/rehearsal/end")


def stage(holder: Holder) -> Any:
    return holder.state()["cells"]["stage"]


def test_time_moves_for_everybody_at_once(facilitator: Facilitator, crew: Holder) -> None:
    with join(crew.base, code_of(crew)).events() as phone:
        assert phone.cell("stage", within=WITHIN)["rehearsal"] is True
        before = crew.state()["now"]
        assert facilitator.post(f"/rooms/{crew.room}/rehearsal/forward", by="5")[0] == 200
        assert phone.until("beat", where=lambda data: data["now"] >= before + 5 * MINUTE, within=WITHIN)
        assert crew.state()["now"] >= before + 5 * MINUTE
    crew.act("go", to="block-3:talk")
    assert stage(crew)["clock"]["started_at"] >= before + 5 * MINUTE, "what happens is written with the room's time"
    ends = stage(crew)["clock"]["ends_at"]
    facilitator.post(f"/rooms/{crew.room}/rehearsal/forward", by="end")
    poll(lambda: crew.state()["now"] >= ends, within=WITHIN, what="the block's time is out")
    assert crew.state()["now"] < ends + MINUTE


def test_the_meeting_goes_by_itself_until_it_is_stopped(facilitator: Facilitator, crew: Holder) -> None:
    at_first = stage(crew)["step"]
    facilitator.post(f"/rooms/{crew.room}/rehearsal/walk", on="1")
    poll(lambda: crew.state()["cells"]["rehearsal"]["walking"], within=WITHIN, what="it walks")
    poll(lambda: stage(crew)["step"] != at_first, within=WITHIN, what="it has gone on")
    facilitator.post(f"/rooms/{crew.room}/rehearsal/walk", on="0")
    poll(lambda: not crew.state()["cells"]["rehearsal"]["walking"], within=WITHIN, what="it stands")


@pytest.mark.parametrize("by", ["", "0", "99", "-5", "1.5", "END", "1e9", "٥"])
def test_no_other_leaps(facilitator: Facilitator, crew: Holder, by: str) -> None:
    status, _address, said = facilitator.post(f"/rooms/{crew.room}/rehearsal/forward", by=by)
    assert status == 400
    assert "spola" in said


def test_one_at_a_time_for_each_gathering(facilitator: Facilitator, crew: Holder) -> None:
    status, _address, said = facilitator.post(facilitator.page, people="24")
    assert status == 409
    assert "En repetition pågår redan" in said
    assert f"/rooms/{crew.room}/cockpit" in said


@pytest.mark.parametrize("people", ["", "4", "61", "24.5", "-5", "tjugo", "٢٤", "9" * 5000, "<b>"])
def test_a_number_that_is_none_is_told(facilitator: Facilitator, people: str) -> None:
    status, _address, said = facilitator.post(facilitator.page, people=people)
    assert status == 400
    assert "Skriv ett tal från 5 till 60." in said
    assert "<b>" not in said


def test_a_meeting_is_no_rehearsal(facilitator: Facilitator, running: Running) -> None:
    """Nothing of this moves a real room's time, walks through it or deletes it."""
    meeting = running.cockpit.split("/")[-2]
    assert facilitator.get(f"/rooms/{meeting}/cockpit")[0] == 200
    for what, fields in (("forward", {"by": "5"}), ("walk", {"on": "1"}), ("end", {})):
        assert facilitator.post(f"/rooms/{meeting}/rehearsal/{what}", **fields)[0] == 404
    assert facilitator.get(f"/rooms/{meeting}/rehearsal/documentation")[0] == 404
    assert facilitator.get(f"/rooms/{meeting}/cockpit")[0] == 200


def test_ones_own_page_says_what_it_is_and_nothing_leaves_the_rehearsal(crew: Holder) -> None:
    person = join(crew.base, code_of(crew))
    cookie = {"Cookie": f"csrftoken={'x' * 32}; mr-{crew.room}={person.ticket}", "X-CSRFToken": "x" * 32}
    mine = f"/rooms/{crew.room}/mine"
    page = call(crew.base, "GET", mine, headers=cookie).body.decode()
    assert "Repetition. Inget sparas." in page
    assert f'href="/r/{code_of(crew)}"' in page
    assert "/mine/link" not in page
    assert "/mine/mail" not in page
    assert "följer inte med länken" not in page  # that is for who came by a link
    assert {call(crew.base, "POST", f"{mine}/{way}", headers=cookie).status for way in ("link", "mail")} == {404}
    assert call(crew.base, "POST", f"{mine}/leave", headers=cookie).status == 302
    assert call(crew.base, "GET", mine, headers=cookie).status == 404


def test_who_looks_in_while_it_ends_sees_it_or_hears_that_it_is_gone(facilitator: Facilitator) -> None:
    crew = facilitator.rehearse()
    is_over = threading.Event()

    def look(kind: str) -> set[int]:
        seen = set()
        while not is_over.is_set():
            seen.add(facilitator.passing_by(f"/rooms/{crew.room}/{kind}"))
        return seen

    with ThreadPoolExecutor() as pool:
        looks = [pool.submit(look, kind) for kind in ("cockpit", "cockpit", "projector", "projector")]
        facilitator.post(f"/rooms/{crew.room}/rehearsal/end")
        is_over.set()
    assert set().union(*(one.result() for one in looks)) <= {200, 404}
    assert facilitator.passing_by(f"/rooms/{crew.room}/cockpit") == 404
