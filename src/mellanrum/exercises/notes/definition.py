"""What a block's notes are about. Nobody prepares it: it follows from the block."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1

Line = Annotated[str, msgspec.Meta(max_length=300)]


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`title` is the block's heading for the team, `agenda` the one that participants may read, if any; `number` its place.

    What is noted is the room's and not a person's answer, so it is never anonymous. Raises ValueError.
    """

    anonymous: bool = False
    number: Annotated[int, msgspec.Meta(ge=1)] = 1
    title: Line = ""
    agenda: Line = ""

    def __post_init__(self) -> None:
        if self.anonymous:
            raise ValueError("notes are the room's, and never anonymous")


def of_block(number: int, title: str, agenda: str) -> dict[str, Any]:
    """The definition of the notes of a block."""
    return {"version": VERSION, "anonymous": False, "number": number, "title": title[:300], "agenda": agenda[:300]}


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future."""
    if version > VERSION:
        raise ValueError(version)
    return data
