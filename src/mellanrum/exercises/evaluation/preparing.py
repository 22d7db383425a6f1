"""How an evaluation is prepared, and the team's five questions."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.evaluation.definition import VERSION, Definition, Item, Question


def start(fresh: Callable[[], str]) -> Definition:
    """Two minutes: three statements and two questions."""
    statements = (
        _("Jag fick något med mig som jag kan använda."),
        _("Jag kunde säga det jag ville säga."),
        _("Tiden räckte till det som var viktigt."),
    )
    return Definition(
        version=VERSION,
        title=_("Hur var träffen?"),
        items=tuple(Item(fresh(), text) for text in statements),
        questions=tuple(Question(fresh(), text) for text in (_("Vad ska vi behålla?"), _("Vad ska vi ändra?"))),
        low_label=_("stämmer inte"),
        high_label=_("stämmer helt"),
    )


def debrief(fresh: Callable[[], str]) -> Definition:
    asked = (
        _("Vad bar i dag?"),
        _("Var gnisslade det?"),
        _("Vem hörde vi inte?"),
        _("Vad överraskade oss?"),
        _("Vad gör vi annorlunda nästa gång?"),
    )
    questions = tuple(Question(fresh(), text) for text in asked)
    return Definition(version=VERSION, anonymous=False, title=_("Teamets fem frågor"), preset="debrief", questions=questions)


PREPARING = Preparing(
    start=start,
    ask={
        "title": gettext_lazy("Skriv vad det heter."),
        "questions": gettext_lazy("Skriv minst en fråga."),
    },
    more_starts={"debrief": (gettext_lazy("Teamets fem frågor"), debrief)},
)
