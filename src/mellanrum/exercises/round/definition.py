"""What the facilitator prepares for a round, and how what was prepared earlier is read today."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 2
MOST_TABLES = 60
MOST_PROMPTS = 6
MOST_SECONDS = 600

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`per` is who is invited in turn; `tables` how many there are to begin with; `seconds` how long each may speak, 0 for as long as
    it takes. `circles` is the closing reflection in four circles, with `prompts` from the innermost out, where `writes` lets
    everybody write and share, seen at once if it is `live`; `words`: participants may send a word to take home. Raises ValueError.
    """

    question: Line
    per: Literal["table", "person", "none"] = "table"
    tables: Annotated[int, msgspec.Meta(ge=0, le=MOST_TABLES)] = 8
    preset: Literal["round", "circles"] = "round"
    prompts: Annotated[tuple[Line, ...], msgspec.Meta(max_length=MOST_PROMPTS)] = ()
    words: bool = False
    seconds: Annotated[int, msgspec.Meta(ge=0, le=MOST_SECONDS)] = 0
    writes: bool = False
    live: bool = False

    def __post_init__(self) -> None:
        if self.per == "table" and not self.tables:
            raise ValueError("a round of tables has at least one table")


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future.

    The first version counted no seconds, and nobody wrote in its circles: what was prepared with it goes on as it was.
    """
    if version > VERSION:
        raise ValueError(version)
    return {**data, "version": VERSION}
