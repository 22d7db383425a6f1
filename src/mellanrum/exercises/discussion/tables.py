"""What table talks remember: who is in and where they sit, the tables, and each table's sheet."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from immutables import Map

from mellanrum.exercises.discussion.definition import MOST_TABLES, Definition

MOST_UNITS = 200
TABLE = "table:"  # before the number: the author that all phones of that table share


class Somebody(msgspec.Struct, frozen=True):
    """One participant. `is_in`: wants a place; `table` is where they sit, `been` every table they have sat at."""

    is_in: bool = False
    first: str = ""
    second: str = ""
    house: str = ""
    seats: tuple[str, ...] = ()
    name: str = ""
    table: str = ""
    been: frozenset[str] = frozenset()


class Place(msgspec.Struct, frozen=True):
    """A table: how it is written, and its subject if it has one."""

    title: str
    subject: str = ""


class Version(msgspec.Struct, frozen=True, gc=False):
    """What somebody wrote in a field; `id` is its contribution's, `entered`: it was typed in from paper."""

    seq: int
    id: str
    author: str
    text: str
    at: int | None = None
    entered: bool = False


class Picture(msgspec.Struct, frozen=True, gc=False):
    id: str
    name: str
    caption: str


class Sheet(msgspec.Struct, frozen=True):
    """A table's sheet. The first version of a field is the text; others stand beside it until somebody has brought them together.

    `pen` is who writes, since `pen_at`, and `asks` who would like to.
    """

    fields: Map[str, tuple[Version, ...]] = Map()
    photos: tuple[Picture, ...] = ()
    pen: str = ""
    pen_at: int = 0
    asks: str = ""
    rev: int = 0


class Stray(msgspec.Struct, frozen=True, gc=False):
    """Words for a table whose sheet was not theirs to write on: kept for whoever wrote them."""

    table: str
    text: str


class State(msgspec.Struct, frozen=True):
    """`rounds` is how often tables were formed, last by the contribution `formed_by`; `stir` is what the next seed is made of.

    `taken` is how many sit at each table.
    """

    people: Map[str, Somebody] = Map()
    tables: Map[str, Place] = Map()
    taken: Map[str, int] = Map()
    sheets: Map[str, Sheet] = Map()
    strays: Map[str, Stray] = Map()
    rounds: int = 0
    formed_by: str = ""
    stir: str = ""
    prompt: int = 1
    showing: str = ""
    count: int | None = None


NOBODY = Somebody()
BLANK = Sheet()


def handle_of(author: str) -> str:
    """How crew names somebody without knowing who it is."""
    return blake2b(author.encode(), digest_size=6).hexdigest()


def key_of(definition: Definition, table: str) -> str:
    """What a table is told by: its number, or a unit's name however it is written. Empty for what is no table."""
    if definition.way == "units":
        return " ".join(table.split()).casefold()
    digits = table.strip()
    return str(int(digits)) if digits.isascii() and digits.isdecimal() and len(digits) < 4 and 1 <= int(digits) <= MOST_TABLES else ""


def is_there(definition: Definition, state: State, key: str) -> bool:
    """Whether one can sit at that table now: units are made by whoever names them, and unformed tables may all be."""
    if not key or key in state.tables:
        return bool(key)
    if definition.way == "units":
        return len(state.tables) < MOST_UNITS
    if definition.is_formed:
        return not state.rounds
    return int(key) <= (state.count or definition.tables)


def table_of(state: State, author: str) -> str:
    """Where somebody sits; a table's own phone always sits at its table."""
    return author.removeprefix(TABLE) if author.startswith(TABLE) else state.people.get(author, NOBODY).table


def keys_in_order(definition: Definition, state: State) -> list[str]:
    """Every table there is, and those that have a sheet without being there any more: words are never out of reach."""
    planned = [] if definition.is_formed or definition.way == "units" else [str(n + 1) for n in range(state.count or definition.tables)]
    found = {*planned, *state.tables, *state.sheets}
    return sorted(found, key=lambda key: (int(key), "") if key.isdecimal() and definition.way != "units" else (0, key))


def text_in(sheet: Sheet, field: str) -> str:
    """The text of a field, empty when nobody has written it."""
    versions = sheet.fields.get(field, ())
    return versions[0].text.strip() if versions else ""
