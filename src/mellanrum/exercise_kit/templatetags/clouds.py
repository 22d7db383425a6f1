"""Word clouds in templates: `{% load clouds %}`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import ngettext

from mellanrum.exercise_kit.charts.cloud import DOCUMENT, HALF_WALL, PHONE, WALL, CloudWord, cloud

register = template.Library()
FRAMES = {"wall": WALL, "half": HALF_WALL, "phone": PHONE, "document": DOCUMENT}


@register.simple_tag
def word_cloud(found: Any, frame: str, *, is_growing: bool = False) -> SafeString:
    """A view with `words` (place, text, count, is_new) and `order`, all places as they first appeared, as SVG."""
    shown = [CloudWord(word.place, word.text, word.count, word.is_new) for word in found.words]
    order = found.order if is_growing else None
    return mark_safe(cloud(shown, FRAMES[frame], order=order))  # noqa: S308 - every text is escaped in cloud.py


@register.filter
def has_words(view: Any) -> bool:
    """Whether any of the view's clouds has a word in it."""
    return any(cloud.words for cloud in view.clouds)


@register.simple_tag
def given_by(clouds: Iterable[Any]) -> str:
    """How many words from how many people, over all questions: people who answer several are counted at the one most answered."""
    found = list(clouds)
    given, people = sum(cloud.given for cloud in found), max((cloud.people for cloud in found), default=0)
    said = ngettext("%(given)s bidrag", "%(given)s bidrag", given) % {"given": given}
    return said if len(found) > 1 else f"{said} {ngettext('från en person', 'från %(people)s personer', people) % {'people': people}}"
