"""Charts in templates: `{% load charts %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.charts.distribution import ChartRow, distribution

register = template.Library()


@register.simple_tag
def distribution_chart(view: Any, bars: Any, *, large: bool = False) -> SafeString:
    """The bars of one statement as SVG; `view` carries the scale: low, high and what its ends mean."""
    rows = [ChartRow(bar.text, bar.counts, bar.mean, bar.too_few) for bar in bars]
    low_label, high_label = getattr(view, "low_label", ""), getattr(view, "high_label", "")
    return mark_safe(distribution(rows, view.low, view.high, low_label, high_label, large=large))  # noqa: S308 - every text is escaped in svg.py
