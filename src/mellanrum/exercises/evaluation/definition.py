"""What the facilitator prepares for an evaluation, or for the team's debrief."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from mellanrum.exercise_kit.ballots import FEWEST
from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
LOW, HIGH = 1, 5

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
Label = Annotated[str, msgspec.Meta(max_length=60)]


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A statement to rate from one to five."""

    id: Name
    text: Line


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to answer in a few words."""

    id: Name
    text: Line


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An `evaluation` is the participants' and always anonymous. A `debrief` is the team's: it has questions alone, and what is
    answered is the team's and nobody's else. Raises ValueError.
    """

    title: Line
    preset: Literal["evaluation", "debrief"] = "evaluation"
    items: Annotated[tuple[Item, ...], msgspec.Meta(max_length=5)] = ()
    questions: Annotated[tuple[Question, ...], msgspec.Meta(min_length=1, max_length=6)]
    low_label: Label = ""
    high_label: Label = ""

    def __post_init__(self) -> None:
        if self.anonymous is self.is_of_the_team:
            raise ValueError("an evaluation is anonymous, and a debrief is not")
        names = [*(item.id for item in self.items), *(question.id for question in self.questions)]
        if len(set(names)) < len(names):
            raise ValueError("two things have the same id")

    @property
    def is_of_the_team(self) -> bool:
        return self.preset == "debrief"

    @property
    def minimum(self) -> int:
        """How many people a sum that is shown comes from, at least."""
        return FEWEST


def walk(definition: Definition) -> tuple[str, ...]:
    """A debrief has a phase of its own and is shown to nobody."""
    return ("team",) if definition.is_of_the_team else ("answer", "result")
