"""What the facilitator prepares for table talks."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Definition as Base

VERSION = 1
MOST_TABLES = 60
ALLOW = "allow"  # the choice whether quotes may be shared, stored as a field of the sheet like all others

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40, pattern="^[a-z0-9][a-z0-9-]*$")]
Way = Literal["self", "interest", "mixed", "drawn", "units"]
Extra = Literal["present", "talked", "understood", "next", "open", "quotes"]
FORMED = frozenset({"interest", "mixed", "drawn"})
EXTRAS: tuple[Extra, ...] = ("present", "talked", "understood", "next", "open", "quotes")


class Subject(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a table may talk about, in tables by interest."""

    id: Name
    text: Line


class Definition(Base, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`way` is how tables come about; `units` have names of their own, and whoever comes chooses or makes one.

    `tables` is how many there are to sit down at when people choose themselves. `sheet` is what each table leaves: a title, a box and
    the fields that are on; without it the block's notes are all that is left. A sheet is the table's, so it is never anonymous: a time
    stands beside what is stored, and the pen has a holder. Raises ValueError.
    """

    question: Line
    anonymous: bool = False
    way: Way = "self"
    tables: Annotated[int, msgspec.Meta(ge=1, le=MOST_TABLES)] = 8
    subjects: Annotated[tuple[Subject, ...], msgspec.Meta(max_length=12)] = ()
    prompts: Annotated[tuple[Line, ...], msgspec.Meta(max_length=6)] = ()
    sheet: bool = True
    present: bool = False
    talked: bool = False
    understood: bool = False
    next: bool = False
    open: bool = False
    quotes: bool = False
    names: bool = False

    def __post_init__(self) -> None:
        if self.anonymous:
            raise ValueError("a sheet is the table's, and never anonymous")
        if self.way == "interest" and len(self.subjects) < 2:
            raise ValueError("tables by interest have at least two subjects to choose from")
        if len({subject.id for subject in self.subjects}) < len(self.subjects):
            raise ValueError("two subjects have the same id")

    @property
    def live(self) -> bool:
        """Where people sit is seen while they sit down; what stands on a sheet is not."""
        return True

    @property
    def is_formed(self) -> bool:
        """Whether somebody else says who sits where."""
        return self.way in FORMED


def fields_of(definition: Definition) -> tuple[str, ...]:
    """The keys of a sheet's fields in the order they are asked."""
    if not definition.sheet:
        return ()
    on = [key for key in EXTRAS if getattr(definition, key)]
    return ("title", *(["present"] if "present" in on else []), "box", *(key for key in on if key != "present"))


def label_of(field: str) -> str:
    """What a field is called where it is filled in, in the active language."""
    labels = {
        "title": _("Rubrik"),
        "present": _("Vilka var vi? Antal och organisationer"),
        "box": _("Det här kom vi fram till"),
        "talked": _("Vad pratade vi om?"),
        "understood": _("Vad förstod vi?"),
        "next": _("Nästa steg, om ni vill"),
        "open": _("Fortfarande öppet"),
        "quotes": _("Citat"),
        ALLOW: _("Citaten får delas"),
    }
    return labels[field]


def walk(definition: Definition) -> tuple[str, ...]:
    """The phases: units meet at their own time, and without sheets there is nothing to show one by one."""
    gather = () if definition.way == "units" else ("gather",)
    return (*gather, "talk", *(("share",) if definition.sheet else ()))
