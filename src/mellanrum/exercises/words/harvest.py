"""What a word cloud leaves to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.charts.cloud import DOCUMENT, CloudWord, cloud, read
from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.document import Figure, Passage, Table
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.words.definition import Definition, Prompt
from mellanrum.exercises.words.groups import Answers, answers
from mellanrum.exercises.words.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """A cloud with its ranked table per question that got an answer; none before the room has seen it or it is closed."""
    if not (state.shown or state.phase == CLOSED):
        return ()
    found = answers(definition, state)
    return tuple(_passage(prompt, found[prompt.id], exercise) for prompt in definition.prompts if found[prompt.id].groups)


def _passage(prompt: Prompt, found: Answers, exercise: str) -> Passage:
    words = [CloudWord(group.key, group.text, group.people) for group in found.groups]
    reading = read(words)
    figure = Figure(cloud(words, DOCUMENT, reading), reading, _table(prompt, found))
    return Passage(f"{exercise}/{prompt.id}", prompt.text, _source(found, exercise), (figure,))


def _table(prompt: Prompt, found: Answers) -> Table:
    rows = tuple((group.text, str(group.people)) for group in found.groups)
    return Table(prompt.text, (_("Ord eller fras"), _("Antal")), rows)


def _source(found: Answers, exercise: str) -> str:
    """How many words from how many people."""
    given = ngettext("ett bidrag", "%(given)s bidrag", found.given) % {"given": found.given}
    people = ngettext("från en person", "från %(people)s personer", found.people) % {"people": found.people}
    return source_of(exercise, f"{given} {people}")
