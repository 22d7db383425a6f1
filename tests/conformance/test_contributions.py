"""`POST contributions`: durable before acknowledged, once, in order, by the right person."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tests.conformance.client import Holder, call, example_item, new_id, open_exercises

pytestmark = pytest.mark.conformance


@pytest.fixture
def item(person: Holder) -> dict[str, Any]:
    return example_item(next(open_exercises(person.state())))


def test_one_is_as_good_as_a_list(person: Holder, item: dict[str, Any]) -> None:
    answer = person.post(item)
    assert answer.status == 200
    assert [(result["id"], result["status"]) for result in answer.json["results"]] == [(item["id"], "stored")]


def test_results_come_in_the_order_sent(person: Holder, item: dict[str, Any]) -> None:
    broken = {**item, "id": new_id(), "data": {"nothing": "of this"}}
    more = {**item, "id": new_id()}
    results = person.send(item, broken, more)
    assert [result["status"] for result in results] == ["stored", "refused", "stored"]
    assert results[1]["reason"] == "invalid"
    assert results[1]["detail"]


def test_a_retry_is_a_duplicate_and_one_row(person: Holder, item: dict[str, Any]) -> None:
    first = person.send(item)[0]
    again = person.send(item)[0]
    assert (first["status"], again["status"]) == ("stored", "duplicate")
    assert again["seq"] == first["seq"]
    assert person.state()["mine"] == [item]


def test_fifty_retries_at_once_are_one_row(person: Holder, item: dict[str, Any]) -> None:
    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(lambda _: person.send(item)[0]["status"], range(18)))
    assert sorted(answers) == ["duplicate"] * 17 + ["stored"]


def test_the_same_id_twice_in_one_list(person: Holder, item: dict[str, Any]) -> None:
    assert [result["status"] for result in person.send(item, item)] == ["stored", "duplicate"]


def test_made_at_is_no_part_of_the_body(person: Holder, item: dict[str, Any]) -> None:
    now = person.state()["now"]
    assert person.send({**item, "made_at": now - 5_000})[0]["status"] == "stored"
    assert person.send({**item, "made_at": now - 1_000})[0]["status"] == "duplicate"


def test_an_id_with_another_body_is_refused(person: Holder, item: dict[str, Any]) -> None:
    person.send(item)
    changed = {**item, "data": {**item["data"], "value": None}}
    result = person.send(changed)[0]
    assert (result["status"], result["reason"]) == ("refused", "id_reused")
    assert person.state()["mine"] == [item]


def test_an_id_of_another_person_is_refused(person: Holder, other: Holder, item: dict[str, Any]) -> None:
    person.send(item)
    result = other.send(item)[0]
    assert (result["status"], result["reason"]) == ("refused", "id_reused")
    assert other.state()["mine"] == []


def test_a_refusal_is_not_remembered(person: Holder, item: dict[str, Any]) -> None:
    assert person.send({**item, "data": {}})[0]["status"] == "refused"
    assert person.send(item)[0]["status"] == "stored"


def test_a_hundred_is_the_most(person: Holder, item: dict[str, Any]) -> None:
    hundred = [{**item, "id": new_id()} for _ in range(100)]
    assert {result["status"] for result in person.send(*hundred)} == {"stored"}
    assert person.post([*hundred, {**item, "id": new_id()}]).status == 413


def test_nothing_sent_is_nothing_stored(person: Holder) -> None:
    answer = person.post([])
    assert answer.status in {200, 400}
    assert answer.status == 400 or answer.json["results"] == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"exercise": "scale-999"}, "unknown_exercise"),
        ({"type": "sing"}, "unknown_type"),
        ({"data": {}}, "invalid"),
        ({"data": {"item": "a", "subject": "me", "value": 99}}, "invalid"),
        ({"type": "count", "data": {"item": "a", "subject": "me", "counts": [1]}}, "no_right"),
        ({"exercise": "stage", "type": "next", "data": {}}, "no_right"),
        ({"type": "withdraw", "data": {"id": "never-seen-before-1234567"}}, "not_found"),
    ],
)
def test_reasons_are_words_of_a_closed_list(person: Holder, item: dict[str, Any], change: dict[str, Any], reason: str) -> None:
    result = person.send({**item, **change})[0]
    assert (result["status"], result["reason"]) == ("refused", reason)
    assert len(result["detail"]) > 10
    assert person.state()["mine"] == []


def test_withdrawing_takes_back_ones_own(person: Holder, other: Holder, item: dict[str, Any]) -> None:
    person.send(item)
    withdraw = {"id": new_id(), "exercise": item["exercise"], "type": "withdraw", "data": {"id": item["id"]}}
    foreign = other.send({**withdraw, "id": new_id()})[0]
    assert foreign["status"] == "refused"
    assert person.send(withdraw)[0]["status"] == "stored"
    assert item not in person.state()["mine"]


def test_replacing_takes_back_what_is_named_and_a_retry_is_the_same(person: Holder, other: Holder, item: dict[str, Any]) -> None:
    person.send(item)
    instead = {**item, "id": new_id(), "replaces": item["id"]}
    assert other.send({**instead, "id": new_id()})[0]["reason"] == "not_found"
    assert [person.send(instead)[0]["status"] for _ in range(2)] == ["stored", "duplicate"]
    assert [one["id"] for one in person.state()["mine"]] == [instead["id"]]
    missing = {**item, "id": new_id(), "replaces": "never-seen-before-1234567"}
    assert person.send(missing)[0]["reason"] == "not_found"
    assert [one["id"] for one in person.state()["mine"]] == [instead["id"]]


def test_one_request_may_not_mix_anonymous_and_named(crew: Holder, person: Holder, item: dict[str, Any]) -> None:
    act = {"id": new_id(), "exercise": "stage", "type": "message", "data": {"text": ""}}
    answer = crew.post([act, item])
    assert answer.status == 400
    assert answer.json["type"] == "/problems/mixed"
    assert person.send(item)[0]["status"] == "stored"  # nothing of the mixed list was kept


def test_paper_is_entered_by_crew_on_behalf_of_a_sheet(crew: Holder, person: Holder, item: dict[str, Any], rating: str) -> None:
    sheets = [{**item, "id": new_id(), "on_behalf": f"sheet-{number}"} for number in (1, 2)]
    with crew.events() as stream:
        stream.until("hello")
        before = stream.cell(f"exercise-{rating}")["answered"]
        assert [result["status"] for result in crew.send(*sheets)] == ["stored", "stored"]
        stream.cell(f"exercise-{rating}", where=lambda value: value["answered"] == before + 2)
    result = person.send({**item, "id": new_id(), "on_behalf": "sheet-9"})[0]
    assert (result["status"], result["reason"]) == ("refused", "no_right")


def test_a_wrong_or_missing_ticket_stores_nothing(person: Holder, item: dict[str, Any]) -> None:
    stranger = Holder(person.base, person.room, new_id() + new_id())
    assert stranger.post(item).status == 401
    assert call(person.base, "POST", person.path("contributions"), body=b"{}", headers={"Content-Type": "application/json"}).status == 401
    assert person.send(item)[0]["status"] == "stored"


def test_a_ticket_has_a_pace(person: Holder, item: dict[str, Any]) -> None:
    statuses = []
    for _ in range(40):
        answer = person.post({**item, "id": new_id()})
        statuses.append(answer.status)
        if answer.status == 429:
            assert float(answer.header("Retry-After")) >= 0
            assert answer.json["type"] == "/problems/too-fast"
            break
    assert statuses[:10] == [200] * 10
    assert statuses[-1] == 429
    assert person.get("state").status == 200  # looking is counted by itself
    leaving = call(person.base, "DELETE", person.path("participants/me"), headers=person.headers)
    assert (leaving.status, leaving.json["type"]) == (429, "/problems/too-fast")
    assert person.get("state").status == 200  # nothing was begun: the same ticket can try again
