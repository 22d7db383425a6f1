"""How a talk is prepared: its start, and what to write."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.slide.definition import VERSION, Definition


def pause(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Paus"), preset="break")


def film(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("En film att prata om"), preset="film")


def perspectives(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("Vad väckte det hos dig?"), preset="perspectives")


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, title=_("En berättelse från någon av oss"))


PREPARING = Preparing(
    start=start,
    ask={
        "title": gettext_lazy("Skriv vad som ska stå på duken."),
        "links.text": gettext_lazy("Skriv vad länken leder till."),
        "links.url": gettext_lazy("Skriv hela adressen. Den börjar med https://"),
    },
    more_starts={
        "break": (gettext_lazy("Paus"), pause),
        "film": (gettext_lazy("Film"), film),
        "perspectives": (gettext_lazy("Röster"), perspectives),
    },
)
