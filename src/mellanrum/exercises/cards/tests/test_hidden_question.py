"""The question waits until everybody has chosen: no byte of it reaches a phone or the projector before."""

from __future__ import annotations

import msgspec
import pytest

from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercise_kit.tests.contract.generated import bytes_of
from mellanrum.exercises.cards.checking import example, schema
from mellanrum.exercises.cards.contributions import KINDS
from mellanrum.exercises.cards.exercise import EXERCISE
from mellanrum.exercises.cards.phases import ASKED
from mellanrum.exercises.cards.tests.faces import draw, own_of

EXAMPLES = examples_of(EXERCISE)
BEFORE = ["choose", "closed", ""]
PARTICIPANTS = [("participant", "phone"), ("projector", "projector")]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
@pytest.mark.parametrize(("face", "audience"), PARTICIPANTS)
def test_the_question_is_in_no_view_and_no_fragment_before_it_is_asked(one, face, audience) -> None:
    words, state = one.definition.question[:20], one.state(EXERCISE)
    for phase in ASKED:  # the control: it would be found where it is
        assert words in draw(face, one.definition, state, phase) or state.shared
        assert words.encode() in bytes_of(EXERCISE, one.definition, state, audience, phase)
    for phase in BEFORE:
        assert words.encode() not in bytes_of(EXERCISE, one.definition, state, audience, phase)
        for plain in (False, True):
            assert words not in draw(face, one.definition, state, phase, plain=plain)


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_nothing_else_a_participant_can_ask_for_tells_the_question(one) -> None:
    told = [schema(one.definition, kind) for kind in KINDS] + [example(one.definition, kind) for kind in KINDS]
    mine = own_of(one.definition, one.state(EXERCISE))
    assert one.definition.question[:20].encode() not in msgspec.json.encode([told, mine])


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_the_printed_deck_does_not_tell_it_either(one) -> None:
    for face in ("paper", "entry"):
        assert one.definition.question[:20] not in draw(face, one.definition, EXERCISE.empty(one.definition), "choose")


def test_how_many_took_a_picture_is_told_to_nobody_in_the_room() -> None:
    one = next(example for example in EXAMPLES if example.name == "thirty-one")
    state = one.state(EXERCISE)
    other = msgspec.structs.replace(state, chosen=state.chosen.set("p1", "mirror"), counted=state.counted.set("knot", 17))
    for audience in ("phone", "projector", "crew"):
        for phase in ["choose", "question", "alone", "table", "plenary", "closed"]:
            seen = bytes_of(EXERCISE, one.definition, state, audience, phase)
            assert seen == bytes_of(EXERCISE, one.definition, other, audience, phase)
