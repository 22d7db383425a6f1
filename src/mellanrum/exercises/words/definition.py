"""What the facilitator prepares for a word cloud: one or more questions and how many words each person has."""

from __future__ import annotations

from typing import Annotated

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question that words answer; each has a cloud of its own."""

    id: Name
    text: Line


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`per_person` is how many words or phrases each person may give to each question.

    `live`: the projector shows words while they come; otherwise the room sees nothing before the result. Raises ValueError.
    """

    prompts: Annotated[tuple[Prompt, ...], msgspec.Meta(min_length=1, max_length=4)]
    title: Annotated[str, msgspec.Meta(max_length=300)] = ""
    per_person: Annotated[int, msgspec.Meta(ge=1, le=10)] = 3
    live: bool = True

    def __post_init__(self) -> None:
        names = [prompt.id for prompt in self.prompts]
        if len(set(names)) < len(names):
            raise ValueError("two questions have the same id")

    @property
    def heading(self) -> str:
        """What the whole is called: its title, else its first question."""
        return self.title or self.prompts[0].text


def do_and_stop() -> Definition:
    """The pair of questions that belong together: what to begin with, and what to leave."""
    prompts = (Prompt("do", _("Vad ska vi göra?")), Prompt("stop", _("Vad ska vi sluta göra?")))
    return Definition(version=VERSION, title=_("Göra och sluta göra"), prompts=prompts)
