"""Hidden is absent: what an audience may not see is not in its bytes."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.conformance.client import Holder, example_item, join, new_id, open_exercises
from tests.conformance.conftest import Place, stage, wait_for_step

SECRET = "hemlig-mening-7f3a"

pytestmark = pytest.mark.conformance


def _answer_as(people: list[Holder]) -> None:
    for person in people:
        assert person.send(example_item(next(open_exercises(person.state()))))[0]["status"] == "stored"


def _cells(crew: Holder, rating: str) -> dict[str, Any]:
    return {audience: crew.state(f"?audience={audience}")["cells"][f"exercise-{rating}"] for audience in ("phone", "projector")}


def test_before_the_reveal_nothing_of_an_answer_is_sent_and_afterwards_it_is(place: Place, crew: Holder, rating: str) -> None:
    people = [join(place.base, place.code) for _ in range(6)]
    before = _cells(crew, rating)
    _answer_as(people)
    here = stage(crew)
    assert _cells(crew, rating) == before
    crew.act("reveal", exercise=rating)
    with crew.events("?audience=projector") as wall:
        wall.until("hello")
        shown = wall.cell(f"exercise-{rating}", where=lambda value: value["result"] is not None)
    assert shown["result"]["people"] >= 6
    assert shown["result"]["items"]
    crew.act("go", to=here["step"])
    wait_for_step(crew, str(here["step"]))


def test_crew_sees_how_many_but_no_number_before_the_room(place: Place, crew: Holder, rating: str) -> None:
    _answer_as([join(place.base, place.code)])
    view = crew.state()["cells"][f"exercise-{rating}"]
    assert view["answered"] >= 1
    assert view.get("result") is None


def test_the_form_does_not_move_while_others_answer(place: Place, person: Holder, rating: str) -> None:
    with person.events() as stream:
        hello = stream.until("hello").data
        for _ in hello["cells"]:
            stream.take()
        _answer_as([join(place.base, place.code) for _ in range(3)])
        stream.until("beat", within=20)
        changed = []
        while not stream._queue.empty():
            event = stream.take()
            changed += [event.data["cell"]] if event and event.name == "cell" else []
        assert f"exercise-{rating}" not in changed


def _written(person: Holder, rating: str) -> dict[str, Any]:
    exercise = next(exercise for exercise in person.state()["exercises"] if exercise["id"] == rating)
    part = exercise["accepts"]["write"]["properties"]["part"]
    name = part.get("const") or (part.get("enum") or [parts["id"] for parts in person.state()["cells"][f"exercise-{rating}"]["parts"]])[0]
    return {"id": new_id(), "exercise": rating, "type": "write", "data": {"part": name, "text": SECRET}}


def test_a_hidden_text_is_nowhere(place: Place, crew: Holder, person: Holder, rating: str) -> None:
    item = _written(person, rating)
    assert person.send(item)[0]["status"] == "stored"
    with crew.events() as stream:
        stream.until("hello")
        stream.cell(f"exercise-{rating}", where=lambda value: any(text["id"] == item["id"] for text in value["texts"]))
        for audience in ("phone", "projector"):
            assert SECRET not in json.dumps(crew.state(f"?audience={audience}"))
        assert crew.act("hide", id=item["id"], reason="Prov")["status"] == "stored"
        stream.cell(f"exercise-{rating}", where=lambda value: SECRET not in json.dumps(value))
    for audience in ("phone", "projector", "crew"):
        for form in ("json", "html"):
            assert SECRET not in crew.get(f"state?audience={audience}&as={form}").body.decode()


def test_undoing_a_hide_brings_the_text_back(crew: Holder, person: Holder, rating: str) -> None:
    item = _written(person, rating)
    person.send(item)
    hidden = crew.act("hide", id=item["id"])["seq"]
    crew.act("undo", seq=hidden)
    with crew.events() as stream:
        stream.until("hello")
        stream.cell(f"exercise-{rating}", where=lambda value: any(text["id"] == item["id"] for text in value["texts"]))
    crew.act("hide", id=item["id"])


def test_a_text_is_never_shown_with_its_author(person: Holder, crew: Holder, rating: str) -> None:
    item = _written(person, rating)
    person.send(item)
    assert person.participant not in crew.get("state").body.decode()
    crew.act("hide", id=item["id"])
