"""What goes on side by side in a block: reading and checking the tracks, and which of them the others wait for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any

import msgspec
from django.utils.translation import gettext as _

MOST_TRACKS, MOST_ROWS, LONGEST = 4, 12, 600
KEYS = "abcd"  # a track's place in the inspector, which it keeps when others go
Short = Annotated[str, msgspec.Meta(max_length=120)]
_ROW = re.compile(
    r"(?P<minutes>[0-9]{1,4})\s*(?:min(?:uter|utes)?\.?)?\s*(?:\((?:[^()\d]{0,20})(?P<least>[0-9]{1,4})[^()\d]{0,20}\)\s*)?(?P<title>[^\d\s].*)?"
)


class TrackRow(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a track; `least` is the minutes it needs, None when nobody has said."""

    title: Short
    minutes: Annotated[int, msgspec.Meta(ge=0, le=LONGEST)] = 0
    least: Annotated[int, msgspec.Meta(ge=1, le=LONGEST)] | None = None


class Track(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What goes on in one place while other tracks go on in others. Without a key it takes the first that is free."""

    title: Short = ""
    place: Short = ""
    responsible: Short = ""
    rows: Annotated[tuple[TrackRow, ...], msgspec.Meta(max_length=MOST_ROWS)] = ()
    key: Annotated[str, msgspec.Meta(pattern=rf"^[{KEYS}]?\Z")] = ""

    @property
    def minutes(self) -> int:
        return sum(row.minutes for row in self.rows)

    @property
    def is_empty(self) -> bool:
        return not (self.title or self.place or self.responsible or self.rows)


Tracks = Annotated[tuple[Track, ...], msgspec.Meta(max_length=MOST_TRACKS)]


class RowProblem(ValueError):
    """A line that is no part of a track; the message says what to write."""


def read_tracks(stored: Any) -> tuple[Track, ...]:
    """What the column holds; nothing where it holds something else."""
    try:
        found: tuple[Track, ...] = msgspec.convert(stored, Tracks)
    except msgspec.ValidationError:
        return ()
    return keyed(found)


def keyed(tracks: Iterable[Track]) -> tuple[Track, ...]:
    """Each with a key of its own, in their order, without those that say nothing."""
    kept = [track for track in tracks if not track.is_empty]
    free = [key for key in KEYS if key not in {track.key for track in kept}]
    seen: set[str] = set()
    found = []
    for track in kept:
        key = track.key if track.key and track.key not in seen else free.pop(0)
        seen.add(key)
        found.append(msgspec.structs.replace(track, key=key))
    return tuple(sorted(found, key=lambda track: track.key))


def as_stored(tracks: Iterable[Track]) -> list[dict[str, Any]]:
    return [msgspec.to_builtins(track) for track in keyed(tracks)]


def longest(tracks: Iterable[Track]) -> int:
    """How long the block must be for all of them."""
    return max((track.minutes for track in tracks), default=0)


def least_of(track: Track) -> int:
    """How far it can be shortened: rows for which nobody has said keep their minutes."""
    return sum(row.minutes if row.least is None else row.least for row in track.rows)


def read_rows(text: str) -> tuple[TrackRow, ...]:
    """A line each: `20 min (minst 10) Samtal`. Raises RowProblem."""
    lines = [" ".join(line.split()) for line in text.split("\n") if line.strip()]
    if len(lines) > MOST_ROWS:
        raise RowProblem(_("Det blev %(lines)s rader. Ett spår har högst %(most)s.") % {"lines": len(lines), "most": MOST_ROWS})
    return tuple(_row(line) for line in lines)


def _row(line: str) -> TrackRow:
    found = _ROW.fullmatch(line)
    if found is None or int(found["minutes"]) > LONGEST:
        said = _("Börja varje rad med minuterna, högst %(most)s, och skriv sedan vad ni gör: 10 min Uppstart.")
        raise RowProblem(said % {"most": LONGEST})
    minutes, least, title = int(found["minutes"]), found["least"], (found["title"] or "").strip()
    if not title or len(title) > 120:
        raise RowProblem(_("Skriv vad ni gör efter minuterna, med högst 120 tecken: 10 min Uppstart."))
    if least is not None and not 1 <= int(least) <= minutes:
        said = _("Det kortaste i ”%(title)s” ska vara minst 1 och högst %(minutes)s min, som raden är lång.")
        raise RowProblem(said % {"title": title[:40], "minutes": minutes})
    return TrackRow(title, minutes, int(least) if least else None)


def write_rows(rows: Iterable[TrackRow]) -> str:
    return "\n".join(f"{row.minutes} min {_least(row)}{row.title}" for row in rows)


def _least(row: TrackRow) -> str:
    word = _("minst")
    return f"({word} {row.least}) " if row.least is not None else ""
