"""What participants and crew may send to an evaluation."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

LONGEST = 300

Short = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Role = Literal["", "lead", "host", "notes", "technology"]
Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Rate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How true a statement is; the last one counts."""

    item: Short
    value: Literal[1, 2, 3, 4, 5]


class Write(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A few words to a question; the last ones count, empty takes them back."""

    question: Short
    text: Words


class Reflect(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What somebody in the team answers; by their role at most, never by name."""

    question: Short
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
    role: Role = ""


KINDS: dict[str, type[msgspec.Struct]] = {"rate": Rate, "write": Write, "reflect": Reflect}
