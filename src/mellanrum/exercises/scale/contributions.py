"""What people and crew may send to a rating."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

VERSION = 1

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rating; `dk` is "don't know", null takes the rating back. The last one per item and subject counts."""

    item: Short
    subject: Short
    value: int | Literal["dk"] | None


class Write(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An answer to an open part; empty text takes it back."""

    part: Short
    text: Annotated[str, msgspec.Meta(max_length=4000)]


class Belong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The group the person answers from; null is none."""

    group: Short | None


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phones away: hands counted in the room, one number per step of the scale, entered by crew."""

    item: Short
    subject: Short
    counts: Annotated[tuple[Annotated[int, msgspec.Meta(ge=0, le=9999)], ...], msgspec.Meta(max_length=11)]


KINDS: dict[str, type[msgspec.Struct]] = {"rate": Rate, "write": Write, "group": Belong, "count": Count}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored contribution of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
