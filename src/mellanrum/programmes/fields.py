"""The fields of a block and of a gathering as text in a form: how each is written there, and read back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mellanrum.programmes.day_fields import DAY_FIELDS, EXPECTED
from mellanrum.programmes.field_kinds import Field, Unreadable, clean, line, lines, prose
from mellanrum.programmes.lengths import LONGEST, read_length, write_length
from mellanrum.programmes.models import Block

# What others need of a field is found here.
__all__ = ["BLOCK_FIELDS", "GATHERING_FIELDS", "Field", "Unreadable", "clean", "read_day", "texts_of"]
EARLIEST, LATEST = 1990, 2200
_ICON = re.compile(r"[a-z0-9-]{1,40}")


def _minutes(text: str) -> int:
    found = read_length(clean(text))
    if found is None:
        raise Unreadable(_("Skriv längden i hela minuter, från 0 till %(most)s, till exempel 20 eller 1 h 20.") % {"most": LONGEST})
    return found


def _kind(text: str) -> str:
    if text not in Block.Kind.values:
        raise Unreadable(_("Välj en av de fyra: lyssna, tänka själv, vid bord eller alla hörs."))
    return text


def _icon(text: str) -> str:
    if not _ICON.fullmatch(text):
        raise Unreadable(_("Välj en av symbolerna i listan."))
    return text


def _starts(text: str) -> datetime | None:
    """Local time, as the browser's own field writes it."""
    if not (text := clean(text)):
        return None
    try:
        found = parse_datetime(text)
    except ValueError:  # looks like one but is none, as 2030-02-31
        found = None
    if found is None or not EARLIEST <= found.year < LATEST:
        raise Unreadable(_("Skriv dag och klockslag, till exempel 2030-04-16 13:00."))
    aware = found if timezone.is_aware(found) else timezone.make_aware(found)
    if timezone.is_naive(found) and timezone.localtime(aware.astimezone(UTC)).replace(tzinfo=None) != found:
        raise Unreadable(_("Den timmen finns inte: klockan ställs fram den natten. Välj en tid före eller efter."))
    return aware


def read_day(text: str) -> date | None:
    """A day within the years a gathering can be in; None for anything else."""
    try:
        found = parse_date(text)
    except ValueError:  # looks like one but is none
        return None
    return found if found and EARLIEST <= found.year < LATEST else None


def _write_starts(thing: Any) -> str:
    return timezone.localtime(thing.starts_at).strftime("%Y-%m-%dT%H:%M") if thing.starts_at else ""


def _flag(text: str) -> bool:
    return text == "1"


BLOCK_FIELDS: Mapping[str, Field] = {
    "title": line("title", 200, empty=gettext_noop("Skriv vad momentet heter, med minst ett tecken.")),
    "minutes": Field("minutes", _minutes, lambda block: write_length(block.minutes)),
    "responsible": line("responsible", 120),
    "agenda": line("agenda", 120),
    "shown": Field("shown", _flag, lambda block: "1" if block.heading else ""),
    "kind": Field("kind", _kind, lambda block: str(block.kind)),
    "icon": Field("icon", _icon, lambda block: str(block.icon)),
    "away": Field("phones", lambda text: not _flag(text), lambda block: "" if block.phones else "1"),
    "say": prose("say", 8000),
    "do": lines("do"),
    "material": lines("material"),
    **DAY_FIELDS,
}
GATHERING_FIELDS: Mapping[str, Field] = {
    "title": line("title", 200, empty=gettext_noop("Skriv vad träffen heter, med minst ett tecken.")),
    "theme": line("theme", 200),
    "place": line("place", 200),
    "starts": Field("starts_at", _starts, _write_starts),
    "purpose": prose("purpose", 8000),
    "expected": EXPECTED,
    "changes": prose("changes", 600),
    "shows_changes": Field("shows_changes", _flag, lambda gathering: "1" if gathering.shows_changes else ""),
}
# Which of them stand in the form about what the team changes; the others are about the gathering itself.
CHANGES = ("changes", "shows_changes")


def texts_of(thing: Any, fields: Mapping[str, Field], *names: str) -> dict[str, str]:
    """The fields as a form shows them; all of them without names."""
    return {name: fields[name].write(thing) for name in (names or fields)}
