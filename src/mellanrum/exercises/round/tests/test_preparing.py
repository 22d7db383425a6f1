"""Preparing a round: tables that are counted are at least one."""

from __future__ import annotations

import pytest

from mellanrum.exercise_kit.editing import NotReady, new_definition, read_editor
from mellanrum.exercises.round.exercise import EXERCISE


def test_a_round_of_tables_has_a_table_and_a_round_of_people_needs_none():
    start = new_definition(EXERCISE)
    with pytest.raises(NotReady) as error:
        read_editor(EXERCISE, start, {"d.tables": ["0"]})
    assert [(one.field, one.text) for one in error.value.problems] == [("d.tables", "Skriv hur många bord det är, från 1 till 60.")]
    assert read_editor(EXERCISE, start, {"d.tables": ["0"], "d.per": ["person"]}).per == "person"
