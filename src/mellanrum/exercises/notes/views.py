"""The shapes of what each audience sees of a block's notes; part of the public protocol."""

from __future__ import annotations

import msgspec


class PhoneView(msgspec.Struct, frozen=True):
    """The heading that participants may read. A phone that is no table's has no cell of it; paper is drawn from it."""

    heading: str
    phase: str


class ProjectorView(msgspec.Struct, frozen=True):
    """The same: the wall has no cell of it."""

    heading: str
    phase: str


class NoteLine(msgspec.Struct, frozen=True):
    """A line, or a photo (`picture` is its name under `/pictures/`) with its caption; `id` is what hiding and taking back name."""

    id: str
    text: str
    picture: str = ""


class CrewLine(msgspec.Struct, frozen=True):
    """`who` is a table's number or whatever the note-taker wrote; `starred`: to be taken further."""

    id: str
    text: str
    picture: str
    who: str
    is_table: bool
    starred: bool


class CrewView(msgspec.Struct, frozen=True):
    """The latest first; `more` are older ones that the documentation has."""

    title: str
    phase: str
    lines: tuple[CrewLine, ...]
    more: int = 0


class TableView(msgspec.Struct, frozen=True):
    """What a table's phones have written, the oldest first. Nothing of other tables or of the crew."""

    heading: str
    table: str
    phase: str
    lines: tuple[NoteLine, ...]
    done: bool


class OwnView(msgspec.Struct, frozen=True):
    """A table's lines are the table's, so nothing is one's own."""
