"""The exercise types of this installation, by slug."""

from __future__ import annotations

from functools import cache
from importlib import import_module

from django.conf import settings

from mellanrum.exercise_kit.contract import Exercise


@cache
def registry() -> dict[str, Exercise]:
    """Every type listed in `settings.EXERCISES`, in that order."""
    types: tuple[Exercise, ...] = tuple(import_module(f"{name}.exercise").EXERCISE for name in settings.EXERCISES)
    return {exercise.card.slug: exercise for exercise in types}


def choosable() -> dict[str, Exercise]:
    """The types that a block may be given; a companion comes to every block by itself."""
    return {slug: exercise for slug, exercise in registry().items() if exercise.companion is None}


def exercise_type(slug: str) -> Exercise:
    """The type with that slug. Raises KeyError when this installation does not have it."""
    return registry()[slug]
