"""What one person takes home from a rating: their own numbers and words, beside the room's mean where it was shown."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.charts.distribution import decimal
from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.scale.audiences import own, result
from mellanrum.exercises.scale.definition import Definition
from mellanrum.exercises.scale.state import State
from mellanrum.exercises.scale.views import OwnView


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """In the order of the form. Texts come in the language that is active."""
    mine = own(definition, state, author)
    lines = (*_group(definition, mine), *_ratings(definition, state, mine), *_texts(definition, mine))
    return Keepsake(definition.instrument.title, lines, _ends(definition) if mine.ratings else "")


def _ends(definition: Definition) -> str:
    scale = definition.instrument
    low, high = (f"{step} {label}".strip() for step, label in ((scale.low, scale.low_label), (scale.high, scale.high_label)))
    return _("Skala: %(low)s till %(high)s.") % {"low": low, "high": high}


def _group(definition: Definition, mine: OwnView) -> Iterator[Kept]:
    names = {group.id: group.text for group in definition.groups}
    if mine.group in names:
        yield Kept(_("Din grupp"), names[mine.group])


def _ratings(definition: Definition, state: State, mine: OwnView) -> Iterator[Kept]:
    scale, means = definition.instrument, _means(definition, state)
    items = {item.id: item.text for item in scale.items}
    subjects = {subject.id: subject.text for subject in scale.subjects}
    for item, subject, value in mine.ratings:
        said = _("Vet inte") if value == "dk" else str(value)
        mean = means.get((item, subject))
        room = _("Rummet i medel %(mean)s") % {"mean": decimal(mean)} if mean is not None else ""
        yield Kept(items[item], said, label=subjects[subject], room=room)


def _means(definition: Definition, state: State) -> dict[tuple[str, str], float | None]:
    """What the room has seen; nothing before, and nothing from fewer than the minimum."""
    if state.shown is None:
        return {}
    return {(item.item, bar.subject): bar.mean for item in result(definition, state).items for bar in item.bars if not bar.too_few}


def _texts(definition: Definition, mine: OwnView) -> Iterator[Kept]:
    asked = {part.id: part.text for part in definition.parts}
    for part, text in mine.texts:
        yield Kept(asked[part], text, is_written=True)
