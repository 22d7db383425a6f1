"""What is left to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.ballots import FEWEST, Ballots, tally, waiting
from mellanrum.exercise_kit.charts.bars import DOCUMENT, BarRow, bars, read
from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.document import Block, Figure, Passage, Table, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.skeleton.definition import CHOICES, Definition


def harvest(definition: Definition, state: Ballots, exercise: str) -> tuple[Passage, ...]:
    """The answers as a figure; nothing before the room has seen them or it is closed, or when nobody answered."""
    if not state.given or not (state.is_shown or state.phase == CLOSED):
        return ()
    found = tally(state, CHOICES)
    if found.too_few:
        said = _("Färre än %(minimum)s har svarat, så inga svar visas. Det skyddar den som svarat.") % {"minimum": FEWEST}
        return (Passage(f"{exercise}/answers", definition.question, source_of(exercise), (Text(said),)),)
    rows = [BarRow(count.text, count.people) for count in found.counts]
    table = Table(definition.question, (_("Svaret"), _("Antal")), tuple((row.text, str(row.people)) for row in rows))
    people = ngettext("en har svarat", "%(people)s har svarat", found.people) % {"people": found.people}
    blocks: tuple[Block, ...] = (Figure(bars(rows, DOCUMENT), read(rows), table), *waiting(found))
    return (Passage(f"{exercise}/answers", definition.question, source_of(exercise, people), blocks),)
