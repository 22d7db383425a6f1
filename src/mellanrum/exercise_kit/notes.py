"""A note-taker's lines: what every exercise can take from the crew, so that talk leaves a trace."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercise_kit.document import Quote, Text

LONGEST = 2000
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]
WORDS_SCHEMA = {"type": "string", "minLength": 1, "maxLength": LONGEST}


class Note(msgspec.Struct, frozen=True, gc=False):
    """One line; `id` is its contribution's, `who` a table or whatever the note-taker wrote, empty for the whole room."""

    id: str
    seq: int
    text: str
    who: str = ""


class NoteLine(msgspec.Struct, frozen=True):
    """A note as crew sees it; `id` is what a hide names."""

    id: str
    text: str
    who: str = ""


Notes = Map[str, Note]
NO_NOTES: Notes = Map()


def take_note(notes: Notes, event: Envelope, text: str, who: str = "") -> Notes:
    """The notes with this one; a blank one is nothing."""
    return notes.set(event.id, Note(event.id, event.seq, text.strip(), who.strip())) if text.strip() else notes


def in_order(notes: Notes) -> list[Note]:
    """As they were written."""
    return sorted(notes.values(), key=lambda one: one.seq)


def note_lines(notes: Notes) -> tuple[NoteLine, ...]:
    """For crew, the latest first."""
    return tuple(NoteLine(one.id, one.text, one.who) for one in reversed(in_order(notes)))


def as_blocks(notes: Iterable[tuple[str, str]]) -> tuple[Text | Quote, ...]:
    """(text, who) as the documentation has them: a quote where somebody is named, else a line."""
    return tuple(Quote(text, by=who) if who else Text(text) for text, who in notes)
