"""Sheets of table talks against whoever writes too much, elsewhere or what nobody can read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.conformance.client import Holder, join, new_id
from tests.hostile.conftest import crew_of
from tests.running import Running, poll, start_demo

EXERCISE = "discussion-1"


@pytest.fixture(scope="module")
def talk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start_demo(tmp_path_factory.mktemp("sheets") / "data", arguments=("--exercise", "discussion"))
    crew_of(running).act("next")
    yield running
    running.stop()


def give(person: Holder, kind: str, **data: Any) -> dict[str, Any]:
    return person.send({"id": new_id(), "exercise": EXERCISE, "type": kind, "data": data})[0]


def sheet(person: Holder) -> dict[str, str]:
    own = person.state("?part=own")["own"][EXERCISE]
    return {field["key"]: field["text"] for field in own["fields"]}


def test_fifty_thousand_characters_are_refused_in_words(talk: Running) -> None:
    told = give(join(talk.base, talk.code), "write", table="1", field="box", text="x" * 50_000)
    assert (told["status"], told["reason"]) == ("refused", "too_large")
    assert told["detail"] == "Texten är för lång. Korta den och skicka igen."


@pytest.mark.parametrize(("table", "field"), [("99", "box"), ("0", "box"), ("1", "nothing"), ("1", "quotes"), ("٤", "box")])
def test_a_table_or_field_that_does_not_exist_is_refused(talk: Running, table: str, field: str) -> None:
    assert give(join(talk.base, talk.code), "write", table=table, field=field, text="x")["status"] == "refused"


def test_what_nobody_can_read_is_left_out(talk: Running) -> None:
    person = join(talk.base, talk.code)
    assert give(person, "write", table="2", field="box", text="a\u0000\u0007b\u001b[31mc")["status"] == "stored"
    poll(lambda: sheet(person) and sheet(person)["box"] == "ab[31mc", what="the text without control characters")


def test_nobody_reads_or_changes_another_tables_sheet(talk: Running) -> None:
    one, other = join(talk.base, talk.code), join(talk.base, talk.code)
    give(one, "write", table="3", field="box", text="Vårt eget.")
    give(other, "sit", table="4")
    give(other, "write", table="3", field="box", text="Jag rättar er.")
    poll(lambda: other.state("?part=own")["own"][EXERCISE]["astray"] == "Jag rättar er.", what="the words kept for their author")
    assert sheet(one)["box"] == "Vårt eget."
    assert "Vårt eget." not in str(other.state()) + str(other.state("?part=own"))


def test_only_crew_forms_moves_and_shows(talk: Running) -> None:
    person = join(talk.base, talk.code)
    kinds: dict[str, dict[str, object]] = {
        "form": {"seed": "a"},
        "move": {"who": "a", "table": "1"},
        "show": {"table": "1"},
        "tables": {"count": 60},
        "prompt": {"number": 2},
    }
    told = [give(person, kind, **data)["reason"] for kind, data in kinds.items()]
    assert set(told) == {"no_right"}
    assert give(person, "photo", table="1", picture=f"{'a' * 26}.webp")["reason"] == "no_right"
