"""How an open question is prepared: its starts, and what to write."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.question.definition import VERSION, Definition


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, question=_("Vad skulle göra det lättare för oss att arbeta tillsammans?"))


def to_the_speaker(fresh: Callable[[], str]) -> Definition:
    """Questions are read by the crew first: they stand big on the wall while somebody has to answer them."""
    return Definition(version=VERSION, question=_("Vad vill du fråga den som talar?"), preset="qa", moderated=True)


PREPARING = Preparing(
    start=start,
    ask={"question": gettext_lazy("Skriv frågan som alla svarar på.")},
    more_starts={"qa": (gettext_lazy("Frågor till den som talar"), to_the_speaker)},
)
