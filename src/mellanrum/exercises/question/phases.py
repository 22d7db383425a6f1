"""The steps of an open question and of questions to a speaker, and what to say, do and wait for in each."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from mellanrum.exercise_kit.contract import Phase, Script
from mellanrum.exercises.question.contributions import THEMING

GIVEN, BOTH = frozenset({"text"}), frozenset({"text", "vote"})
CREW = GIVEN | {"approve"} | THEMING
ASKED = GIVEN | {"approve", "turn"}

THINK = Phase(
    key="think",
    title=_("Tänk"),
    script=Script(
        say=_("Jag läser frågan två gånger. Tänk själv en stund innan någon skriver."),
        do=(_("Läs frågan långsamt"), _("Läs den en gång till"), _("Var tyst själv")),
        wait=_("Vänta en minut i tystnad."),
    ),
)
WRITE = Phase(
    key="write",
    title=_("Skriv"),
    accepts=GIVEN,
    crew_accepts=CREW,
    live=True,
    script=Script(
        say=_("Skriv kort, en tanke i taget. Det går bra att ändra sig."),
        do=(_("Låt det vara tyst den första minuten"), _("Släpp fram det som väntar, om ni granskar först")),
        wait=_("Vänta tills det har slutat komma nya svar."),
    ),
)
LOOK = Phase(
    key="look",
    title=_("Läs varandras"),
    accepts=BOTH,
    crew_accepts=CREW,
    shows=True,
    script=Script(
        say=_("Läs vad de andra har skrivit. Tryck Jag också där du känner igen dig."),
        do=(_("Låt alla läsa i tysthet"), _("Läs några av svaren högt, också de korta")),
        wait=_("Vänta tills de flesta har läst till slutet."),
    ),
)
THEMES = Phase(
    key="themes",
    title=_("Teman"),
    crew_accepts=CREW,
    shows=True,
    script=Script(
        say=_("Vad hör ihop? Säg det högt, så lägger vi det i samma tema."),
        do=(
            _("Skapa ett tema först när två svar hör ihop"),
            _("Fråga rummet vad temat ska heta"),
            _("Låt det udda vara udda"),
        ),
        wait=_("Vänta tills rummet känner igen sig i temana."),
    ),
)
ASK = Phase(
    key="ask",
    title=_("Fråga"),
    accepts=BOTH,
    crew_accepts=ASKED,
    live=True,
    script=Script(
        say=_("Skriv en fråga, eller tryck Jag också på en som du också vill ha svar på."),
        do=(_("Säg att det går bra att fråga medan någon talar"), _("Släpp fram det som väntar, om ni granskar först")),
        wait=_("Vänta tills talaren är klar."),
    ),
)
ANSWERS = Phase(
    key="answers",
    title=_("Svara"),
    accepts=BOTH,
    crew_accepts=ASKED,
    shows=True,
    script=Script(
        say=_("Vi tar en fråga i taget och börjar med den som flest undrar över."),
        do=(_("Tryck Nu på den fråga som besvaras"), _("Läs den högt"), _("Ta också en fråga som få har tryckt på")),
        wait=_("Vänta efter varje svar: blev det besvarat?"),
    ),
)

WALL, QA = (THINK, WRITE, LOOK, THEMES), (ASK, ANSWERS)
PHASES = (*WALL, *QA)
SHOWING = frozenset(phase.key for phase in PHASES if phase.shows)
LIVE = frozenset(phase.key for phase in PHASES if phase.live)
VOTING = frozenset(phase.key for phase in PHASES if "vote" in phase.accepts)
WRITING = frozenset(phase.key for phase in PHASES if "text" in phase.accepts)
