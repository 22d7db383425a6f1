"""Where a passage of the documentation comes from, in words."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _


def source_of(exercise: str, said: str = "") -> str:
    """What `said` tells of how many, and the number that the exercise's id ends with, in the active language."""
    number = re.search(r"(\d+)$", exercise)
    if not said:
        return _("Moment %(number)s") % {"number": number[1]} if number else _("Träffen")
    return f"{said}, {_('moment %(number)s') % {'number': number[1]}}" if number else said
