"""What one person takes home from a round: their word."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.round.audiences import own
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import State


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """Texts come in the language that is active."""
    word = own(definition, state, author).word
    return Keepsake(definition.question, (Kept(_("Ditt ord att ta med hem"), word, is_written=True),) if word else ())
