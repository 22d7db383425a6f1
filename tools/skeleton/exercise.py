"""Skelettets namn, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercise_kit.shapes import examples, schemas
from mellanrum.exercises.skeleton import audiences, harvest, state
from mellanrum.exercises.skeleton.contributions import KINDS
from mellanrum.exercises.skeleton.definition import Definition
from mellanrum.exercises.skeleton.preparing import PREPARING

ANSWER = frozenset({"answer"})

PHASES = (
    Phase(
        key="answer",
        title=_("Svara"),
        accepts=ANSWER,
        crew_accepts=ANSWER,
        script=Script(
            say=_("Svara som du känner just nu. Det finns inget rätt svar."),
            do=(_("Läs frågan högt"),),
            wait=_("Vänta tills alla har svarat."),
        ),
    ),
    Phase(key=state.RESULT, title=_("Titta tillsammans"), shows=True, script=Script(say=_("Vad ser ni, och vad förvånar er?"))),
)

EXERCISE = Exercise(
    card=Card(
        slug="skeleton",
        name=_("Skelettets namn"),
        purpose=_("Ställ en fråga, låt var och en välja ett svar, och se tillsammans hur det fördelar sig."),
        icon="check-circle",
        minutes=5,
        phases=PHASES,
    ),
    definition=Definition,
    contributions=KINDS,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.room, "projector": audiences.room, "crew": audiences.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    example=examples(KINDS),
    schema=schemas(KINDS),
    slot=lambda kind, data: kind,
    preparing=PREPARING,
    refolds_withdrawals=False,
    order_free=ANSWER,
)
