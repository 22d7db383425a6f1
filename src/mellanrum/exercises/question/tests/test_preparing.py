"""The starts of an open question."""

from __future__ import annotations

from mellanrum.exercise_kit.editing import new_definition, starts_of
from mellanrum.exercises.question.exercise import EXERCISE


def test_a_wall_and_questions_to_a_speaker_are_two_ways_to_begin() -> None:
    assert [(key, str(name)) for key, name in starts_of(EXERCISE)] == [("", "Öppen fråga"), ("qa", "Frågor till den som talar")]
    wall, asked = new_definition(EXERCISE), new_definition(EXERCISE, "qa")
    assert [phase.key for phase in EXERCISE.phases(wall)] == ["think", "write", "look", "themes"]
    assert [phase.key for phase in EXERCISE.phases(asked)] == ["ask", "answers"]
    assert asked.moderated
    phases = [EXERCISE.lasting_phase(one) for one in (wall, asked)]
    assert [phase.key for phase in phases if phase] == ["write", "ask"]
