"""The shapes of what each audience sees of an evaluation; part of the public protocol."""

from __future__ import annotations

import msgspec

from mellanrum.exercises.evaluation.definition import HIGH, LOW, Item, Question


class Rated(msgspec.Struct, frozen=True):
    """One statement as the room sees it. From `too_few` people there are no numbers; `uncounted` have answered or changed since."""

    item: str
    text: str
    counts: tuple[int, ...] = ()
    people: int = 0
    mean: float | None = None
    too_few: bool = True
    uncounted: int = 0


class Heard(msgspec.Struct, frozen=True):
    """A question with what people wrote, in nobody's order."""

    question: str
    text: str
    answers: tuple[str, ...]


class Result(msgspec.Struct, frozen=True):
    rated: tuple[Rated, ...]
    heard: tuple[Heard, ...]


class PhoneView(msgspec.Struct, frozen=True):
    """`is_of_the_team`: nobody in the room has anything to do."""

    title: str
    phase: str
    is_of_the_team: bool
    items: tuple[Item, ...] = ()
    questions: tuple[Question, ...] = ()
    low_label: str = ""
    high_label: str = ""
    low: int = LOW
    high: int = HIGH
    result: Result | None = None


class ProjectorView(msgspec.Struct, frozen=True):
    title: str
    phase: str
    is_of_the_team: bool
    items: tuple[Item, ...] = ()
    questions: tuple[Question, ...] = ()
    low_label: str = ""
    high_label: str = ""
    low: int = LOW
    high: int = HIGH
    result: Result | None = None


class TextLine(msgspec.Struct, frozen=True):
    """Words as crew sees them; `id` is what a hide names, `role` who in the team says it."""

    id: str
    question: str
    text: str
    role: str = ""


class CrewView(msgspec.Struct, frozen=True):
    title: str
    phase: str
    is_of_the_team: bool
    questions: tuple[Question, ...]
    answered: int = 0
    texts: tuple[TextLine, ...] = ()
    low: int = LOW
    high: int = HIGH
    result: Result | None = None


class OwnView(msgspec.Struct, frozen=True):
    """One's own: ratings as (item, value), words as (question, text)."""

    ratings: tuple[tuple[str, int], ...] = ()
    texts: tuple[tuple[str, str], ...] = ()
