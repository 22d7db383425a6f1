"""What a talk leaves to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Text
from mellanrum.exercise_kit.notes import as_blocks, in_order
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.slide.definition import Definition
from mellanrum.exercises.slide.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """What was on and what was written down; none before it was opened. A break leaves nothing but notes."""
    if not state.phase:
        return ()
    about = _about(definition) if definition.preset != "break" else ()
    notes = as_blocks((note.text, note.who) for note in in_order(state.notes))
    source = source_of(exercise)
    heading = _("Anteckningar från ”%(title)s”") % {"title": definition.title}
    return (
        *([Passage(f"{exercise}/about", definition.title, source, about)] if about else []),
        *([Passage(f"{exercise}/notes", heading, source, notes)] if notes else []),
    )


def _about(definition: Definition) -> tuple[Block, ...]:
    speaker = _("Med %(speaker)s.") % {"speaker": definition.speaker} if definition.speaker else ""
    voices = _("Röster: %(voices)s.") % {"voices": "; ".join(definition.voices)} if definition.voices else ""
    texts = tuple(Text(text) for text in (speaker, voices, *definition.paragraphs) if text)
    links = tuple(f"{link.text}: {link.url}" for link in definition.links)
    return (*texts, *([Bullets(links)] if links else []))
