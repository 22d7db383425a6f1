"""Who does what over a day, and what has to be there: the rows before and after the meeting and the tracks included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import msgspec

from mellanrum.programmes.models import Block
from mellanrum.programmes.queries import RunSheetRow
from mellanrum.programmes.tracks import read_tracks

_AND = re.compile(r"\s*(?:[,;/&+]|\boch\b|\band\b)\s*", re.IGNORECASE)


class MaterialRow(msgspec.Struct, frozen=True):
    """A thing to bring, and the headings of the blocks that want it."""

    thing: str
    blocks: tuple[str, ...]


class DutyRow(msgspec.Struct, frozen=True):
    """Somebody responsible: for how many minutes, and for what, in the order of the day."""

    name: str
    minutes: int
    blocks: tuple[str, ...]


def material_of(rows: Iterable[RunSheetRow]) -> tuple[MaterialRow, ...]:
    """Every thing once, in the order in which it is first wanted."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        for thing in row.block.material:
            wanted.setdefault(thing, []).append(row.block.title)
    return tuple(MaterialRow(thing, tuple(blocks)) for thing, blocks in wanted.items())


def duties_of(rows: Iterable[RunSheetRow]) -> tuple[DutyRow, ...]:
    """Everybody once, in the order in which they first have something; two names in one field are two people."""
    found: dict[str, tuple[str, int, tuple[str, ...]]] = {}
    for row in rows:
        for who, minutes, what in _duties(row.block):
            name, before, blocks = found.get(who.casefold(), (who, 0, ()))
            found[who.casefold()] = (name, before + minutes, (*blocks, what))
    return tuple(DutyRow(*one) for one in found.values())


def _duties(block: Block) -> Iterator[tuple[str, int, str]]:
    """Whoever has a track is there and not in the whole block as well."""
    tracks = read_tracks(block.tracks)
    in_tracks = {who.casefold() for track in tracks for who in names_in(track.responsible)}
    for who in names_in(block.responsible):
        if who.casefold() not in in_tracks:
            yield who, block.minutes, block.title
    for track in tracks:
        for who in names_in(track.responsible):
            yield who, track.minutes, f"{block.title}: {track.title}" if track.title else block.title


def names_in(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for part in _AND.split(text) if (name := part.strip())))
