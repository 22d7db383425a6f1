"""What the facilitator prepares for picture cards: the question that waits, and the deck."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base
from mellanrum.exercise_kit.decks import OwnDeck

VERSION = 2


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`question` is shown once everybody has chosen; `deck` is the house's or one of one's own, carried along whole;
    `minutes_alone` is how long to think in silence.
    """

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    deck: Literal["house"] | OwnDeck = "house"
    minutes_alone: Annotated[int, msgspec.Meta(ge=1, le=30)] = 3


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future."""
    if version > VERSION:
        raise ValueError(version)
    return data | {"version": VERSION}  # 1 knew the house's deck alone, by the same name
