"""The word cloud, wired together."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Card, Exercise, Phase, Script
from mellanrum.exercises.words import audiences, contributions, definition, harvest, keepsake, state
from mellanrum.exercises.words.checking import check, example, schema, slot
from mellanrum.exercises.words.preparing import PREPARING

ACTS = frozenset({"merge", "correct", "unmerge"})

WRITE = Phase(
    key="write",
    title=_("Skriv"),
    accepts=frozenset({"word"}),
    crew_accepts=frozenset({"word"}) | ACTS,
    live=True,
    script=Script(
        say=_("Tänk först själv. Skriv ord eller korta fraser, så som du själv skulle säga dem."),
        do=(_("Läs frågan högt två gånger"), _("Låt det vara tyst den första minuten"), _("Slå ihop ord som betyder samma sak")),
        wait=_("Vänta tills det har slutat komma nya ord."),
    ),
)
RESULT = Phase(
    key="result",
    title=_("Titta tillsammans"),
    crew_accepts=ACTS,
    shows=True,
    script=Script(
        say=_("Vilka ord är ni förvånade över? Vilket ord saknas?"),
        do=(
            _("Låt alla läsa i tysthet en stund"),
            _("Be någon berätta om ett litet ord"),
            _("Fråga vad det största ordet betyder i vardagen"),
        ),
        wait=_("Vänta tills ett ord har fått ett exempel."),
    ),
)

EXERCISE = Exercise(
    card=Card(
        slug="words",
        name=_("Ordmoln"),
        purpose=_("Samla rummets ord kring en fråga och se vilka som återkommer."),
        how=_("Alla skrev ord och korta fraser. De vanligaste blev störst i molnet."),
        icon="chat-circle-text",
        minutes=10,
        phases=(WRITE, RESULT),
        hideable=frozenset({"word"}),
        late=frozenset({"word"}),
    ),
    definition=definition.Definition,
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
    folder="exercises/words",
    preparing=PREPARING,
    order_free=frozenset({"word"}),
)
