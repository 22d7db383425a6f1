"""How a talk is prepared: its start, and what to write."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing, Problem
from mellanrum.exercises.slide.definition import VERSION, Definition


def pause(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Paus"), preset="break")


def film(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("En film att prata om"), preset="film")


def perspectives(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Vad väckte det hos dig?"), preset="perspectives")


def panel(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Vad ser vi från våra platser?"), preset="panel", minutes=(4, 5, 5, 15))


def story(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Så gick det till hos oss"), preset="story", minutes=(8, 4, 6, 7))


def lunch(fresh: Callable[[], str]) -> Definition:
    prompts = (
        _("Vad har du fått syn på i dag?"),
        _("När gick det bättre än du trodde, och varför?"),
        _("Vad är svårast för dig just nu?"),
        _("Vad kittlar?"),
    )
    return Definition(version=VERSION, title=_("Lunch med någon ny"), preset="lunch", prompts=prompts, every=12)


def across(data: dict[str, Any]) -> Iterable[Problem]:
    if data["preset"] == "lunch" and not data["prompts"]:
        yield Problem("d.prompts", _("Skriv minst en fråga att prata om."))


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("En berättelse från någon av oss"))


PREPARING = Preparing(
    start=start,
    ask={
        "title": gettext_lazy("Skriv vad som ska stå på duken."),
        "links.text": gettext_lazy("Skriv vad länken leder till."),
        "links.url": gettext_lazy("Skriv hela adressen. Den börjar med https://"),
    },
    across=across,
    more_starts={
        "break": (gettext_lazy("Paus"), pause),
        "film": (gettext_lazy("Film"), film),
        "perspectives": (gettext_lazy("Röster"), perspectives),
        "panel": (gettext_lazy("Panel"), panel),
        "story": (gettext_lazy("En praktiker berättar"), story),
        "lunch": (gettext_lazy("Lunchens frågor"), lunch),
    },
)
