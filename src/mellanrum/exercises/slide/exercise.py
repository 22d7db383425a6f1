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


def _phase(key: str, title: Words, say: Words, *do: Words, crew: frozenset[str] = frozenset()) -> Phase:
    return Phase(key=key, title=title, crew_accepts=crew, script=Script(say=say, do=do))


def _voice(key: str, title: Words) -> Phase:
    return _phase(key, title, _("Vad ser du från din plats?"), _("Ge ordet vidare när tiden är ute"), _("Skriv ned några rader"))


PHASES = (
    _phase("talk", _("Lyssna"), _("Nu lyssnar vi en stund."), _("Skriv ned det som fastnar, några rader räcker")),
    _phase("break", _("Paus"), _("Nu tar vi paus. Tiden står på duken.")),
    _phase("film", _("Titta"), _("Nu tittar vi tillsammans."), _("Prova ljudet innan ni börjar")),
    _phase("first", _("Första rösten"), _("Vad känner du igen, och vad ser annorlunda ut hos dig?"), _("Skriv ned några rader")),
    _phase("second", _("Andra rösten"), _("Och du, vad väckte det hos dig?"), _("Skriv ned några rader")),
    _phase("reply", _("Svar"), _("Vad tänker du när du hör detta?"), _("Lämna ordet tillbaka till den som talade först")),
    _voice("voice1", _("Röst 1")),
    _voice("voice2", _("Röst 2")),
    _voice("voice3", _("Röst 3")),
    _voice("voice4", _("Röst 4")),
    _voice("voice5", _("Röst 5")),
    _voice("voice6", _("Röst 6")),
    _phase("story", _("Berättelsen"), _("Berätta så som det var, från början."), _("Låt den som berättar tala till punkt")),
    _phase("wrong", _("Det som gick fel"), _("Vad gick fel, och vad gjorde du då?"), _("Tacka för att ni fick höra det")),
    _phase(
        "you",
        _("Vad skulle du ha gjort?"),
        _("Vad skulle du ha gjort? Prata två och två."),
        _("Låt några par berätta"),
        _("Skriv ned några rader"),
    ),
    _phase("questions", _("Frågor"), _("Nu är ordet fritt."), _("Börja med någon som inte har hörts"), _("Skriv ned frågorna")),
    _phase(
        "lunch",
        _("Lunch"),
        _("Sätt er med någon ni inte brukar träffa. På duken står en fråga att börja med. Den byts av sig själv."),
        _("Ställ ut borden så att främlingar hamnar bredvid varandra"),
        _("Byt fråga när ni vill"),
        crew=frozenset({"show"}),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="slide",
        name=_("Inslag"),
        purpose=_("Visa vad som pågår: föredrag, paus, film, röster efter varandra eller lunchens frågor. Anteckningarna blir kvar."),
        how=_("Någon berättade eller visade något, och alla lyssnade."),
        icon="microphone-stage",
        minutes=25,
        phases=PHASES,
    ),
    definition=definition.Definition,
    contributions=contributions.KINDS,
    definition_version=definition.VERSION,
    upgrade_definition=definition.upgrade,
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
