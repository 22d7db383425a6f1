"""The team's roles in templates: `{% load evaluation_roles %}`."""

from __future__ import annotations

from django import template

from mellanrum.exercises.evaluation.roles import roles

register = template.Library()


@register.simple_tag
def team_roles() -> list[tuple[str, str]]:
    """(key, name) of each."""
    return list(roles().items())
