"""How a round is prepared: its start, what to write, and that tables can be counted."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing, Problem
from mellanrum.exercises.round.definition import MOST_TABLES, VERSION, Definition


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad vill ni att resten av rummet får höra?"))


def check_in(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Hur kom du hit i dag?"), per="person", seconds=60)


def circles(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad tar du med dig ut genom dörren?"), preset="circles", writes=True, live=True)


def across(data: dict[str, Any]) -> Iterable[Problem]:
    if data["per"] == "table" and not data["tables"]:
        yield Problem("d.tables", _("Skriv hur många bord det är, från 1 till %(most)s.") % {"most": MOST_TABLES})


PREPARING = Preparing(
    start=start,
    ask={
        "question": gettext_lazy("Skriv frågan som går runt."),
        "seconds": gettext_lazy("Skriv ett antal sekunder från 0 till 600. 0 betyder att ingen tid räknas."),
    },
    across=across,
    more_starts={
        "check-in": (gettext_lazy("Incheckning"), check_in),
        "circles": (gettext_lazy("Avslut i fyra cirklar"), circles),
    },
)
