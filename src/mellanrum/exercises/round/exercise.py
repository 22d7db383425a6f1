"""The round, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.round import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.round.checking import check, example, schema, slot
from mellanrum.exercises.round.preparing import PREPARING

GIVEN = frozenset({"word", "share"})
BY_CREW = frozenset({"heard", "pass", "tables", "turn"})

ROUND = Phase(
    key="round",
    title=_("Runda"),
    accepts=GIVEN,
    crew_accepts=BY_CREW,
    live=True,
    script=Script(
        say=_("Alla bjuds in en gång innan någon talar två gånger. Tyst är också ett svar. Säg pass om du vill."),
        do=(_("Börja med någon som inte har hörts"), _("Markera dem som har hörts"), _("Skriv ned några rader")),
        wait=_("Vänta tills alla har fått frågan. Tystnad får ta tid."),
    ),
)
DONE = Phase(
    key="done",
    title=_("Tacka"),
    accepts=GIVEN,
    crew_accepts=BY_CREW,
    shows=True,
    script=Script(say=_("Tack för det ni sa, och för det ni lyssnade till."), do=(_("Tacka utan att sammanfatta"),)),
)

EXERCISE = Exercise(
    card=Card(
        slug="round",
        name=_("Runda"),
        purpose=_("Låt alla få ordet en gång innan någon talar två gånger: incheckning, helgrupp eller avslut."),
        how=_("Alla bjöds in att säga något, och ingen talade två gånger förrän alla hade fått ordet. Det gick bra att säga pass."),
        icon="users-three",
        minutes=15,
        phases=(ROUND, DONE),
        hideable=GIVEN,
        late=GIVEN,
    ),
    definition=definition.Definition,
    definition_version=definition.VERSION,
    upgrade_definition=definition.upgrade,
    contributions=contributions.KINDS,
    check=check,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.phone, "projector": audiences.projector, "crew": audiences.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    keepsake=keepsake.keepsake,
    example=example,
    schema=schema,
    slot=slot,
    folder="exercises/round",
    preparing=PREPARING,
    order_free=GIVEN,
)
