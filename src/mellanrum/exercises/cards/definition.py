"""What the facilitator prepares for picture cards: the question that waits, and the deck."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`question` is shown once everybody has chosen; `deck` names the pictures; `minutes_alone` is how long to think in silence."""

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    deck: Literal["house"] = "house"
    minutes_alone: Annotated[int, msgspec.Meta(ge=1, le=30)] = 3


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future."""
    if version > VERSION:
        raise ValueError(version)
    return data
