"""How table talks are prepared: their starts, what to write, and what hangs together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing, Problem
from mellanrum.exercises.discussion.definition import VERSION, Definition, Subject


def start(fresh: Callable[[], str]) -> Definition:
    prompts = (_("Vad hörde vi?"), _("Vad väcker det hos oss?"), _("Vad vill vi att de andra får höra?"))
    return Definition(version=VERSION, question=_("Vad hörde vi, och vad väcker det?"), prompts=prompts)


def lines_only(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad hörde vi, och vad väcker det?"), sheet=False)


def strangers(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad tar du med dig hit som de andra inte vet om?"), way="mixed")


def interest(fresh: Callable[[], str]) -> Definition:
    subjects = (Subject(fresh(), _("Det som skaver mest just nu")), Subject(fresh(), _("Det vi vill pröva")))
    return Definition(
        version=VERSION, question=_("Vad vill du prata om?"), way="interest", subjects=subjects, talked=True, next=True, open=True
    )


def units(fresh: Callable[[], str]) -> Definition:
    return Definition(
        version=VERSION,
        question=_("Hur har vi det med tilliten hos oss?"),
        way="units",
        prompts=(_("Vad ska vi göra mer av?"), _("Vad ska vi sluta med?"), _("Vad behöver vi av andra?")),
        present=True,
        next=True,
        open=True,
        quotes=True,
    )


def across(data: dict[str, Any]) -> Iterable[Problem]:
    if data["way"] == "interest" and len(data["subjects"]) < 2:
        yield Problem("d.subjects", _("Skriv minst två ämnen att välja mellan."))


PREPARING = Preparing(
    start=start,
    ask={"question": gettext_lazy("Skriv frågan som borden ska prata om."), "subjects.text": gettext_lazy("Skriv ämnet.")},
    across=across,
    more_starts={
        "lines": (gettext_lazy("Bordssamtal utan blad"), lines_only),
        "strangers": (gettext_lazy("Träffa nya människor"), strangers),
        "interest": (gettext_lazy("Bord efter intresse"), interest),
        "units": (gettext_lazy("Arbetsplatsdialog"), units),
    },
)
