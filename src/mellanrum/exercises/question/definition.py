"""What the facilitator prepares for an open question: a wall of texts, or questions to whoever speaks."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
MOST_TEXTS = 10


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`wall` gathers texts and themes, `qa` gathers questions that are answered one at a time.

    `per_person` is how many texts each may have. `votes`: others may press *me too*, once per text. `live`: the room sees texts while
    they come, else when they are shown. `moderated`: nothing reaches the room before the crew lets it through.
    """

    question: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    preset: Literal["wall", "qa"] = "wall"
    per_person: Annotated[int, msgspec.Meta(ge=1, le=MOST_TEXTS)] = 3
    votes: bool = True
    live: bool = True
    moderated: bool = False

    @property
    def is_qa(self) -> bool:
        return self.preset == "qa"
