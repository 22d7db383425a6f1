"""What a round leaves to the documentation: the question and what was said. Who spoke or passed is counted nowhere."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Bullets, Passage, Quote
from mellanrum.exercise_kit.notes import Note, as_blocks, in_order
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.round.audiences import prompts, shuffled
from mellanrum.exercises.round.definition import Definition
from mellanrum.exercises.round.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """The question with its notes, then the words; none when nothing was written."""
    source = source_of(exercise)
    notes = as_blocks((note.text, _named(definition, note)) for note in in_order(state.notes))
    circles = [Bullets(prompts(definition))] if prompts(definition) else []
    words = tuple(Quote(one.text) for one in shuffled(state)) if definition.words else ()
    return (
        *([Passage(f"{exercise}/notes", definition.question, source, (*circles, *notes))] if notes else []),
        *([Passage(f"{exercise}/words", _("Ett ord att ta med hem"), source, words)] if words else []),
    )


def _named(definition: Definition, note: Note) -> str:
    """A number is a table; anything else stands as the note-taker wrote it."""
    is_table = definition.per == "table" and note.who.isdecimal()
    return _("bord %(number)s") % {"number": note.who} if is_table else note.who
