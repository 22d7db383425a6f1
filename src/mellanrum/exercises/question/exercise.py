"""The open question, wired together."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise
from mellanrum.exercises.question import audiences, contributions, crew_view, definition, harvest, keepsake, state
from mellanrum.exercises.question.checking import check, example, schema, slot
from mellanrum.exercises.question.phases import PHASES, QA, WALL
from mellanrum.exercises.question.preparing import PREPARING


def walk(prepared: Any) -> tuple[str, ...]:
    """A wall goes from thinking to themes; questions to a speaker are asked and answered."""
    return tuple(phase.key for phase in (QA if prepared.is_qa else WALL))


ACTS = {
    "approve": _("Släppte fram en text"),
    "theme": _("Skapade ett tema"),
    "rename": _("Bytte namn på ett tema"),
    "sort": _("Flyttade en text mellan teman"),
    "order": _("Ordnade om temana"),
    "drop": _("Löste upp ett tema"),
    "turn": _("Flyttade en fråga"),
}

EXERCISE = Exercise(
    card=Card(
        slug="question",
        name=_("Öppen fråga"),
        purpose=_("Samla korta svar på en öppen fråga och se vad som hör ihop, eller samla frågor till den som talar."),
        how=_("Alla skrev korta texter, läste varandras och tryckte Jag också där de kände igen sig."),
        icon="question",
        minutes=15,
        phases=PHASES,
        hideable=frozenset({"text"}),
        late=frozenset({"text"}),
    ),
    definition=definition.Definition,
    contributions=contributions.KINDS,
    check=check,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.phone, "projector": audiences.projector, "crew": crew_view.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    keepsake=keepsake.keepsake,
    example=example,
    schema=schema,
    slot=slot,
    walk=walk,
    folder="exercises/question",
    preparing=PREPARING,
    order_free=frozenset({"text", "vote"}),
    acts=ACTS,
)
