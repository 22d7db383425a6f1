"""The rating, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.scale import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.scale.checking import check, example, schema, slot
from mellanrum.exercises.scale.preparing import PREPARING

RATE = Phase(
    key="rate",
    title=_("Svara"),
    accepts=frozenset({"rate", "write", "group"}),
    crew_accepts=frozenset({"rate", "write", "count"}),
    script=Script(
        say=_("Svara i lugn och ro, och ärligt. Rummet ser summan, aldrig ditt eget svar."),
        do=(_("Läs första påståendet högt"), _("Låt det vara tyst medan alla svarar"), _("Säg till när en minut är kvar")),
        wait=_("Vänta tills de flesta är klara. Alla behöver inte svara på allt."),
    ),
)
RESULT = Phase(
    key="result",
    title=_("Visa summan"),
    shows=True,
    script=Script(
        say=_("Titta en stund i tysthet. Vad blev du förvånad över?"),
        do=(_("Ge alla en halv minut att titta"), _("Låt två och två prata"), _("Fråga efter ett exempel bakom siffran")),
        wait=_("Vänta tills någon har sagt vad siffran kan betyda, inte bara vad den är."),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="scale",
        name=_("Skattning"),
        purpose=_("Se hur rummet ser på sig självt, och gör om det senare för att se vad som har rört sig."),
        how=_("Var och en svarade för sig på en skala. Rummet såg summan, aldrig vad någon enskild hade svarat."),
        icon="sliders-horizontal",
        minutes=15,
        phases=(RATE, RESULT),
        hideable=frozenset({"write"}),
        late=frozenset({"write"}),
    ),
    definition=definition.Definition,
    definition_version=definition.VERSION,
    upgrade_definition=definition.upgrade,
    contributions=contributions.KINDS,
    contributions_version=contributions.VERSION,
    upgrade=contributions.upgrade,
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
    refolds_withdrawals=False,
    folder="exercises/scale",
    preparing=PREPARING,
    order_free=frozenset({"rate", "write", "group"}),
)
