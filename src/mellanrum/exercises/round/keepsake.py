"""What one person takes home from a round: their word, and what they shared in the circles."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.round.audiences import own
from mellanrum.exercises.round.circles import prompts
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import State


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """Texts come in the language that is active."""
    mine, names = own(definition, state, author), prompts(definition)
    lines = tuple(Kept(names[int(circle) - 1], text, is_written=True) for circle, text in mine.lines)
    word = (Kept(_("Ditt ord att ta med hem"), mine.word, is_written=True),) if mine.word else ()
    return Keepsake(definition.question, (*lines, *word))
