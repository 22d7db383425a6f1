"""The shapes of what each audience sees of a rating; part of the public protocol."""

from __future__ import annotations

import msgspec

from mellanrum.exercises.scale.definition import Group, Item, Part, Subject


class Bar(msgspec.Struct, frozen=True):
    """Answers about one subject, named by `text`. `counts` runs from the scale's low to its high; `mean` is None without answers.

    `too_few`: fewer people than the minimum answered this, so that nothing of it is told.
    """

    subject: str
    text: str
    counts: tuple[int, ...]
    answers: int
    dont_know: int
    mean: float | None
    spread: float | None
    too_few: bool = False


class ItemResult(msgspec.Struct, frozen=True):
    item: str
    text: str
    bars: tuple[Bar, ...]


class Result(msgspec.Struct, frozen=True):
    """`people` are those the numbers come from, raised hands too; `items` is empty while they are fewer than the minimum (`too_few`).

    `uncounted` have answered or changed since it was shown: the numbers wait until they are as many as the minimum.
    """

    people: int
    too_few: bool
    items: tuple[ItemResult, ...] = ()
    uncounted: int = 0


class PhoneView(msgspec.Struct, frozen=True):
    """The form. The same bytes for everyone and unchanged while others answer; `result` only in the result phase."""

    title: str
    phase: str
    low: int
    high: int
    low_label: str
    high_label: str
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]
    parts: tuple[Part, ...]
    groups: tuple[Group, ...]
    minimum: int
    anonymous: bool
    result: Result | None = None


class ProjectorView(msgspec.Struct, frozen=True):
    """`result` only in the result phase; before it the statements alone."""

    title: str
    phase: str
    low: int
    high: int
    low_label: str
    high_label: str
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]
    minimum: int
    result: Result | None = None
    texts: tuple[tuple[str, tuple[str, ...]], ...] = ()


class WrittenText(msgspec.Struct, frozen=True):
    """An open answer as crew sees it, shuffled by id; `id` is what a hide names."""

    id: str
    part: str
    text: str


class CrewView(msgspec.Struct, frozen=True):
    """Crew sees how many have begun and the open answers, never a number before the room does."""

    title: str
    phase: str
    answered: int
    items: tuple[Item, ...]
    subjects: tuple[Subject, ...]
    low: int
    high: int
    texts: tuple[WrittenText, ...] = ()
    result: Result | None = None


class OwnView(msgspec.Struct, frozen=True):
    """One person's part: ratings as (item, subject, value), texts as (part, text)."""

    ratings: tuple[tuple[str, str, int | str], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
    group: str | None = None
