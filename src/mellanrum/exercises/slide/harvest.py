"""What a talk leaves to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.slide.definition import Definition
from mellanrum.exercises.slide.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """What was on; none before it was opened. A break leaves nothing."""
    if not state.phase:
        return ()
    about = _about(definition) if definition.preset != "break" else ()
    return (Passage(f"{exercise}/about", definition.title, source_of(exercise), about),) if about else ()


def _about(definition: Definition) -> tuple[Block, ...]:
    speaker = _("Med %(speaker)s.") % {"speaker": definition.speaker} if definition.speaker else ""
    voices = _("Röster: %(voices)s.") % {"voices": "; ".join(definition.voices)} if definition.voices else ""
    texts = tuple(Text(text) for text in (speaker, voices, *definition.paragraphs) if text)
    links = tuple(f"{link.text}: {link.url}" for link in definition.links)
    prompts = definition.prompts if definition.preset == "lunch" else ()
    return (*texts, *(Bullets(rows) for rows in (prompts, links) if rows))
