"""A rating compared between groups, decided once on what the room was first shown."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.charts.distribution import decimal
from mellanrum.exercise_kit.document import Table
from mellanrum.exercises.scale.audiences import pairs
from mellanrum.exercises.scale.definition import Definition
from mellanrum.exercises.scale.pictures import NOBODY
from mellanrum.exercises.scale.state import First, State
from mellanrum.insight.distribution import count_values, distribution
from mellanrum.insight.small_groups import Split, split_groups

NOWHERE = ""
OTHERS = "\0others"


def split(definition: Definition, state: State) -> Split:
    """The groups that may be compared; people who chose none are a group in the sizes."""
    if state.first is None or not definition.groups:
        return Split()
    people = {author for answers in state.first.bars.values() for author in answers}
    known = {group.id for group in definition.groups}
    sizes: dict[str, int] = {}
    for author in people:
        group = state.first.groups.get(author, NOWHERE)
        name = group if group in known else NOWHERE
        sizes[name] = sizes.get(name, 0) + 1
    found = split_groups(sizes, definition.minimum)
    # People without a group never stand for themselves: they are others.
    shown = tuple(name for name in found.shown if name != NOWHERE)
    others = (*found.others, *(name for name in found.shown if name == NOWHERE))
    return Split(shown, others) if len(shown) + bool(others) > 1 and shown else Split()


def group_table(definition: Definition, state: State) -> Table | None:
    """Means per group; None when no groups may be compared."""
    found = split(definition, state)
    if state.first is None or not found.is_shown:
        return None
    names = {group.id: group.text for group in definition.groups} | {OTHERS: _("Övriga")}
    columns = [*(group.id for group in definition.groups if group.id in found.shown), *([OTHERS] if found.others else [])]
    rows = tuple(
        (f"{item.text} {subject.text}", *_means(definition, state.first, (item.id, subject.id), found, columns))
        for item, subject in pairs(definition)
    )
    return Table(_("Medelvärden per grupp"), (_("Påstående"), *(names[column] for column in columns)), rows)


def _means(definition: Definition, first: First, key: tuple[str, str], found: Split, columns: list[str]) -> list[str]:
    """A row is hidden as a whole when one group in it is too small: the others would tell what that one answered."""
    scale = definition.instrument
    values: dict[str, list[object]] = {column: [] for column in columns}
    for author, (value, _seq) in first.bars.get(key, NOBODY).items():
        group = first.groups.get(author, NOWHERE)
        values[group if group in found.shown else OTHERS].append(value)
    if any(len(given) < definition.minimum for given in values.values()):
        return [_("för få")] * len(columns)
    means = [distribution(count_values(values[column], scale.low, scale.high), scale.low).mean for column in columns]
    return ["–" if mean is None else decimal(mean) for mean in means]
