"""The shapes of what each audience sees of table talks; part of the public protocol."""

from __future__ import annotations

from typing import Literal

import msgspec


class Choice(msgspec.Struct, frozen=True):
    """A subject one can wish for, or a field of the sheet: its key and how it is called."""

    key: str
    text: str


class Seats(msgspec.Struct, frozen=True):
    """A table: its key, how it is called, how many sit there and what they talk of; `rev` counts what has happened to its sheet."""

    key: str
    title: str
    people: int
    subject: str = ""
    rev: int = 0


class Told(msgspec.Struct, frozen=True):
    """One field of a sheet that is shown: its key, how it is called, and what stands in it."""

    field: str
    label: str
    texts: tuple[str, ...]


class Shown(msgspec.Struct, frozen=True):
    """A sheet as the room reads it. `photos` are names under `/pictures/`, each with its caption."""

    table: str
    title: str
    fields: tuple[Told, ...]
    photos: tuple[tuple[str, str], ...] = ()


class PhoneView(msgspec.Struct, frozen=True):
    """`formed`: the tables stand; `prompt` is the one that is on, of so many; `shown` the sheet that the room reads, or the units'."""

    question: str
    phase: str
    way: str
    formed: bool
    asks_names: bool
    tables: tuple[Seats, ...]
    subjects: tuple[Choice, ...]
    prompt: str
    prompt_number: int
    prompts: int
    fields: tuple[Choice, ...]
    quotes: bool
    shown: tuple[Shown, ...] = ()


class ProjectorView(msgspec.Struct, frozen=True):
    """`waiting` is how many want a place before the tables are formed; nobody by name."""

    question: str
    phase: str
    way: str
    formed: bool
    waiting: int
    tables: tuple[Seats, ...]
    subjects: tuple[Choice, ...]
    prompt: str
    prompt_number: int
    prompts: int
    shown: Shown | None = None
    place: int = 0
    sheets: int = 0


class Guest(msgspec.Struct, frozen=True):
    """Somebody at a table, for moving: a handle that tells nothing, and the name they gave, if any."""

    handle: str
    name: str


class Line(msgspec.Struct, frozen=True):
    """What stands in a field, or a photo (`picture` is its name); `id` is what hiding names. `beside`: not the first text in its field."""

    id: str
    label: str
    text: str
    picture: str = ""
    beside: bool = False
    entered: bool = False


class CrewTable(msgspec.Struct, frozen=True):
    """`state` is how far the table's sheet has come; the attention is for tables, never for people."""

    key: str
    title: str
    subject: str
    guests: tuple[Guest, ...]
    state: Literal["none", "begun", "text"]
    lines: tuple[Line, ...]


class CrewView(msgspec.Struct, frozen=True):
    """`seed` is what the next tables are formed with, `undo` the contribution that formed these; `showing` the sheet on the wall."""

    question: str
    phase: str
    way: str
    rounds: int
    waiting: int
    seed: str
    undo: str
    tables: tuple[CrewTable, ...]
    prompts: tuple[str, ...]
    prompt_number: int
    count: int
    has_sheet: bool
    showing: str = ""


class OwnField(msgspec.Struct, frozen=True):
    """A field of one's table's sheet: its text, the version to write upon, when it was stored, and texts that stand beside it."""

    key: str
    label: str
    text: str
    version: str
    at: int | None
    entered: bool
    beside: tuple[tuple[str, str], ...] = ()


class OwnView(msgspec.Struct, frozen=True):
    """One's own part: where one sits, what one said of oneself, and the sheet of that table.

    `pen` says whether one writes, another does or nobody; `pen_at` since when nothing came of it. `tag` is a name for this seat that
    everybody at the table has. `astray` is what one wrote for a sheet that was another table's; `shared`: this is the table's own phone.
    """

    table: str = ""
    title: str = ""
    subject: str = ""
    others: tuple[str, ...] = ()
    is_in: bool = False
    name: str = ""
    organisation: str = ""
    first: str = ""
    second: str = ""
    tag: str = ""
    pen: Literal["mine", "free", "other"] = "free"
    pen_at: int = 0
    asked: bool = False
    asking: bool = False
    fields: tuple[OwnField, ...] = ()
    photos: tuple[tuple[str, str], ...] = ()
    astray: str = ""
    shared: bool = False
