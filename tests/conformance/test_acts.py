"""The course of the room: crew acts are contributions to `stage`, undone and hidden like any other."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest

from tests.conformance.client import Holder, example_item, new_id, open_exercises
from tests.conformance.conftest import stage, wait_for_step

TYPES = {"next", "back", "go", "open", "close", "reveal", "hide", "undo", "extend", "pause", "freeze", "message"}

pytestmark = pytest.mark.conformance


def test_crew_is_told_all_types_of_acts(crew: Holder, rating: str) -> None:
    accepts = next(exercise for exercise in crew.state()["exercises"] if exercise["id"] == "stage")["accepts"]
    assert set(accepts) >= TYPES


@pytest.mark.parametrize("type_", sorted(TYPES))
def test_participants_may_not_act(person: Holder, type_: str) -> None:
    before = person.state()["version"]
    result = person.send({"id": new_id(), "exercise": "stage", "type": type_, "data": {}})[0]
    assert (result["status"], result["reason"]) == ("refused", "no_right")
    assert person.state()["version"] == before


def test_next_leads_where_the_stage_says(crew: Holder, rating: str) -> None:
    here = stage(crew)
    there = here["next"]
    assert isinstance(there, dict)
    crew.act("next", from_=here["step"])
    wait_for_step(crew, there["step"])
    crew.act("back", from_=there["step"])
    wait_for_step(crew, str(here["step"]))


def test_two_at_once_are_one_step(crew: Holder, rating: str) -> None:
    here = stage(crew)
    target = here["next"]
    assert isinstance(target, dict)
    together = Barrier(2)

    def press(_: int) -> dict[str, Any]:
        together.wait()
        return crew.act("next", from_=here["step"])

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(press, range(2)))
    assert [result["status"] for result in results] == ["stored", "stored"]
    with crew.events() as stream:
        stream.until("hello")
        stream.cell("stage", where=lambda value: value["step"] == target["step"])
        seq = crew.act("message", text="nu")["seq"]
        stream.cell("stage", where=lambda value: value["message"] == "nu")
        assert stream.versions["stage"] >= seq
        assert stream.cells["stage"]["step"] == target["step"]
    crew.act("message", text="")


def test_undo_takes_back_the_last_act(crew: Holder, person: Holder, rating: str) -> None:
    with person.events() as stream:
        stream.until("hello")
        crew.act("message", text="ett misstag")
        stream.cell("stage", where=lambda value: value["message"] == "ett misstag")
        assert crew.act("undo")["status"] == "stored"
        stream.cell("stage", where=lambda value: value["message"] != "ett misstag")


def test_undo_of_a_named_act_leaves_the_later_ones(crew: Holder, rating: str) -> None:
    first = crew.act("message", text="första")["seq"]
    crew.act("pause", on=True)
    assert crew.act("undo", seq=first)["status"] == "stored"
    with crew.events() as stream:
        stream.until("hello")
        stream.cell("stage", where=lambda value: value["message"] == "" and value["paused"])
        crew.act("pause", on=False)
        stream.cell("stage", where=lambda value: not value["paused"])


def test_undo_of_what_is_no_act(crew: Holder, person: Holder) -> None:
    seq = person.send(example_item(next(open_exercises(person.state()))))[0]["seq"]
    for wrong in (seq, 10**9):
        result = crew.act("undo", seq=wrong)
        assert (result["status"], result["reason"]) == ("refused", "not_found")
    assert len(person.state()["mine"]) == 1


def test_the_step_one_leaves_by_undo_is_the_step_one_returns_to(crew: Holder, rating: str) -> None:
    here = stage(crew)
    crew.act("next", from_=here["step"])
    wait_for_step(crew, here["next"]["step"])  # type: ignore[index]
    crew.act("undo")
    wait_for_step(crew, str(here["step"]))


def test_extending_moves_the_end_of_the_clock(crew: Holder, rating: str) -> None:
    with crew.events() as stream:
        stream.until("hello")
        clock = stream.cell("stage")["clock"]
        crew.act("extend", minutes=3)
        stream.cell("stage", where=lambda value: value["clock"]["length_ms"] == clock["length_ms"] + 180_000)
        crew.act("extend", minutes=-3)
        stream.cell("stage", where=lambda value: value["clock"]["length_ms"] == clock["length_ms"])


def test_a_frozen_projector_rests_and_then_catches_up(crew: Holder, rating: str) -> None:
    with crew.events("?audience=projector") as wall, crew.events() as cockpit:
        wall.until("hello")
        cockpit.until("hello")
        crew.act("freeze", on=True)
        wall.cell("stage", where=lambda value: value["frozen"])
        here = stage(crew)
        crew.act("next", from_=here["step"])
        cockpit.cell("stage", where=lambda value: value["step"] == here["next"]["step"])  # type: ignore[index]
        assert crew.state("?audience=projector")["cells"]["stage"]["now"]["step"] == here["step"]
        crew.act("freeze", on=False)
        wall.cell("stage", where=lambda value: value["now"]["step"] == here["next"]["step"])  # type: ignore[index]


@pytest.mark.parametrize(
    ("type_", "data"),
    [
        ("go", {"to": "block-999"}),
        ("open", {"exercise": "scale-999"}),
        ("hide", {"id": "never-seen-1234567890123"}),
        ("admit", {"id": "never-seen-12345"}),
    ],
)
def test_acts_on_what_is_not_there_are_refused_or_change_nothing(crew: Holder, rating: str, type_: str, data: dict[str, Any]) -> None:
    before = stage(crew)
    result = crew.act(type_, **data)
    assert result["status"] in {"stored", "refused"}
    if result["status"] == "refused":
        assert result["reason"] in {"not_found", "unknown_exercise", "invalid"}
    assert stage(crew)["step"] == before["step"]
    assert stage(crew)["status"] == before["status"]


@pytest.mark.parametrize(
    ("type_", "data"),
    [("go", {}), ("extend", {"minutes": 999}), ("extend", {"minutes": "3"}), ("message", {"text": 3}), ("next", {"from": 7}), ("hide", {})],
)
def test_acts_with_wrong_data_are_invalid(crew: Holder, rating: str, type_: str, data: dict[str, Any]) -> None:
    result = crew.act(type_, **data)
    assert (result["status"], result["reason"]) == ("refused", "invalid")
