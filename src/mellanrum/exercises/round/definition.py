"""What the facilitator prepares for a round."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
MOST_TABLES = 60

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`per` is who is invited in turn; `tables` how many there are to begin with. `circles` is the closing reflection in four
    circles, with `prompts` from the innermost out; `words`: participants may send a word to take home. Raises ValueError.
    """

    question: Line
    per: Literal["table", "person", "none"] = "table"
    tables: Annotated[int, msgspec.Meta(ge=0, le=MOST_TABLES)] = 8
    preset: Literal["round", "circles"] = "round"
    prompts: Annotated[tuple[Line, ...], msgspec.Meta(max_length=6)] = ()
    words: bool = False

    def __post_init__(self) -> None:
        if self.per == "table" and not self.tables:
            raise ValueError("a round of tables has at least one table")
