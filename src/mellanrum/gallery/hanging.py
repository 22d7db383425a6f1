"""What hangs on a page of the gallery: frames in the order they are shown, each with the address of its face."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import CLOSED, Exercise, Phase
from mellanrum.exercise_kit.examples import Example
from mellanrum.gallery.places import PRINTED, Place, places_of

if TYPE_CHECKING:
    from mellanrum.exercise_kit.contract import Words

SHOWS = ("all", "light", "dark", "print")
Step = tuple[str, "Words"]


@dataclass(frozen=True)
class Frame:
    """One face: its place, where to find it, and in which theme and phase."""

    place: Place
    address: str
    theme: str
    phase: str
    note: Words


def steps_of(exercise: Exercise, example: Example) -> tuple[Step, ...]:
    """Every phase of the example with its title, closed at last."""
    return (*((phase.key, phase.title) for phase in exercise.phases(example.definition)), (CLOSED, _("Stängt")))


def frames(exercise: Exercise, example: Example, phase: str, *, show: str, language: str) -> tuple[Frame, ...]:
    """The faces to show: in each theme that was asked for, the projector also on the other side of the reveal."""
    titles = dict(steps_of(exercise, example))
    found = []
    for place in places_of(exercise):
        if show == "print" and place.key not in PRINTED:
            continue
        phases = _both_sides(exercise, example, phase) if place.key == "projector" else (phase,)
        for key in phases:
            for theme in _themes(place, show):
                address = face_address(exercise, example, key, place, theme=theme, language=language)
                found.append(Frame(place, address, theme, key, _note(place, theme, titles.get(key, key))))
    return tuple(found)


def face_address(exercise: Exercise, example: Example, phase: str, place: Place, *, theme: str, language: str) -> str:
    named = {"slug": exercise.card.slug, "example": example.name, "phase": phase, "place": place.key}
    return f"{reverse('gallery-face', kwargs=named)}?{urlencode({'theme': theme, 'lang': language})}"


def _themes(place: Place, show: str) -> tuple[str, ...]:
    """All: a phone in both, everything else in its first. One theme: what can be seen in it, the quiet stage with the dark."""
    if show == "all":
        return place.themes if place.key == "phone" else place.themes[:1]
    if show == "print":
        return ("light",)
    return (show,) if show in place.themes else ()


def _note(place: Place, theme: str, title: Words) -> Words:
    if place.key == "projector":
        return title
    if place.key == "phone":
        return _("mörk") if theme == "dark" else _("ljus")
    return place.note


def _both_sides(exercise: Exercise, example: Example, phase: str) -> tuple[str, ...]:
    """That phase and, where there is one, a phase on the other side of the reveal."""
    phases = exercise.phases(example.definition)
    is_shown = any(one.key == phase and one.shows for one in phases)
    others: list[Phase] = [one for one in phases if one.shows != is_shown]
    other = (others[0] if not is_shown else others[-1]).key if others else ""
    return tuple(key for key in ((phase, other) if is_shown else (other, phase)) if key)
