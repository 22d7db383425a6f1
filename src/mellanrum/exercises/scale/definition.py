"""What the facilitator prepares for a rating: an instrument with identity and version, its subjects and scale."""

from __future__ import annotations

from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement. `reverse`: a high answer is a low value (for example conflict in an innovation climate)."""

    id: str
    text: str
    reverse: bool = False


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom the statement is about: I, my organisation, we together."""

    id: str
    text: str


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An open question at the end."""

    id: str
    text: str


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    text: str


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes two ratings comparable: same `id` and `version` means same items, subjects and scale."""

    id: str
    version: int
    title: str
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]
    low: int = 1
    high: int = 5
    low_label: str = ""
    high_label: str = ""


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    instrument: Instrument
    parts: tuple[Part, ...] = ()
    groups: tuple[Group, ...] = ()
    minimum: int = 5


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future."""
    if version > VERSION:
        raise ValueError(version)
    return data
