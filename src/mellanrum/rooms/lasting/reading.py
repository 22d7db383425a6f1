"""What somebody who opens an exercise for days has written in the form."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Literal, cast, get_args

import msgspec
from django.utils.translation import gettext as _

from mellanrum.programmes.fields import Unreadable, clean
from mellanrum.rooms.lasting.times import read_until
from mellanrum.rooms.plan import Lasting

Results = Literal["after", "closing", "never"]
LONGEST_NAME = 120
LONGEST_WELCOME = 600


class Wishes(msgspec.Struct, frozen=True):
    until: datetime
    lasting: Lasting


def read_wishes(given: Mapping[str, str], *, now: datetime) -> tuple[Wishes | None, dict[str, str]]:
    """The wishes, or None and a sentence per field that says what to write; `until` is the one of day and time."""
    problems: dict[str, str] = {}
    until = None
    try:
        until = read_until(given["day"], given["time"], now=now, opened_at=now)
    except Unreadable as problem:
        problems["until"] = str(problem)
    asked_by, welcome = " ".join(clean(given["asked_by"]).split()), clean(given["welcome"])
    if not asked_by:
        problems["asked_by"] = _("Skriv vem som frågar, så att de som får länken vet vem de svarar.")
    for name, text, most in (("asked_by", asked_by, LONGEST_NAME), ("welcome", welcome, LONGEST_WELCOME)):
        if len(text) > most:
            problems[name] = _("Korta texten till högst %(most)s tecken. Nu är den %(long)s.") % {"most": most, "long": len(text)}
    if given["results"] not in get_args(Results):
        problems["results"] = _("Välj när de som svarar får se resultatet.")
    if until is None or problems:
        return None, problems
    return Wishes(until, Lasting(cast("Results", given["results"]), asked_by, welcome)), {}
