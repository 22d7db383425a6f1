"""What crew and participants may send to a round."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mellanrum.exercises.round.definition import MOST_TABLES

LONGEST_WORD = 60
LONGEST_LINE = 300

Who = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]


class Heard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table by its number, or a person by whatever crew wrote, has spoken; not `on` takes that back."""

    who: Who
    on: bool = True


class Pass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """They were invited and passed; not `on` takes that back."""

    who: Who
    on: bool = True


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There are so many tables after all."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_TABLES)]


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The next one speaks, from now; not `on`: nobody's time is counted."""

    on: bool = True


class Share(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line in a circle, told by its number from the innermost out; the last one counts, empty takes it back."""

    circle: Literal["1", "2", "3", "4", "5", "6"]
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_LINE)]


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A participant's word to take home; empty takes it back."""

    text: Annotated[str, msgspec.Meta(max_length=LONGEST_WORD)]


KINDS: dict[str, type[msgspec.Struct]] = {"heard": Heard, "pass": Pass, "tables": Tables, "turn": Turn, "word": Word, "share": Share}
