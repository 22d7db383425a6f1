"""What one person takes home from an evaluation: what they answered."""

from __future__ import annotations

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.evaluation.audiences import own
from mellanrum.exercises.evaluation.definition import HIGH, LOW, Definition
from mellanrum.exercises.evaluation.state import State


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    mine = own(definition, state, author)
    items = {item.id: item.text for item in definition.items}
    questions = {question.id: question.text for question in definition.questions}
    rated = (Kept(items[item], str(value)) for item, value in mine.ratings)
    written = (Kept(questions[question], text, is_written=True) for question, text in mine.texts)
    return Keepsake(definition.title, (*rated, *written), _ends(definition) if mine.ratings else "")


def _ends(definition: Definition) -> str:
    ends = ((LOW, definition.low_label), (HIGH, definition.high_label))
    return ", ".join(f"{step} = {label}" for step, label in ends if label)
