"""Every type's editor: unchanged it changes nothing, and whatever is sent to it is a definition or sentences that say what to write."""

from __future__ import annotations

from mellanrum.exercise_kit.editing import draw_editor, new_definition, read_editor, starts_of
from mellanrum.exercise_kit.tests.contract.generated import every_example, every_type
from mellanrum.exercise_kit.tests.contract.posted import posted


@every_example
def test_posting_an_editor_back_unchanged_changes_nothing(exercise, example):
    assert read_editor(exercise, example.definition, posted(draw_editor(exercise, example.definition))) == example.definition


@every_type
def test_every_start_can_be_edited(exercise):
    for key, name in starts_of(exercise):
        definition = new_definition(exercise, key)
        assert name
        assert read_editor(exercise, definition, posted(draw_editor(exercise, definition))) == definition
