"""The talk, wired together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.slide import audiences, contributions, definition, harvest, state
from mellanrum.exercises.slide.checking import check, example, schema
from mellanrum.exercises.slide.preparing import PREPARING

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words


def _phase(key: str, title: Words, say: Words, *do: Words) -> Phase:
    return Phase(key=key, title=title, script=Script(say=say, do=do))


PHASES = (
    _phase("talk", _("Lyssna"), _("Nu lyssnar vi en stund."), _("Skriv ned det som fastnar, några rader räcker")),
    _phase("break", _("Paus"), _("Nu tar vi paus. Tiden står på duken.")),
    _phase("film", _("Titta"), _("Nu tittar vi tillsammans."), _("Prova ljudet innan ni börjar")),
    _phase("first", _("Första rösten"), _("Vad känner du igen, och vad ser annorlunda ut hos dig?"), _("Skriv ned några rader")),
    _phase("second", _("Andra rösten"), _("Och du, vad väckte det hos dig?"), _("Skriv ned några rader")),
    _phase("reply", _("Svar"), _("Vad tänker du när du hör detta?"), _("Lämna ordet tillbaka till den som talade först")),
    _phase("questions", _("Frågor"), _("Nu är ordet fritt."), _("Börja med någon som inte har hörts"), _("Skriv ned frågorna")),
)

EXERCISE = Exercise(
    card=Card(
        slug="slide",
        name=_("Inslag"),
        purpose=_("Visa vad som pågår: ett föredrag, en paus, en film, eller röster om det ni hörde. Anteckningarna blir kvar."),
        how=_("Någon berättade eller visade något, och alla lyssnade."),
        icon="microphone-stage",
        minutes=25,
        phases=PHASES,
    ),
    definition=definition.Definition,
    contributions=contributions.KINDS,
    contributions_version=contributions.VERSION,
    upgrade=contributions.upgrade,
    check=check,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.phone, "projector": audiences.projector, "crew": audiences.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    links=definition.links,
    example=example,
    schema=schema,
    walk=definition.walk,
    folder="exercises/slide",
    preparing=PREPARING,
)
