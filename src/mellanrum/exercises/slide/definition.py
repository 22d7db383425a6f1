"""What the facilitator prepares for a talk, a break, a film or perspectives."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
PARTS = ("first", "second", "reply", "questions")

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s<>\"]+$", max_length=1000)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=120)]


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to read or watch; only http and https."""

    text: Line
    url: Address


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`text` is plain paragraphs with an empty line between. `voices` are the two who reflect, `minutes` one per part; both
    only in `perspectives`.
    """

    title: Line
    preset: Literal["talk", "break", "film", "perspectives"] = "talk"
    speaker: Annotated[str, msgspec.Meta(max_length=200)] = ""
    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    links: Annotated[tuple[Link, ...], msgspec.Meta(max_length=12)] = ()
    voices: Annotated[tuple[Line, ...], msgspec.Meta(max_length=2)] = ()
    minutes: tuple[Minutes, Minutes, Minutes, Minutes] = (5, 5, 5, 5)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text.split("\n\n") if part.strip())


def walk(definition: Definition) -> tuple[str, ...]:
    """The phases: one that bears the preset's name, or the four parts of perspectives."""
    return PARTS if definition.preset == "perspectives" else (definition.preset,)


def links(definition: Definition) -> tuple[tuple[str, str], ...]:
    """What there is to read or watch, as (text, address)."""
    return tuple((link.text, link.url) for link in definition.links)
