"""What people, tables and crew may send to table talks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from mellanrum.exercises.discussion.definition import MOST_TABLES

LONGEST = 4000  # of one field: two pages by hand
LONGEST_NAME = 40
LONGEST_UNIT = 50  # a name, not words of one's own
LONGEST_CAPTION = 300
MOST_SEATS = 24
PICTURE = r"^[a-z2-7]{26}\.webp$"

Table = Annotated[str, msgspec.Meta(max_length=LONGEST_UNIT)]
Here = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_UNIT)]
FieldName = Literal["title", "present", "box", "talked", "understood", "next", "open", "quotes", "allow"]
Words = Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Sit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """I sit at this table; empty: at none."""

    table: Table


class Come(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """I want a place at a table that is formed; empty takes that back."""

    yes: Literal["", "1"]


class Wish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What I would like to talk about; empty takes that back."""

    place: Literal["first", "second"]
    subject: Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class Belong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where I work, so that those who work there do not sit together."""

    organisation: Annotated[str, msgspec.Meta(max_length=LONGEST_UNIT)]


class Met(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Tables this phone has sat at before, each by a name that all who sat there have; two who share one have met."""

    seats: Annotated[tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=64)], ...], msgspec.Meta(max_length=MOST_SEATS)]


class Called(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What I want to be called by those who see to the tables."""

    name: Annotated[str, msgspec.Meta(max_length=LONGEST_NAME)]


class Pen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """I take the pen (which asks for it while somebody writes), hand it to whoever asked, or put it down."""

    table: Here
    do: Literal["take", "give", "leave"]


class Write(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field of the sheet. `base` is the version it was written upon; `settles` versions beside it that are in it now, or unwanted."""

    table: Here
    field: FieldName
    text: Words
    base: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{0,12}$")] = ""
    settles: Annotated[tuple[Annotated[str, msgspec.Meta(pattern=r"^[0-9]{1,12}$")], ...], msgspec.Meta(max_length=60)] = ()


class Photo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture of the paper sheet, by the name its upload was answered with."""

    picture: Annotated[str, msgspec.Meta(pattern=PICTURE)]
    caption: Annotated[str, msgspec.Meta(max_length=LONGEST_CAPTION)] = ""
    table: Table = ""


class Enter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One field from a paper sheet; the sheet's number is the table's."""

    field: FieldName
    text: Words


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Form tables of everybody who is in, with this seed; once more moves everybody."""

    seed: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]


class Move(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody, by the handle that crew sees, sits at this table instead."""

    who: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    table: Here


class Prompt(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The prompt that is on, counted from one."""

    number: Annotated[int, msgspec.Meta(ge=1, le=6)]


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The sheet that the room reads."""

    table: Here


class Tables(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """There are so many tables after all."""

    count: Annotated[int, msgspec.Meta(ge=1, le=MOST_TABLES)]


KINDS: dict[str, type[msgspec.Struct]] = {
    "sit": Sit,
    "come": Come,
    "wish": Wish,
    "belong": Belong,
    "met": Met,
    "called": Called,
    "pen": Pen,
    "write": Write,
    "photo": Photo,
    "enter": Enter,
    "form": Form,
    "move": Move,
    "prompt": Prompt,
    "show": Show,
    "tables": Tables,
}


def by_table(kind: str, data: Any, table: str) -> Any:
    """What a table's phone sends is its own table's, whatever it says."""
    return msgspec.structs.replace(data, table=table) if isinstance(data, Sit | Pen | Write | Photo) else data


def picture_of(data: Any) -> str:
    return data.picture if isinstance(data, Photo) else ""
