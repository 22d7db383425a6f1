"""The evaluation, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.evaluation import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.evaluation.checking import check, example, schema, slot
from mellanrum.exercises.evaluation.preparing import PREPARING

GIVEN = frozenset({"rate", "write"})

ANSWER = Phase(
    key="answer",
    title=_("Svara"),
    accepts=GIVEN,
    crew_accepts=GIVEN,
    script=Script(
        say=_("Två minuter innan vi går. Svara så som det var för dig. Det ni skriver öppnar nästa planering."),
        do=(_("Låt det vara tyst"), _("Lägg fram blad till den som hellre skriver för hand")),
        wait=_("Vänta två minuter. Alla behöver inte svara på allt."),
    ),
)
RESULT = Phase(
    key="result",
    title=_("Visa"),
    shows=True,
    script=Script(
        say=_("Det här tar vi med oss. Nästa gång berättar vi vad vi har ändrat."),
        do=(_("Läs ett par svar högt"), _("Förklara inte och försvara inte"), _("Tacka")),
    ),
)
TEAM = Phase(
    key="team",
    title=_("Teamet"),
    crew_accepts=frozenset({"reflect"}),
    script=Script(
        say=_("Fem frågor, två minuter var. En svarar i taget, de andra lyssnar."),
        do=(_("Skriv ned några rader till varje fråga"), _("Sluta med vad ni ändrar till nästa gång")),
        wait=_("Vänta tills alla i teamet har sagt något till varje fråga."),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="evaluation",
        name=_("Utvärdering"),
        purpose=_("Hör på två minuter hur träffen var, och låt svaren öppna nästa planering."),
        how=_("Alla fick svara utan namn på hur träffen var. Rummet såg summan och det som skrevs."),
        icon="check-circle",
        minutes=5,
        phases=(ANSWER, RESULT, TEAM),
        hideable=frozenset({"write", "reflect"}),
        late=frozenset({"write", "reflect"}),
    ),
    definition=definition.Definition,
    contributions=contributions.KINDS,
    check=check,
    empty=state.empty,
    fold=state.fold,
    views={"phone": audiences.phone, "projector": audiences.projector, "crew": audiences.crew},
    own=audiences.own,
    harvest=harvest.harvest,
    for_the_team=harvest.for_the_team,
    keepsake=keepsake.keepsake,
    example=example,
    schema=schema,
    slot=slot,
    walk=definition.walk,
    refolds_withdrawals=False,
    folder="exercises/evaluation",
    preparing=PREPARING,
    order_free=GIVEN,
)
