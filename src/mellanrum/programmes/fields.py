"""The fields of a block and of a gathering as text in a form: how each is written there, and read back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from mellanrum.programmes.lengths import LONGEST, read_length, write_length
from mellanrum.programmes.models import Block

MOST_LINES = 40
LONGEST_LINE = 200
EARLIEST, LATEST = 1990, 2200
_ICON = re.compile(r"[a-z0-9-]{1,40}")


class Unreadable(ValueError):
    """The text cannot be this field; the message says what to write, in the language of the person."""


class Field(msgspec.Struct, frozen=True):
    """`write(thing)` is the text in the form; `read(text)` the value for `attribute`, or raises Unreadable."""

    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]


def clean(text: str) -> str:
    """Composed, with plain line breaks and without characters that no screen can show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", kept).strip()


def _line(attribute: str, most: int, *, empty: str = "") -> Field:
    """One line of text; `empty` is the sentence for a field that must say something."""

    def read(text: str) -> str:
        found = " ".join(clean(text).split())
        if empty and not found:
            raise Unreadable(_(empty))
        return _short(found, most)

    return Field(attribute, read, lambda thing: str(getattr(thing, attribute)))


def _prose(attribute: str, most: int) -> Field:
    return Field(attribute, lambda text: _short(clean(text), most), lambda thing: clean(getattr(thing, attribute)))


def _lines(attribute: str) -> Field:
    """A list, one line each."""

    def read(text: str) -> list[str]:
        found = [line for part in clean(text).split("\n") if (line := " ".join(part.split()))]
        if len(found) > MOST_LINES:
            raise Unreadable(_("Det blev %(lines)s rader. Ta bort några: högst %(most)s.") % {"lines": len(found), "most": MOST_LINES})
        return [_short(line, LONGEST_LINE) for line in found]

    return Field(attribute, read, lambda thing: "\n".join(str(line) for line in getattr(thing, attribute)))


def _short(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    raise Unreadable(_("Korta texten till högst %(most)s tecken. Nu är den %(long)s.") % {"most": most, "long": len(text)})


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
    "title": _line("title", 200, empty=gettext_noop("Skriv vad momentet heter, med minst ett tecken.")),
    "minutes": Field("minutes", _minutes, lambda block: write_length(block.minutes)),
    "responsible": _line("responsible", 120),
    "agenda": _line("agenda", 120),
    "shown": Field("shown", _flag, lambda block: "1" if block.heading else ""),
    "kind": Field("kind", _kind, lambda block: str(block.kind)),
    "icon": Field("icon", _icon, lambda block: str(block.icon)),
    "away": Field("phones", lambda text: not _flag(text), lambda block: "" if block.phones else "1"),
    "say": _prose("say", 8000),
    "do": _lines("do"),
    "material": _lines("material"),
}
GATHERING_FIELDS: Mapping[str, Field] = {
    "title": _line("title", 200, empty=gettext_noop("Skriv vad träffen heter, med minst ett tecken.")),
    "theme": _line("theme", 200),
    "place": _line("place", 200),
    "starts": Field("starts_at", _starts, _write_starts),
    "purpose": _prose("purpose", 8000),
    "changes": _prose("changes", 600),
    "shows_changes": Field("shows_changes", _flag, lambda gathering: "1" if gathering.shows_changes else ""),
}
# Which of them stand in the form about what the team changes; the others are about the gathering itself.
CHANGES = ("changes", "shows_changes")


def texts_of(thing: Any, fields: Mapping[str, Field], *names: str) -> dict[str, str]:
    """The fields as a form shows them; all of them without names."""
    return {name: fields[name].write(thing) for name in (names or fields)}
