"""The shapes of what each audience sees of a talk; part of the public protocol. Times are Unix milliseconds."""

from __future__ import annotations

import msgspec

from mellanrum.exercises.slide.definition import Link


class Part(msgspec.Struct, frozen=True):
    """One part of what voices take turns in: `who` speaks, `state` is done, now or coming."""

    key: str
    title: str
    who: str
    state: str


class PhoneView(msgspec.Struct, frozen=True):
    """What is on. No minutes: the facilitators carry the time."""

    title: str
    phase: str
    preset: str
    speaker: str
    paragraphs: tuple[str, ...]
    links: tuple[Link, ...]
    parts: tuple[Part, ...] = ()
    prompts: tuple[str, ...] = ()


class Turning(msgspec.Struct, frozen=True):
    """Prompts of which one shows: the one at `first` from `since` on, then the next after `every_ms`, round and round."""

    prompts: tuple[str, ...]
    first: int
    since: int
    every_ms: int


class PartTime(msgspec.Struct, frozen=True):
    """The time of the part that is on now; while it rests `ends_at` is null and `left_ms` tells what is left."""

    started_at: int
    ends_at: int | None
    length_ms: int
    left_ms: int | None = None


class ProjectorView(msgspec.Struct, frozen=True):
    """`time` is the current part's own; the block's clock is the stage's."""

    title: str
    phase: str
    preset: str
    speaker: str
    paragraphs: tuple[str, ...]
    has_links: bool
    parts: tuple[Part, ...] = ()
    time: PartTime | None = None
    turning: Turning | None = None


class CrewView(msgspec.Struct, frozen=True):
    title: str
    phase: str
    preset: str
    speaker: str
    parts: tuple[Part, ...] = ()
    time: PartTime | None = None
    turning: Turning | None = None


class OwnView(msgspec.Struct, frozen=True):
    """Nobody gives anything, so nothing is one's own."""
