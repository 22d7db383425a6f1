"""What the facilitator prepares for a rating: an instrument with identity and version, its subjects and scale."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
MOST_STEPS = 11

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One statement. `reverse`: a high answer is a low value (for example conflict in an innovation climate)."""

    id: Name
    text: Line
    reverse: bool = False


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Whom the statement is about: I, my organisation, we together."""

    id: Name
    text: Line


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An open question at the end."""

    id: Name
    text: Line


class Group(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Name
    text: Line


class Instrument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What makes two ratings comparable: same `id` and `version` means same items, subjects and scale. Raises ValueError."""

    id: Name
    version: Annotated[int, msgspec.Meta(ge=1)]
    title: Line
    items: Annotated[tuple[Item, ...], msgspec.Meta(min_length=1, max_length=60)]
    subjects: Annotated[tuple[Subject, ...], msgspec.Meta(min_length=1, max_length=6)]
    low: int = 1
    high: int = 5
    low_label: str = ""
    high_label: str = ""

    def __post_init__(self) -> None:
        if not 2 <= self.high - self.low + 1 <= MOST_STEPS:
            raise ValueError(f"a scale has 2 to {MOST_STEPS} steps")
        _check_unique(self.items)
        _check_unique(self.subjects)


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`minimum` is how many people an answer shown must come from, at least."""

    instrument: Instrument
    parts: Annotated[tuple[Part, ...], msgspec.Meta(max_length=12)] = ()
    groups: Annotated[tuple[Group, ...], msgspec.Meta(max_length=40)] = ()
    minimum: Annotated[int, msgspec.Meta(ge=3, le=20)] = 5

    def __post_init__(self) -> None:
        _check_unique(self.parts)
        _check_unique(self.groups)


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future."""
    if version > VERSION:
        raise ValueError(version)
    return data


def _check_unique(things: tuple[Item, ...] | tuple[Subject, ...] | tuple[Part, ...] | tuple[Group, ...]) -> None:
    names = [thing.id for thing in things]
    for name in names:
        if names.count(name) > 1:
            raise ValueError(f"two things have the id {name!r}")
