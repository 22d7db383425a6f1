"""What is hidden is absent: nobody sees an answer before the room does, and nobody ever sees whose it was."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import AUDIENCES, Envelope, Exercise
from mellanrum.exercise_kit.tests.contract.generated import (
    EXAMPLES,
    TYPES,
    bytes_of,
    every_example,
    folded,
    gifts,
    hidden_phases,
    phases_of,
)


def leaks(first: bytes, second: bytes, markers: list[str]) -> list[str]:
    """What in a view depends on what somebody answered, or names somebody or something of theirs."""
    return [*(["answers"] if first != second else []), *(marker for marker in markers if marker in first.decode())]


def test_the_leak_detector_finds_leaks():
    seen = b'{"answered":3,"by":"author-1"}'
    assert leaks(seen, seen.replace(b"3", b"4"), ["author-1", "author-2"]) == ["answers", "author-1"]
    assert leaks(seen, seen, []) == []


def answers_of(exercise: Exercise) -> frozenset[str]:
    """What people may give that crew has no need to read beforehand; a type that takes texts alone has none."""
    return frozenset(exercise.contributions) - exercise.card.hideable


@pytest.mark.parametrize("exercise", [one for one in TYPES if answers_of(one)], ids=lambda one: one.card.slug)
@given(data=st.data())
def test_before_it_is_shown_nobody_sees_what_anybody_answered(exercise, data):
    """The same people answer the same questions otherwise, and no view changes by a byte. Crew sees texts to moderate."""
    kinds = answers_of(exercise)
    definition = data.draw(st.sampled_from([example.definition for type_, example in EXAMPLES if type_ is exercise]))
    drawn = data.draw(st.lists(st.tuples(st.sampled_from(range(9)), gifts(exercise.card.slug, definition, kinds)), min_size=1, max_size=12))
    swapped = data.draw(st.lists(gifts(exercise.card.slug, definition, kinds), min_size=len(drawn), max_size=len(drawn)))
    one, other = (
        folded(exercise, definition, [Envelope(seq, f"name-of-{seq}", f"author-{who}", "participant", *gift) for seq, (who, gift) in rows])
        for rows in (
            list(enumerate(drawn, 1)),
            [(seq, (who, alike(exercise, gift, new))) for seq, ((who, gift), new) in enumerate(zip(drawn, swapped, strict=True), 1)],
        )
    )
    markers = ["author-", "name-of-"]
    for phase in hidden_phases(exercise, definition):
        for audience in AUDIENCES:
            first, second = (bytes_of(exercise, definition, state, audience, phase) for state in (one, other))
            assert leaks(first, second, markers) == []


def alike(exercise: Exercise, gift: tuple[str, Any], new: tuple[str, Any]) -> tuple[str, Any]:
    """Another answer in the same place. Taking back stays out: that others see how many have answered is meant."""
    (kind, data), (other_kind, other) = gift, new
    if kind != other_kind or exercise.slot(kind, data) is None:
        return gift
    for field in data.__struct_fields__:
        if None not in (getattr(data, field), getattr(other, field)):
            changed = msgspec.structs.replace(data, **{field: getattr(other, field)})
            data = changed if exercise.slot(kind, changed) == exercise.slot(kind, data) else data
    return kind, data


@every_example
def test_texts_are_for_crew_alone_until_they_are_shown_and_names_are_for_nobody(exercise, example):
    state = example.state(exercise)
    envelopes = [event for event in example.events if isinstance(event, Envelope)]
    for phase in hidden_phases(exercise, example.definition):
        for audience in ("phone", "projector"):
            seen = bytes_of(exercise, example.definition, state, audience, phase).decode()
            for one in envelopes:
                if one.kind in exercise.card.hideable:
                    assert all(part not in seen for part in long_texts(one))
    for phase in phases_of(exercise):
        for audience in AUDIENCES:
            seen = bytes_of(exercise, example.definition, state, audience, phase).decode()
            assert not any(f'"{one.author}"' in seen for one in envelopes)
            may_name = {one.id for one in envelopes if one.kind in exercise.card.hideable} if audience == "crew" else set()
            assert set(re.findall(r"sample-\d+", seen)) <= may_name


def long_texts(one: Envelope) -> list[str]:
    """Parts of an answer that are long enough not to stand in the question by chance."""
    said = msgspec.json.decode(msgspec.json.encode(one.data))
    return [text for text in said.values() if isinstance(text, str) and len(text) > 12]
