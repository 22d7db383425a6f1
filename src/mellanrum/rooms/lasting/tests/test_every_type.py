"""Every exercise type of this installation can be open for days, or has nothing to give and is not offered."""

from __future__ import annotations

import msgspec
import pytest
from django.test import RequestFactory

from mellanrum.exercise_kit.examples import read_samples
from mellanrum.exercise_kit.faces import draw_example
from mellanrum.exercise_kit.registry import choosable
from mellanrum.exercise_kit.tests.contract.generated import EXAMPLES
from mellanrum.programmes.models import Block
from mellanrum.programmes.preparing import can_last
from mellanrum.rooms.lasting.tests.plans import OPENED, PERSON, Days, course
from mellanrum.rooms.stage.gate import Accepted, Item, decide

CASES = [
    (exercise, name, definition)
    for exercise in choosable().values()
    for name, definition in read_samples(exercise).definitions.items()
    if definition["version"] == exercise.definition_version
]


@pytest.mark.parametrize(("exercise", "name", "definition"), CASES, ids=[f"{one.card.slug}-{name}" for one, name, _data in CASES])
def test_what_can_be_given_is_stored_in_the_phase_that_stays_open(exercise, name, definition):
    decoded = msgspec.convert(definition, exercise.definition)
    phase = exercise.lasting_phase(decoded)
    block = Block(exercise=exercise.card.slug, definition=definition)
    assert can_last(block) == (phase is not None)
    if phase is None:
        assert not any(exercise.example(decoded, kind) for one in exercise.phases(decoded) for kind in one.accepts)
        return
    room = Days(course(exercise.card.slug, definition))
    examples = [found for kind in phase.accepts if (found := exercise.example(decoded, kind))]
    assert examples
    for kind, data in examples:
        item = Item("i" * 22, f"{exercise.card.slug}-1", kind, msgspec.Raw(msgspec.json.encode(data)))
        assert isinstance(decide(room.fold.snapshot, item, PERSON, OPENED), Accepted)


def test_a_talk_is_never_open_for_days_and_ratings_cards_and_words_are():
    slugs = ((exercise.card.slug, definition) for exercise, _name, definition in CASES)
    can = {slug for slug, definition in slugs if can_last(Block(exercise=slug, definition=definition))}
    assert {"scale", "cards", "words", "round"} <= can
    assert "slide" not in can


@pytest.mark.parametrize("broken", [{}, {"version": 99}, {"version": "x"}, {"version": 1, "nonsense": True}])
def test_what_nobody_here_can_read_is_not_offered(broken):
    assert not can_last(Block(exercise="scale", definition=broken))
    assert not can_last(Block(exercise="unheard-of", definition={"version": 1}))


def test_a_result_has_nothing_to_fill_in():
    """The control: without the word for it some of these do have a form."""
    request, with_form = RequestFactory().get("/"), 0
    for exercise, example in EXAMPLES:
        phase = exercise.card.phase(example.phase)
        if exercise.companion or phase is None or not phase.shows:
            continue
        assert "<form" not in draw_example(exercise, example, "participant", request=request, over=True)
        with_form += "<form" in draw_example(exercise, example, "participant", request=request)
    assert with_form
