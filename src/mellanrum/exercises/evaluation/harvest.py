"""What an evaluation leaves: to the documentation what the room gave, to the next plan also what the team said."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.charts.distribution import ChartRow, decimal, distribution, read
from mellanrum.exercise_kit.contract import CLOSED
from mellanrum.exercise_kit.document import Block, Figure, Passage, Quote, Table, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.evaluation.audiences import result
from mellanrum.exercises.evaluation.definition import HIGH, LOW, Definition
from mellanrum.exercises.evaluation.roles import role_name
from mellanrum.exercises.evaluation.state import State, answered
from mellanrum.exercises.evaluation.views import Rated


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """Sums and words of an evaluation, once the room has seen them or it is closed; nothing of a debrief, which is the team's."""
    is_over = state.is_shown or state.phase == CLOSED
    if definition.is_of_the_team or not is_over or not answered(state):
        return ()
    found = result(definition, state)
    people = answered(state)
    source = source_of(exercise, ngettext("en har svarat", "%(people)s har svarat", people) % {"people": people})
    rated = tuple(_rated(definition, one) for one in found.rated)
    return (
        *([Passage(f"{exercise}/ratings", definition.title, source, rated)] if rated else []),
        *(
            Passage(f"{exercise}/{heard.question}", heard.text, source, tuple(Quote(answer) for answer in heard.answers))
            for heard in found.heard
            if heard.answers
        ),
    )


def for_the_team(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """What the team said to each of its questions, by role at most."""
    return tuple(_of_the_team(definition, state, exercise)) if definition.is_of_the_team else ()


def _of_the_team(definition: Definition, state: State, exercise: str) -> Iterator[Passage]:
    for question in definition.questions:
        said = [one for _seq, one in sorted(state.team.items()) if one.question == question.id]
        if said:
            quotes = tuple(Quote(one.text, role_name(one.role)) for one in said)
            yield Passage(f"{exercise}/team/{question.id}", question.text, source_of(exercise, _("teamet")), quotes)


def _rated(definition: Definition, one: Rated) -> Block:
    if one.too_few:
        said = _("%(statement)s Färre än %(minimum)s har svarat, så inget visas. Det skyddar den som svarat.")
        return Text(said % {"statement": one.text, "minimum": definition.minimum})
    row = ChartRow(one.text.rstrip("."), one.counts, one.mean, too_few=False)
    svg = distribution([row], LOW, HIGH, definition.low_label, definition.high_label)
    steps = tuple(str(step) for step in range(LOW, HIGH + 1))
    numbers = tuple(str(count) for count in one.counts)
    table = Table(one.text, (_("Påstående"), *steps, _("Medel")), ((one.text, *numbers, decimal(one.mean or 0)),))
    return Figure(svg, read([row]), table)
