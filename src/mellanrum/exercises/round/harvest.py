"""What a round leaves to the documentation: the question, and what people wrote. Who spoke or passed is counted nowhere."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Quote, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.round.audiences import lines_in, shuffled
from mellanrum.exercises.round.circles import circles_of, prompts
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """The question, once the round has begun, what was shared in each circle, and the words."""
    source = source_of(exercise)
    told = Text(_("Alla bjöds in att säga något. Det som sades står här om någon antecknade det."))
    asked: tuple[Block, ...] = (told, *([Bullets(prompts(definition))] if prompts(definition) else []))
    words = tuple(Quote(one.text) for one in shuffled(state.words.values())) if definition.words else ()
    return (
        *([Passage(f"{exercise}/question", definition.question, source, asked)] if state.begun else []),
        *_circles(definition, state, exercise, source),
        *([Passage(f"{exercise}/words", _("Ett ord att ta med hem"), source, words)] if words else []),
    )


def _circles(definition: Definition, state: State, exercise: str, source: str) -> tuple[Passage, ...]:
    """From the innermost circle out; a circle nobody shared anything in is left out."""
    if not circles_of(definition):
        return ()
    found = ((number, name, lines_in(state, number)) for number, name in enumerate(prompts(definition), 1))
    return tuple(
        Passage(f"{exercise}/circle-{number}", name, source, tuple(Quote(one.text) for one in lines))
        for number, name, lines in found
        if lines
    )
