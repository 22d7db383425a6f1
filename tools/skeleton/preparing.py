"""How it is prepared: what a new block begins with."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.preparing import Preparing
from mellanrum.exercises.skeleton.definition import Definition


def start(fresh: Callable[[], str]) -> Definition:
    return Definition(version=1, question=_("Ska vi prova förslaget?"))


PREPARING = Preparing(start=start)
