"""What crew may send to a talk: the note-taker's lines. Participants listen."""

from __future__ import annotations

from typing import Any

import msgspec

from mellanrum.exercise_kit.notes import Words

VERSION = 1


class TakeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the note-taker."""

    text: Words


KINDS: dict[str, type[msgspec.Struct]] = {"note": TakeNote}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored contribution of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
