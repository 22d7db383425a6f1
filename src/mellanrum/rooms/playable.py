"""Whether this installation can play every exercise of a run sheet, and what to say to the team when it cannot."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.rooms.plan import Block, Plan, definition_of


@dataclass(frozen=True)
class Hindrance:
    """One block that cannot be played. `why` is `type`, `version` or `fields`; `detail` is for the log."""

    title: str
    why: str
    detail: str

    @property
    def sentence(self) -> str:
        """What to do about it, in the active language."""
        told = {
            "type": _("”%(title)s” har en övning som inte finns i den här installationen. Välj en annan övning i momentet."),
            "version": _("”%(title)s” är gjord i en nyare version av Mellanrum. Uppdatera Mellanrum, eller gör om övningen i momentet."),
            "fields": _("I ”%(title)s” är övningen inte ifylld som den ska. Öppna momentet, se över fälten och spara."),
        }
        return told[self.why] % {"title": self.title}


class NotPlayable(ValueError):
    """The run sheet holds exercises that cannot be played here."""

    def __init__(self, hindrances: tuple[Hindrance, ...]) -> None:
        super().__init__(" ".join(one.detail for one in hindrances))
        self.hindrances = hindrances


def check_playable(plan: Plan, exercises: Mapping[str, Exercise]) -> None:
    """Raises NotPlayable with all that is in the way, not the first alone."""
    found = tuple(one for block in plan.blocks for one in _hindrances(block, exercises))
    if found:
        raise NotPlayable(found)


def _hindrances(block: Block, exercises: Mapping[str, Exercise]) -> Iterator[Hindrance]:
    if block.exercise is None:
        return
    try:
        definition_of(block.exercise, exercises)
    except (ValueError, LookupError, TypeError) as error:  # an upgrade of old data may stumble over what is missing
        yield Hindrance(block.title, _why(block, exercises), str(error))


def _why(block: Block, exercises: Mapping[str, Exercise]) -> str:
    planned = block.exercise
    known = exercises.get(planned.slug) if planned else None
    if planned is None or known is None:
        return "type"
    version = planned.definition.get("version")
    return "version" if isinstance(version, int) and version > known.definition_version else "fields"
