"""Who took part, as a group: how many, and the organisations that so many said that none of them is pointed at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.ballots import FEWEST
from mellanrum.insight.small_groups import split_groups
from mellanrum.rooms.queries import People


def group_description(people: People) -> str:
    """In the active language; empty when nobody came. An organisation is named with its number from `FEWEST` people on."""
    if not people.number:
        return ""
    sizes = _grouped(people.organisations)
    told = ngettext("En deltog", "%(number)s deltog", people.number) % {"number": people.number}
    if len(sizes) > 1 and people.number >= FEWEST:
        told = _("%(told)s, från %(count)s organisationer") % {"told": told, "count": len(sizes)}
    named = _named(sizes, people.number)
    return f"{told}: {named}." if named else f"{told}."


def _grouped(organisations: Mapping[str, int]) -> dict[str, int]:
    """The same words in other letters are the same organisation, in its commonest spelling. Those who said none are left out."""
    spellings: dict[str, Counter[str]] = {}
    for name, size in organisations.items():
        if name:
            spellings.setdefault(name.casefold(), Counter())[name] += size
    return {min(names, key=lambda name: (-names[name], name)): names.total() for names in spellings.values()}


def _named(sizes: Mapping[str, int], number: int) -> str:
    """The organisations large enough, the largest first, and how many others there are; empty when it would tell on somebody."""
    silent = max(0, number - sum(sizes.values()))
    split = split_groups({**sizes, "": silent}, FEWEST)
    shown = [f"{name} ({sizes[name]})" for name in split.shown if name]
    others = sum(1 for name in split.others if name)
    if not shown:
        return ""
    more = ngettext("en annan", "%(count)s andra", others) % {"count": others} if others else ""
    named = ", ".join(shown)
    return _("%(named)s och %(more)s") % {"named": named, "more": more} if more else named
