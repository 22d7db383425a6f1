"""How picture cards are prepared: their start, and what to write."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.cards.definition import VERSION, Definition


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad i bilden liknar det du är mitt i just nu?"))


PREPARING = Preparing(start=start, ask={"question": gettext_lazy("Skriv frågan som visas när alla har valt en bild.")})
