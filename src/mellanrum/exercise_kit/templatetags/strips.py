"""Small charts for walls in templates: `{% load strips %}`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.charts.distribution import ChartRow
from mellanrum.exercise_kit.charts.strip import strip

register = template.Library()


@register.filter
def is_wordy(items: Sequence[Any], most: int) -> bool:
    """Whether the texts of these items together are longer than that many characters."""
    return sum(len(item.text) for item in items) > most


@register.simple_tag
def distribution_strip(view: Any, bar: Any, *, is_numbered: bool = False) -> SafeString:
    """The bars of one statement about one subject; `view` carries the scale."""
    row = ChartRow(bar.text, bar.counts, bar.mean, bar.too_few)
    return mark_safe(strip(row, view.low, view.high, is_numbered=is_numbered))  # noqa: S308 - every text is escaped in svg.py
