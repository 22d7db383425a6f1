"""A whole meeting to which nobody comes, with every type of exercise: nothing fails, and the documentation says what there is."""

from __future__ import annotations

import logging

import msgspec
import pytest

from mellanrum.exercise_kit.contract import CLOSED, Envelope
from mellanrum.exercise_kit.examples import read_samples
from mellanrum.exercise_kit.registry import registry
from mellanrum.outcomes.html import passages_as_html
from mellanrum.rooms.live.render import draw
from mellanrum.rooms.live.streams import StreamKey
from mellanrum.rooms.live.tests.test_stage_room import publish, room_with, row_of
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.tests.factory import MINUTE, START, act

KEYS = [StreamKey(audience, language, "json") for audience in ("phone", "projector", "crew") for language in ("sv", "en")]
DEFINITIONS = [(slug, name) for slug, exercise in registry().items() for name in read_samples(exercise).definitions]


def course_with(slug: str, definition: str) -> Course:
    data = read_samples(registry()[slug]).definitions[definition]
    exercise = {"id": f"{slug}-1", "slug": slug, "definition": data}
    return course_of(read_plan({"blocks": [{"key": "block-1", "title": "Moment", "minutes": 10, "exercise": exercise}]}))


@pytest.mark.parametrize(("slug", "definition"), DEFINITIONS)
def test_nobody_comes_and_the_meeting_goes_on(slug: str, definition: str, caplog: pytest.LogCaptureFixture) -> None:
    course = course_with(slug, definition)
    acts: list[Envelope] = [act("next", seq, at=START + seq * MINUTE) for seq in range(1, len(course.steps))]
    room, ears = room_with(course=course)
    for key in KEYS:
        room.attach(key)
    with caplog.at_level(logging.ERROR):
        for made in [*acts, act("reveal", 90, exercise=f"{slug}-1"), act("close", 91), act("open", 92), act("close", 93)]:
            room.fold_rows([row_of(made)])
            publish(room)
    assert caplog.records == []
    assert ears.heard
    snapshot = room.fold.snapshot
    assert snapshot.stage.status == "closed"
    one = snapshot.exercises[f"{slug}-1"]
    assert one.phase == CLOSED
    passages = one.placed.type.harvest(one.definition, one.state, one.id)
    assert len(passages_as_html(passages)) == len(passages)
    assert b"None" not in msgspec.json.encode(passages)


@pytest.mark.parametrize(("slug", "definition"), DEFINITIONS)
def test_every_step_can_be_drawn_with_nobody_there(slug: str, definition: str) -> None:
    course = course_with(slug, definition)
    for step in course.steps[1:]:
        room, _ears = room_with(act("go", 1, to=step.key), course=course)
        for audience in ("phone", "projector", "crew"):
            html = draw(room.room, room.fold.snapshot, StreamKey(audience, "sv", "html"), f"exercise-{slug}-1").decode()
            assert len(html) > 100
            assert "None" not in html
