"""The parts that voices take turns in: what each is called, whose it is and how many minutes it has."""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext as _

from mellanrum.exercises.slide.definition import PARTS, STORY, VOICES, Definition, walk


class Planned(NamedTuple):
    key: str
    title: str
    who: str
    minutes: int


def parts_of(definition: Definition) -> tuple[Planned, ...]:
    """In their order; none for what has a single step."""
    if definition.preset == "perspectives":
        first, second = (*definition.voices, "", "")[:2]
        titles = (_("Första rösten"), _("Andra rösten"), _("Svar"), _("Frågor"))
        return _planned(PARTS, titles, (first, second, definition.speaker, ""), definition.minutes)
    if definition.preset == "story":
        titles = (_("Berättelsen"), _("Det som gick fel"), _("Vad skulle du ha gjort?"), _("Frågor"))
        return _planned(STORY, titles, (definition.speaker, definition.speaker, _("två och två"), ""), definition.minutes)
    return _panel(definition) if definition.preset == "panel" else ()


def _panel(definition: Definition) -> tuple[Planned, ...]:
    voices = [key for key in walk(definition) if key in VOICES]
    names = (*definition.voices, *[""] * len(voices))
    spoken = (Planned(key, _("Röst %(number)s") % {"number": at + 1}, names[at], definition.minutes[0]) for at, key in enumerate(voices))
    return (*spoken, Planned("questions", _("Frågor"), "", definition.minutes[3]))


def _planned(keys: tuple[str, ...], titles: tuple[str, ...], whose: tuple[str, ...], minutes: tuple[int, ...]) -> tuple[Planned, ...]:
    return tuple(Planned(*one) for one in zip(keys, titles, whose, minutes, strict=True))
