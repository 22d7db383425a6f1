"""What the facilitator prepares for a talk, a break, a film, for voices one after the other, or for a lunch with prompts."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 2
PARTS = ("first", "second", "reply", "questions")
STORY = ("story", "wrong", "you", "questions")
MOST_VOICES = 6
VOICES = tuple(f"voice{number}" for number in range(1, MOST_VOICES + 1))

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Address = Annotated[str, msgspec.Meta(pattern=r"^https?://[^\s<>\"]+$", max_length=1000)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=120)]


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to read or watch; only http and https."""

    text: Line
    url: Address


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`text` is plain paragraphs with an empty line between. `voices` are the two who reflect in `perspectives`, or all in a `panel`.

    `minutes` are one per part of perspectives and of a practitioner's `story`; in a panel the first is each voice's and the last
    that of the questions. `prompts` are for a `lunch`, another one `every` so many minutes. Raises ValueError.
    """

    title: Line
    preset: Literal["talk", "break", "film", "perspectives", "panel", "story", "lunch"] = "talk"
    speaker: Annotated[str, msgspec.Meta(max_length=200)] = ""
    text: Annotated[str, msgspec.Meta(max_length=4000)] = ""
    links: Annotated[tuple[Link, ...], msgspec.Meta(max_length=12)] = ()
    voices: Annotated[tuple[Line, ...], msgspec.Meta(max_length=MOST_VOICES)] = ()
    minutes: tuple[Minutes, Minutes, Minutes, Minutes] = (5, 5, 5, 5)
    prompts: Annotated[tuple[Line, ...], msgspec.Meta(max_length=12)] = ()
    every: Minutes = 8

    def __post_init__(self) -> None:
        if self.preset == "lunch" and not self.prompts:
            raise ValueError("a lunch has at least one prompt")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part.strip() for part in self.text.split("\n\n") if part.strip())


def walk(definition: Definition) -> tuple[str, ...]:
    """The phases: one that bears the preset's name, or its parts one after the other."""
    if definition.preset == "panel":
        return (*VOICES[: len(definition.voices) or 2], "questions")
    return {"perspectives": PARTS, "story": STORY}.get(definition.preset, (definition.preset,))


def upgrade(version: int, data: dict[str, Any]) -> dict[str, Any]:
    """Bring stored definition data of an older version to `VERSION`. Raises ValueError for a version from the future.

    The first version had no panel, no story and no lunch.
    """
    if version > VERSION:
        raise ValueError(version)
    return {**data, "version": VERSION}


def links(definition: Definition) -> tuple[tuple[str, str], ...]:
    """What there is to read or watch, as (text, address)."""
    return tuple((link.text, link.url) for link in definition.links)
