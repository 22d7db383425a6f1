"""What a round leaves to the documentation: the question, and words. Who spoke or passed is counted nowhere."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Quote, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.round.audiences import prompts, shuffled
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """The question, once the round has begun, and the words."""
    source = source_of(exercise)
    told = Text(_("Alla bjöds in att säga något. Det som sades står här om någon antecknade det."))
    asked: tuple[Block, ...] = (told, *([Bullets(prompts(definition))] if prompts(definition) else []))
    words = tuple(Quote(one.text) for one in shuffled(state)) if definition.words else ()
    return (
        *([Passage(f"{exercise}/question", definition.question, source, asked)] if state.begun else []),
        *([Passage(f"{exercise}/words", _("Ett ord att ta med hem"), source, words)] if words else []),
    )
