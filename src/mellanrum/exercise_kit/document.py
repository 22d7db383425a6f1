"""The document tree: what harvest yields and every renderer reads."""

from __future__ import annotations

import msgspec


class Text(msgspec.Struct, frozen=True, tag="text"):
    """A paragraph of plain text."""

    text: str


class Picture(msgspec.Struct, frozen=True):
    """A picture of ours: `src` is the name of a static file or an address below `/pictures/`, `alt` says what it shows."""

    src: str
    alt: str


class Quote(msgspec.Struct, frozen=True, tag="quote"):
    """Somebody's own words; `by` is empty when nobody is named, `picture` is what they set out from."""

    text: str
    by: str = ""
    picture: Picture | None = None


class Bullets(msgspec.Struct, frozen=True, tag="bullets"):
    items: tuple[str, ...]


class Table(msgspec.Struct, frozen=True, tag="table"):
    """Rows of text; the first cell of a row is its heading."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


class Figure(msgspec.Struct, frozen=True, tag="figure"):
    """A chart. `svg` is complete; `reading` says in one sentence what it shows; `table` holds the same numbers."""

    svg: str
    reading: str
    table: Table


class Photo(msgspec.Struct, frozen=True, tag="photo"):
    """A picture somebody took; `by` as in a quote."""

    picture: Picture
    caption: str = ""
    by: str = ""


class Terms(msgspec.Struct, frozen=True, tag="terms"):
    """What goes with what: a name or a time, and a text."""

    items: tuple[tuple[str, str], ...]


class Link(msgspec.Struct, frozen=True):
    """`address` is http or https, or a path of this installation; empty: nowhere to go. `about` says what is there."""

    text: str
    address: str
    about: str = ""


class Links(msgspec.Struct, frozen=True, tag="links"):
    """Where to go on."""

    items: tuple[Link, ...]


Block = Text | Quote | Bullets | Table | Figure | Photo | Terms | Links


class Passage(msgspec.Struct, frozen=True):
    """A part of the documentation with its source.

    `key` is stable over harvests (an edit lies on it); `source` says in words where it comes from ("31 svar, moment 7").
    """

    key: str
    heading: str
    source: str
    blocks: tuple[Block, ...] = ()
