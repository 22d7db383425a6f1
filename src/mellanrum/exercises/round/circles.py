"""The circles of a closing reflection: what they are called, and how they are drawn around each other."""

from __future__ import annotations

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercises.round.definition import Definition

SIZE = 740
FOUR = 4


class Ring(msgspec.Struct, frozen=True):
    """A circle on a square field of `SIZE`: they all stand on the same foot, so each has a band of its own at the top.

    `row` is where what is written of it begins beside the drawing.
    """

    number: int
    middle: str
    radius: str
    top: str
    row: str


def prompts(definition: Definition) -> tuple[str, ...]:
    """The facilitator's own, or the four circles from the innermost out."""
    if definition.prompts or definition.preset != "circles":
        return definition.prompts
    return (_("Jag själv"), _("Min roll"), _("Min organisation"), _("Systemet"))


def circles_of(definition: Definition) -> int:
    """How many circles people write in; none where nobody does."""
    return (len(definition.prompts) or FOUR) if definition.preset == "circles" and definition.writes else 0


def rings(count: int, width: int = SIZE) -> tuple[Ring, ...]:
    """From the outermost in, as they are painted, with numbers from the innermost out; tops stand at equal distances.

    `width` is that of the largest; smaller than the field, they stand at its foot while what is written beside has all its height.
    """
    return tuple(_ring(count - place, place / count, width) for place in range(count))


def _ring(number: int, depth: float, width: int) -> Ring:
    radius = width * (1 - depth) / 2
    return Ring(number, f"{SIZE - radius:.1f}", f"{radius:.1f}", f"{SIZE - 2 * radius:.1f}", f"{SIZE * depth:.1f}")
