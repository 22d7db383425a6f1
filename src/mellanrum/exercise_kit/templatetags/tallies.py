"""What was chosen, as bars in templates: `{% load tallies %}`."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.ballots import Tally
from mellanrum.exercise_kit.charts.bars import DOCUMENT, PHONE, BarRow, bars, on_the_wall

register = template.Library()
FRAMES = {"phone": PHONE, "document": DOCUMENT}


@register.simple_tag
def tally_bars(tally: Tally, frame: str) -> SafeString:
    """The counts of a tally that is not too few. `frame`: wall, phone or document."""
    rows = [BarRow(count.text, count.people) for count in tally.counts]
    return mark_safe(bars(rows, on_the_wall(rows) if frame == "wall" else FRAMES[frame]))  # noqa: S308 - every text is escaped in svg.py
