"""Made-up answers: always what the schema allows, always the same for the same chance."""

from __future__ import annotations

from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.commands.simulate.answers import MOST_ANSWERS, Temper, answers, draw
from mellanrum.commands.simulate.phrases import SENTENCES
from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercise_kit.registry import registry

CALM = Temper(lean=0.6, spread=0.15, silence=0.0)
RATE: dict[str, Any] = {
    "type": "object",
    "properties": {
        "item": {"type": "string", "enum": ["a", "b", "c", "d"]},
        "subject": {"enum": ["me", "together"]},
        "value": {"anyOf": [{"type": "integer", "minimum": 1, "maximum": 5}, {"const": "dk"}, {"type": "null"}]},
    },
    "required": ["item", "subject", "value"],
}
FLAT_RATE = {**RATE, "properties": {**RATE["properties"], "value": {"enum": [1, 2, 3, 4, 5, "dk", None]}}}
WRITE = {"type": "object", "properties": {"part": {"enum": ["hard", "good"]}, "text": {"type": "string", "maxLength": 4000}}}
GROUP = {"$ref": "#/$defs/Belong", "$defs": {"Belong": {"type": "object", "properties": {"group": {"enum": ["lead", "team", None]}}}}}
WITHDRAW = {"type": "object", "properties": {"id": {"type": "string"}}}
ACCEPTS: dict[str, Any] = {"rate": RATE, "write": WRITE, "group": GROUP, "withdraw": WITHDRAW}


def test_a_person_rates_everything_once() -> None:
    said = answers({"rate": RATE}, chance=Random(1), temper=CALM)
    assert [(data["item"], data["subject"]) for _kind, data in said] == [(item, who) for item in "abcd" for who in ("me", "together")]
    assert all(data["value"] == "dk" or 1 <= data["value"] <= 5 for _kind, data in said)


def test_the_same_chance_gives_the_same_answers() -> None:
    first, again, other = (answers(ACCEPTS, chance=Random(seed), temper=CALM) for seed in (1, 1, 2))
    assert first == again != other


def test_nothing_is_withdrawn_and_one_group_is_chosen() -> None:
    said = answers(ACCEPTS, chance=Random(3), temper=CALM)
    assert {kind for kind, _data in said} == {"rate", "write", "group"}
    assert next(data for kind, data in said if kind == "group")["group"] in {"lead", "team"}
    assert sum(kind == "group" for kind, _data in said) == 1
    assert [data["part"] for kind, data in said if kind == "write"] == ["hard", "good"]
    assert all(data["text"] in SENTENCES["sv"] for kind, data in said if kind == "write")


@pytest.mark.parametrize("schema", [RATE, FLAT_RATE])
def test_a_leaning_shows_in_the_numbers(schema: dict[str, Any]) -> None:
    def mean(lean: float) -> float:
        values = [
            data["value"]
            for seed in range(30)
            for _kind, data in answers({"rate": schema}, chance=Random(seed), temper=Temper(lean, 0.15, 0.0))
            if isinstance(data["value"], int)
        ]
        return sum(values) / len(values)

    assert mean(0.1) < 2 < 4 < mean(0.9)


def test_some_leave_things_out() -> None:
    assert answers({"rate": RATE}, chance=Random(1), temper=Temper(0.5, 0.1, silence=1.0)) == []
    some = answers({"rate": RATE}, chance=Random(1), temper=Temper(0.5, 0.1, silence=0.5))
    assert 0 < len(some) < 8


def test_an_endless_schema_ends() -> None:
    many = {"type": "object", "properties": {"a": {"enum": [str(number) for number in range(500)]}, "text": {"type": "string"}}}
    assert len(answers({"x": many}, chance=Random(1), temper=CALM)) == MOST_ANSWERS
    loop: dict[str, Any] = {"$ref": "#/$defs/A", "$defs": {"A": {"$ref": "#/$defs/A"}}}
    assert draw(loop, loop, Random(1), CALM) is None


class Deep(msgspec.Struct):
    word: str
    number: int | None
    flags: tuple[bool, ...]
    inner: dict[str, int] | str


@given(st.integers(), st.floats(0, 1))
def test_what_msgspec_describes_msgspec_takes(seed: int, lean: float) -> None:
    schema = msgspec.json.schema(Deep)
    for _kind, data in answers({"deep": schema}, chance=Random(seed), temper=Temper(lean, 0.2, 0.0)):
        msgspec.convert(data, Deep)


def test_nobody_makes_up_what_they_vote_for() -> None:
    question = registry()["question"]
    definition = next(one.definition for one in examples_of(question) if one.definition.votes)
    accepts = {kind: question.schema(definition, kind) for kind in ("text", "vote")}
    said = answers(accepts, chance=Random(3), temper=Temper(0.5, 0.1, 0.0), slug="question")
    assert {kind for kind, _data in said} == {"text"}
    assert all(question.check(definition, kind, msgspec.convert(data, question.contributions[kind])) is None for kind, data in said)
