"""What was chosen, as bars in templates: `{% load tallies %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.ballots import Tally
from mellanrum.exercise_kit.charts.bars import DOCUMENT, PHONE, WALL, BarRow, bars

register = template.Library()
FRAMES = {"wall": WALL, "phone": PHONE, "document": DOCUMENT}


@register.simple_tag
def tally_bars(tally: Tally, frame: str) -> SafeString:
    """The counts of a tally that is not too few."""
    rows = [BarRow(count.text, count.people) for count in tally.counts]
    return mark_safe(bars(rows, FRAMES[frame]))  # noqa: S308 - every text is escaped in svg.py
