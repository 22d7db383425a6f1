"""The fields that say how a block stands in the day: how short and long it may be, its fixed time, its part, its heading, its tracks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import time
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from mellanrum.programmes.field_kinds import Field, Unreadable, clean, line, short
from mellanrum.programmes.lengths import LONGEST, read_length, write_length
from mellanrum.programmes.models import Block
from mellanrum.programmes.tracks import KEYS, RowProblem, Track, as_stored, read_rows, read_tracks, write_rows

MOST_PEOPLE = 5000
_CLOCK = re.compile(r"(?:kl(?:ockan)?\.?\s*)?(?P<hour>[01]?[0-9]|2[0-3])(?:[:.](?P<minute>[0-5][0-9])(?:[:.]00)?)?", re.IGNORECASE)


def _limit(attribute: str) -> Field:
    """A shortest or longest time; nothing written is nothing said."""

    def read(text: str) -> int | None:
        found = read_length(text := clean(text))
        if not text:
            return None
        if not found:
            said = _("Skriv hela minuter, från 1 till %(most)s, till exempel 10. Lämna tomt om det inte spelar någon roll.")
            raise Unreadable(said % {"most": LONGEST})
        return found

    def write(thing: Any) -> str:
        found = getattr(thing, attribute)
        return "" if found is None else write_length(found)

    return Field(attribute, read, write)


def _clock(text: str) -> time | None:
    if not (text := clean(text)):
        return None
    if not (found := _CLOCK.fullmatch(text)):
        raise Unreadable(_("Skriv ett klockslag, till exempel 12.00. Lämna tomt om momentet följer efter det som kom före."))
    return time(int(found["hour"]), int(found["minute"] or 0))


def _part(text: str) -> str:
    if text not in Block.Part.values:
        raise Unreadable(_("Välj en av de tre: före, under eller efter mötet."))
    return text


def _people(text: str) -> int | None:
    if not (text := clean(text)):
        return None
    if not (found := re.fullmatch(r"0*([0-9]{1,4})", text)) or not 1 <= int(found[1]) <= MOST_PEOPLE:
        raise Unreadable(_("Skriv hur många ni räknar med, från 1 till %(most)s. Lämna tomt om ni inte vet.") % {"most": MOST_PEOPLE})
    return int(found[1])


def track_name(key: str, part: str) -> str:
    return f"track-{key}-{part}"


def _track_fields() -> Iterator[tuple[str, Field]]:
    for key in KEYS:
        for part in ("title", "place", "responsible"):
            yield track_name(key, part), _of_track(key, part)
        yield track_name(key, "rows"), _of_track(key, "rows")


def _of_track(key: str, part: str) -> Field:
    """One field of one track; the others are left as they are."""

    def read(text: str) -> Any:
        try:
            return read_rows(clean(text)) if part == "rows" else short(" ".join(clean(text).split()), 120)
        except RowProblem as error:
            raise Unreadable(str(error)) from error

    def write(thing: Any) -> str:
        found = getattr(track_of(thing.tracks, key), part)
        return write_rows(found) if part == "rows" else str(found)

    def merge(old: Any, value: Any) -> list[dict[str, Any]]:
        track = msgspec.structs.replace(track_of(old, key), **{part: value})
        return as_stored((*(other for other in read_tracks(old) if other.key != key), track))

    return Field("tracks", read, write, merge)


def track_of(stored: Any, key: str) -> Track:
    """The track with that key, or an empty one."""
    return next((track for track in read_tracks(stored) if track.key == key), Track(key=key))


DAY_FIELDS: dict[str, Field] = {
    "least": _limit("least"),
    "most": _limit("most"),
    "fixed": Field("fixed_at", _clock, lambda block: block.fixed_at.strftime("%H.%M") if block.fixed_at else ""),
    "part": Field("part", _part, lambda block: str(block.part)),
    "section": line("section", 120),
    "why": line("why", 200),
    **dict(_track_fields()),
}
EXPECTED = Field("expected", _people, lambda gathering: "" if gathering.expected is None else str(gathering.expected))
