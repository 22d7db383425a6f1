"""Notes of the block that is on: for the crew, and not a byte of them for phones and projector."""

from __future__ import annotations

from typing import Any

from tests.conformance.client import Holder, call, join, new_id, open_exercises
from tests.conformance.conftest import Place

WORDS = "Gruset blev lättare att ta bort när vi gav det ett namn."


def notes_of(crew: Holder) -> dict[str, Any]:
    """What crew is told of the current block's notes, by what they take."""
    return next(one for one in open_exercises(crew.state()) if {"note", "photo"} <= set(one["accepts"]))


def line(exercise: str, **data: Any) -> dict[str, Any]:
    return {"id": new_id(), "exercise": exercise, "type": "note", "data": {"text": WORDS, **data}}


def test_crew_is_told_how_to_note_and_phones_are_not(crew: Holder, place: Place, rating: str) -> None:
    notes, person = notes_of(crew), join(place.base, place.code)
    assert notes["anonymous"] is False
    assert notes["id"] not in [one["id"] for one in person.state()["exercises"]]
    assert person.send(line(notes["id"]))[0]["reason"] == "no_right"


def test_a_line_reaches_the_crew_and_nobody_else(crew: Holder, place: Place, rating: str) -> None:
    notes, person = notes_of(crew)["id"], join(place.base, place.code)
    said = line(notes, who="7")
    assert crew.send(said)[0]["status"] == "stored"
    with crew.events() as listening:
        seen = listening.cell(f"exercise-{notes}", where=lambda value: any(one["id"] == said["id"] for one in value["lines"]))
        assert WORDS in str(seen)
        assert listening.cell("tables", where=lambda value: any(row["table"] == "7" for row in value["tables"]))
    for query in ("", "?as=html"):
        assert WORDS.encode() in crew.get(f"state{query}").body  # it could leak
        assert WORDS.encode() not in person.get(f"state{query}").body
        assert b"notes-" not in person.get(f"state{query}").body
    assert WORDS not in str(crew.state("?audience=projector")["cells"])


def test_a_line_of_another_block_is_taken_and_stands_there(crew: Holder, place: Place, rating: str) -> None:
    here = notes_of(crew)["id"]
    blocks = [row["block"] for row in crew.state()["cells"]["stage"]["rows"]]
    other = next(f"notes-{block}" for block in blocks if f"notes-{block}" != here)
    assert crew.send(line(other))[0]["status"] == "stored"


def test_what_every_block_carries_is_not_opened_or_closed(crew: Holder, rating: str) -> None:
    notes = notes_of(crew)["id"]
    for act in ("open", "close", "reveal"):
        assert crew.act(act, exercise=notes)["reason"] == "invalid"


def test_a_line_can_be_corrected_hidden_and_taken_back(crew: Holder, rating: str) -> None:
    notes = notes_of(crew)["id"]
    first = line(notes)
    better = {**line(notes), "data": {"text": "Gruset fick ett namn."}, "replaces": first["id"]}
    assert [crew.send(item)[0]["status"] for item in (first, better)] == ["stored", "stored"]
    assert ids(crew, notes) & {first["id"], better["id"]} == {better["id"]}
    assert crew.act("hide", id=better["id"])["status"] == "stored"
    assert not ids(crew, notes) & {first["id"], better["id"]}
    assert crew.act("undo")["status"] == "stored"
    assert better["id"] in ids(crew, notes)
    crew.send({"id": new_id(), "exercise": notes, "type": "withdraw", "data": {"id": better["id"]}})
    assert not ids(crew, notes) & {first["id"], better["id"]}


def ids(crew: Holder, notes: str) -> set[str]:
    crew.act("pause", on=False)  # an act is answered after the fold of all that came before it
    return {one["id"] for one in crew.state()["cells"][f"exercise-{notes}"]["lines"]}


def test_a_line_of_three_thousand_letters_is_refused(crew: Holder, rating: str) -> None:
    long = line(notes_of(crew)["id"])
    long["data"]["text"] = "å" * 3000
    assert crew.send(long)[0]["reason"] == "too_large"


def test_a_phone_cannot_bring_a_picture(place: Place, rating: str) -> None:
    person = join(place.base, place.code)
    answer = call(place.base, "POST", person.path("pictures"), body=b"x", headers=person.headers)
    assert (answer.status, answer.json["type"]) == (403, "/problems/no-right")
    assert call(place.base, "POST", person.path("pictures"), body=b"x").status == 401
    assert call(place.base, "GET", person.path("pictures"), headers=person.headers).status == 405
