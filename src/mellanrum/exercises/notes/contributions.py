"""What crew, helpers and tables may send to the notes of a block."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec

VERSION = 1
LONGEST = 2000
LONGEST_CAPTION = 300
PICTURE = r"^[a-z2-7]{26}\.webp$"

Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
Who = Annotated[str, msgspec.Meta(max_length=40)]


class TakeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line; `who` it came from: a table by its number, or whatever the note-taker wrote, if anybody is to be named."""

    text: Words
    who: Who = ""


class Photo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A picture that has been uploaded to the room, by the name the upload was answered with."""

    picture: Annotated[str, msgspec.Meta(pattern=PICTURE)]
    caption: Annotated[str, msgspec.Meta(max_length=LONGEST_CAPTION)] = ""
    who: Who = ""


class Star(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Crew wants to take the line or photo with this id further; not `on` takes that back."""

    id: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    on: bool = True


class Done(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table has written what it wants; not `on`: it goes on writing."""

    who: Who = ""
    on: bool = True


KINDS: dict[str, type[msgspec.Struct]] = {"note": TakeNote, "photo": Photo, "star": Star, "done": Done}


def by_table(kind: str, data: Any, table: str) -> Any:
    """What a table's phone sends is its own table's, whatever it says."""
    return data if isinstance(data, Star) else msgspec.structs.replace(data, who=table)


def picture_of(data: Any) -> str:
    return data.picture if isinstance(data, Photo) else ""


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """Bring a stored contribution of an older version to `VERSION`. Raises ValueError for one from the future."""
    if version > VERSION:
        raise ValueError(version)
    return kind, data
