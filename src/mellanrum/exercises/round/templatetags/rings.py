"""The circles of a round as a drawing: `{% load rings %}`."""

from __future__ import annotations

from typing import Any

from django import template

from mellanrum.exercises.round.circles import SIZE, rings

register = template.Library()


@register.inclusion_tag("exercises/round/rings.html")
def draw_rings(count: int, *, here: int = 0, has_leaders: bool = False, width: int = SIZE) -> dict[str, Any]:
    """So many circles around each other, one of them lit if `here` says which; leaders go to what is written beside."""
    field = {"width": width, "middle": width / 2, "height": SIZE}
    return {"rings": rings(count, width), "here": here, "has_leaders": has_leaders, **field}
