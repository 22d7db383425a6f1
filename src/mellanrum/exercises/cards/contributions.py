"""What people and crew may send to picture cards."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

VERSION = 1

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Choose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The picture that pulls; the last one counts, null takes it back (or means a thing on the table)."""

    card: Short | None


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A thought for the whole room, shown with the author's picture; the last one counts, empty text takes it back."""

    text: Annotated[str, msgspec.Meta(max_length=600)]


class Sign(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The name to show beside one's thought, where the exercise is not anonymous; empty shows none."""

    name: Annotated[str, msgspec.Meta(max_length=80)]


class Count(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Phones away: how many in the room hold that card, entered by crew; the last number counts."""

    card: Short
    n: Annotated[int, msgspec.Meta(ge=0, le=9999)]


KINDS: dict[str, type[msgspec.Struct]] = {"choose": Choose, "share": Share, "sign": Sign, "count": Count}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored contribution of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
