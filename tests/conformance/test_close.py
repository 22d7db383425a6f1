"""Closing: the server's time with grace, the room's own end, and its door."""

from __future__ import annotations

import pytest

from tests.conformance.client import API, Holder, example_item, join, new_id, open_exercises, post_json
from tests.conformance.conftest import Place, stage, wait_for_step

pytestmark = pytest.mark.conformance


def test_an_answer_on_its_way_when_the_exercise_closes_is_kept(crew: Holder, person: Holder, rating: str) -> None:
    item = example_item(next(open_exercises(person.state())))
    assert crew.act("close", exercise=rating)["status"] == "stored"
    assert person.send(item)[0]["status"] == "stored"
    assert person.state()["mine"] == [item]


def test_an_answer_on_its_way_when_the_room_moves_on_is_kept(crew: Holder, person: Holder, rating: str) -> None:
    item = example_item(next(open_exercises(person.state())))
    here = stage(crew)
    crew.act("next", from_=here["step"])
    wait_for_step(crew, here["next"]["step"])  # type: ignore[index]
    assert person.send(item)[0]["status"] == "stored"


def test_a_closed_exercise_takes_nothing_new_from_those_who_ask_first(crew: Holder, person: Holder, rating: str) -> None:
    crew.act("close", exercise=rating)
    with person.events() as stream:
        stream.until("hello")
        assert rating not in {exercise["id"] for exercise in open_exercises(person.state())}


def test_a_closed_room_says_so_and_may_be_opened_again(place: Place, crew: Holder, person: Holder, rating: str) -> None:
    with person.events() as stream:
        stream.until("hello")
        crew.act("close")
        assert stream.cell("stage", where=lambda value: value["status"] == "closed")["closed_at"]
        refused = post_json(place.base, f"{API}/join", {"code": place.code})
        assert refused.status == 410
        assert refused.json["type"] == "/problems/room-closed"
        assert person.get("state").status == 200
        crew.act("open")
        stream.cell("stage", where=lambda value: value["status"] == "running")
    assert join(place.base, place.code).room == person.room


def test_a_wrong_phase_is_named(crew: Holder, person: Holder, rating: str) -> None:
    """Counted hands are for the rating phase of crew; a phase that never took it has no grace for it."""
    here = stage(crew)
    block = str(here["step"]).partition(":")[0]
    crew.act("go", to=f"{block}:result")
    wait_for_step(crew, f"{block}:result")
    group = {"id": new_id(), "exercise": rating, "type": "rate", "data": {"item": "no-such-item", "subject": "me", "value": 1}}
    result = person.send(group)[0]
    assert result["status"] == "refused"
    assert result["reason"] in {"invalid", "wrong_phase"}
