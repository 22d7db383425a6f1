"""What one takes home is one's own, in words, for every type and every example."""

from __future__ import annotations

import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope, Event, Exercise, PhaseChanged
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.keepsake import keepsake_of
from mellanrum.exercise_kit.registry import registry
from mellanrum.exercises.scale.contributions import Rate

CASES = [pytest.param(kind, example, id=f"{slug}-{example.name}") for slug, kind in registry().items() for example in examples_of(kind)]


@pytest.mark.parametrize(("exercise", "example"), CASES)
def test_every_example_can_be_taken_home(exercise: Exercise, example: Example) -> None:
    state = example.state(exercise)
    kept = keepsake_of(exercise, example.definition, state, example.first_author, ())
    assert kept.title
    assert all(one.said for one in kept.lines)
    assert not keepsake_of(exercise, example.definition, state, "nobody-at-all", ()).lines


def test_a_type_without_words_of_its_own_tells_what_was_sent() -> None:
    exercise = registry()["scale"]
    bare = type(exercise)(**{name: getattr(exercise, name) for name in exercise.__dataclass_fields__} | {"keepsake": None})
    example = examples_of(exercise)[0]
    mine = [Envelope(1, "a", "me", "participant", "rate", Rate("i", "s", 4))]
    assert [one.said for one in keepsake_of(bare, example.definition, None, "me", mine).lines] == ["4"]


def test_the_rooms_mean_stands_beside_ones_own_once_it_was_shown_and_not_for_too_few() -> None:
    exercise = registry()["scale"]
    definition = next(one.definition for one in examples_of(exercise) if one.definition.minimum == 5)
    item, subject = definition.instrument.items[0].id, definition.instrument.subjects[0].id

    def told(people: int, *phases: str) -> str:
        state = exercise.empty(definition)
        events: list[Event] = [PhaseChanged(0, "rate", 1)]
        events += [Envelope(n, f"id{n}", f"p{n}", "participant", "rate", Rate(item, subject, 3)) for n in range(1, people + 1)]
        events += [PhaseChanged(90 + n, phase, 1) for n, phase in enumerate(phases)]
        for event in events:
            state = exercise.fold(definition, state, event)
        assert exercise.keepsake
        return exercise.keepsake(definition, state, "p1").lines[0].room

    assert told(6, "result") == "Rummet i medel 3,0"
    assert told(6, "result", CLOSED) == "Rummet i medel 3,0"
    assert told(6) == ""
    assert told(4, "result") == ""
