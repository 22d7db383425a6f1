"""The form of a template file: what a programme, its gatherings and their blocks may hold in it."""

from __future__ import annotations

from datetime import time
from typing import Annotated, Any, Literal

import msgspec

from mellanrum.programmes.tracks import Tracks

FORMAT = 1
LARGEST_FILE = 512 * 1024
MOST_BLOCKS = 200
MOST_GATHERINGS = 60

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Short = Annotated[str, msgspec.Meta(max_length=120)]
Heading = Annotated[str, msgspec.Meta(max_length=200)]
Prose = Annotated[str, msgspec.Meta(max_length=8000)]
Sentences = Annotated[tuple[Line, ...], msgspec.Meta(max_length=40)]
Minutes = Annotated[int, msgspec.Meta(ge=1, le=600)]
Icon = Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]


class TemplateProblem(Exception):
    """The file cannot be used; the message says what is wrong and where, in the language of the person."""


class TemplateBlock(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A row of the run sheet. `agenda` is the word participants see; without it, or not `shown`, they see nothing of the block.

    `kind` is what is asked of people: to listen, to think alone, to talk at the table, or to hear everyone. `least` and `most` are
    the minutes around `minutes`, `fixed_at` a clock time that does not move, `part` when the team does it, `why` what it is for.
    """

    title: Line
    minutes: Annotated[int, msgspec.Meta(ge=0, le=600)]
    agenda: Short = ""
    icon: Icon = "circle-notch"
    responsible: Short = ""
    say: Prose = ""
    do: Sentences = ()
    material: Sentences = ()
    phones: bool = False
    exercise: Short = ""
    definition: dict[str, Any] = {}
    kind: Literal["", "listen", "alone", "table", "all"] = ""
    shown: bool = True
    least: Minutes | None = None
    most: Minutes | None = None
    fixed_at: time | None = None
    part: Literal["before", "meeting", "after"] = "meeting"
    section: Short = ""
    why: Heading = ""
    tracks: Tracks = ()

    @property
    def heading(self) -> str:
        return self.agenda if self.shown and self.part == "meeting" else ""

    @property
    def attention(self) -> str:
        """Its `kind`; where the file is silent, an exercise is something one does and anything else is listened to."""
        return self.kind or ("alone" if self.exercise else "listen")


class TemplateGathering(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A meeting. `starts` is the clock time; the day is chosen when the template is used."""

    title: Line
    blocks: Annotated[tuple[TemplateBlock, ...], msgspec.Meta(min_length=1, max_length=MOST_BLOCKS)]
    kind: Annotated[str, msgspec.Meta(max_length=40)] = "learning-meeting"
    theme: Heading = ""
    purpose: Prose = ""
    place: Heading = ""
    starts: time | None = None
    expected: Annotated[int, msgspec.Meta(ge=1, le=5000)] | None = None

    @property
    def minutes(self) -> int:
        """Of the meeting, without what the team does before and after."""
        return sum(block.minutes for block in self.blocks if block.part == "meeting")


class Template(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A programme ready to be used; `format` is the version of this file format, `version` of the template itself."""

    format: int
    name: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\Z", max_length=80)]
    version: Annotated[int, msgspec.Meta(ge=1, le=9999)]
    language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}\Z")]
    title: Line
    gatherings: Annotated[tuple[TemplateGathering, ...], msgspec.Meta(min_length=1, max_length=MOST_GATHERINGS)]
    summary: Prose = ""
    purpose: Prose = ""

    @property
    def minutes(self) -> int:
        return sum(gathering.minutes for gathering in self.gatherings)
