"""How a word cloud is prepared: its start, and what to write."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.words.definition import VERSION, Definition, Prompt, do_and_stop


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=VERSION, prompts=(Prompt(fresh(), _("Vad bygger tillit mellan oss?")),))


PREPARING = Preparing(
    start=start,
    ask={"prompts": gettext_lazy("Skriv minst en fråga.")},
    more_starts={"do-and-stop": (gettext_lazy("Göra och sluta göra"), lambda fresh: do_and_stop())},
)
