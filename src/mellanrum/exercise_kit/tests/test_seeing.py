"""Who sees what: found out from the views themselves, so a view that tells too much is seen to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope, PhaseChanged
from mellanrum.exercise_kit.examples import Example, examples_of
from mellanrum.exercise_kit.registry import exercise_type, registry
from mellanrum.exercise_kit.seeing import a_meeting, who_sees

SCALE = exercise_type("scale")
EXAMPLE = next(example for example in examples_of(SCALE) if example.name == "thirty-one")


def given(exercise, definition, audience: str) -> dict[str, tuple[str, ...]]:
    row = next(row for row in who_sees(exercise, definition) if row.audience == audience)
    return {sight.phase: sight.given for sight in row.sights}


def test_a_rating_is_seen_when_it_is_shown() -> None:
    assert given(SCALE, EXAMPLE.definition, "phone") == {"rate": (), "result": ("result",), CLOSED: ()}
    assert given(SCALE, EXAMPLE.definition, "projector") == {"rate": (), "result": ("result", "texts"), CLOSED: ()}
    assert given(SCALE, EXAMPLE.definition, "crew")["rate"] == ("answered", "texts")
    assert set(given(SCALE, EXAMPLE.definition, "own")["rate"]) == {"ratings", "texts", "group"}


def test_a_view_that_tells_too_much_is_seen() -> None:
    careless = replace(SCALE, views={**SCALE.views, "phone": SCALE.views["crew"]})
    assert given(careless, EXAMPLE.definition, "phone")["rate"] == ("answered", "texts")


@pytest.mark.parametrize("exercise", registry().values(), ids=lambda one: one.card.slug)
def test_a_meeting_goes_through_every_phase_and_all_give(exercise) -> None:
    definition = examples_of(exercise)[-1].definition
    events = list(a_meeting(exercise, definition, 7))
    walked = [event.phase for event in events if isinstance(event, PhaseChanged)]
    assert walked == [*(phase.key for phase in exercise.phases(definition)), CLOSED]
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    people = {event.author for event in events if isinstance(event, Envelope) and event.role == "participant"}
    accepts = any(exercise.example(definition, kind) for phase in exercise.phases(definition) for kind in phase.accepts)
    assert len(people) == (7 if accepts else 0)
    assert [event for event in a_meeting(exercise, definition, 0) if isinstance(event, Envelope)] == []


def test_an_example_can_be_seen_in_any_phase() -> None:
    rating, shown, closed = (EXAMPLE.in_phase(phase) for phase in ("rate", "result", CLOSED))
    assert (rating.phase, shown.phase, closed.phase) == ("rate", "result", CLOSED)
    assert len(rating.events) < len(shown.events) < len(closed.events)
    assert rating.state(SCALE).shown is None
    assert shown.state(SCALE).shown is not None
    assert closed.events[-1] == PhaseChanged(len(EXAMPLE.events) + 1, CLOSED, len(EXAMPLE.events) + 1)
    assert Example("none", EXAMPLE.definition, (), "").in_phase("rate").events == (PhaseChanged(1, "rate", 1),)
    assert EXAMPLE.first_author
    assert Example("none", EXAMPLE.definition, (), "").first_author == ""
