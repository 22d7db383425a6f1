"""What a rating says in a sentence, and only when it is certain."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.charts.distribution import decimal
from mellanrum.exercises.scale.definition import Definition, Subject
from mellanrum.exercises.scale.views import Bar, ItemResult, Result
from mellanrum.insight.comparison import Sample, certain_difference

SMALLEST = 0.5
"""A difference of less than half a step is not worth a heading, however certain."""


def finding(definition: Definition, items: Iterable[ItemResult]) -> str:
    """The largest certain difference between two subjects over these items as a sentence; empty when there is none."""
    found = list(items)
    differences = [
        (difference, first, second)
        for first, second in combinations(definition.instrument.subjects, 2)
        if (difference := certain_difference(_pairs(definition, found, first, second), at_least=SMALLEST))
    ]
    if not differences:
        return ""
    difference, first, second = max(differences, key=lambda one: abs(one[0]))
    return _sentence(first, second) if difference > 0 else _sentence(second, first)


def largest_gap(definition: Definition, result: Result) -> str:
    """The item where two subjects lie furthest apart, as a sentence; empty without two subjects or numbers."""
    gaps = [
        (high.mean - low.mean, item.text, high, low)
        for item in result.items
        for high in item.bars
        for low in item.bars
        if high.mean is not None and low.mean is not None and high.mean - low.mean >= SMALLEST
    ]
    if not gaps or len(result.items) < 2:
        return ""
    _gap, text, high, low = max(gaps, key=lambda one: one[0])
    said = _("Störst är avståndet i ”%(item)s”: %(high)s %(high_mean)s, %(low)s %(low_mean)s.")
    means = {"high_mean": decimal(high.mean or 0), "low_mean": decimal(low.mean or 0)}
    return said % {"item": text.rstrip("."), "high": high.text, "low": low.text, **means}


def _sentence(high: Subject, low: Subject) -> str:
    known = {
        ("me", "organisation"): _("Vi skattar oss själva högre än våra organisationer"),
        ("organisation", "me"): _("Vi skattar våra organisationer högre än oss själva"),
    }
    generic = _("”%(high)s” skattas högre än ”%(low)s”") % {"high": high.text, "low": low.text}
    return known.get((high.id, low.id), generic)


def _pairs(definition: Definition, items: list[ItemResult], first: Subject, second: Subject) -> list[tuple[Sample, Sample]]:
    reverse = {item.id for item in definition.instrument.items if item.reverse}
    found = []
    for item in items:
        bars = {bar.subject: bar for bar in item.bars}
        one, other = _sample(definition, bars[first.id], item.item in reverse), _sample(definition, bars[second.id], item.item in reverse)
        if one and other:
            found.append((one, other))
    return found


def _sample(definition: Definition, bar: Bar, reverse: bool) -> Sample | None:
    """A reversed item is turned, so that high is always much."""
    if bar.mean is None or bar.spread is None or bar.answers < definition.minimum:
        return None
    scale = definition.instrument
    return Sample(scale.low + scale.high - bar.mean if reverse else bar.mean, bar.spread, bar.answers)
