"""The five steps of picture cards, and what to say, do and wait for in each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Phase, Script

FROM_CREW = frozenset({"choose", "share", "sign", "count"})
WORDS = frozenset({"choose", "share", "sign"})
"""Once the question is known one may also share; who comes late still chooses."""

CHOOSE = Phase(
    key="choose",
    title=_("Välj"),
    accepts=frozenset({"choose"}),
    crew_accepts=FROM_CREW,
    script=Script(
        say=_("Ta den bild som drar i dig. Tänk inte så länge. Frågan kommer sedan."),
        do=(_("Låt kort eller föremål på ett bord gälla lika mycket som telefonen"), _("Säg inget om frågan än")),
        wait=_("Vänta tills de flesta har valt."),
    ),
)
QUESTION = Phase(
    key="question",
    title=_("Fråga"),
    accepts=WORDS,
    crew_accepts=FROM_CREW,
    script=Script(
        say=_("Utgå från din bild. Jag läser frågan två gånger."),
        do=(_("Läs frågan långsamt"), _("Läs den en gång till"), _("Förklara inte")),
        wait=_("Vänta en stund i tystnad."),
    ),
)
ALONE = Phase(
    key="alone",
    title=_("Själv"),
    accepts=WORDS,
    crew_accepts=FROM_CREW,
    script=Script(
        say=_("Tänk själv en stund. Det du antecknar stannar hos dig."),
        do=(_("Var tyst själv"), _("Säg till när en minut är kvar")),
        wait=_("Vänta ut tystnaden, också när den känns lång."),
    ),
)
TABLE = Phase(
    key="table",
    title=_("Bord"),
    accepts=WORDS,
    crew_accepts=FROM_CREW,
    script=Script(
        say=_("Prata vid bordet. Visa din bild och säg vad du såg i den. Alla får ordet en gång innan någon talar två gånger."),
        do=(_("Gå runt, lyssna mer än du säger"), _("Säg till när två minuter är kvar")),
        wait=_("Vänta ungefär tio minuter."),
    ),
)
PLENARY = Phase(
    key="plenary",
    title=_("Alla"),
    accepts=WORDS,
    crew_accepts=FROM_CREW,
    shows=True,
    script=Script(
        say=_("Den som vill delar en tanke, högt eller här på duken. Tyst är också ett svar."),
        do=(_("Läs några av tankarna högt"), _("Tacka utan att värdera")),
        wait=_("Vänta in den tredje. Den kommer ofta efter en paus."),
    ),
)

PHASES = (CHOOSE, QUESTION, ALONE, TABLE, PLENARY)
ASKED = frozenset(phase.key for phase in PHASES[1:])
"""The phases in which the room knows the question."""
