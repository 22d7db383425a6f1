"""The kinds of fields a form has: how a value is written as text, how text is read back, and what is said when it cannot be."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

import msgspec
from django.utils.translation import gettext as _

MOST_LINES = 40
LONGEST_LINE = 200


class Unreadable(ValueError):
    """The text cannot be this field; the message says what to write, in the language of the person."""


class Field(msgspec.Struct, frozen=True):
    """`write(thing)` is the text in the form; `read(text)` the value for `attribute`, or raises Unreadable.

    `merge(old, value)` is what the attribute becomes where the field is only a part of it.
    """

    attribute: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    merge: Callable[[Any, Any], Any] | None = None

    def merged(self, old: Any, value: Any) -> Any:
        return value if self.merge is None else self.merge(old, value)


def clean(text: str) -> str:
    """Composed, with plain line breaks and without characters that no screen can show."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"})
    return unicodedata.normalize("NFC", kept).strip()


def line(attribute: str, most: int, *, empty: str = "") -> Field:
    """One line of text; `empty` is the sentence for a field that must say something."""

    def read(text: str) -> str:
        found = " ".join(clean(text).split())
        if empty and not found:
            raise Unreadable(_(empty))
        return short(found, most)

    return Field(attribute, read, lambda thing: str(getattr(thing, attribute)))


def prose(attribute: str, most: int) -> Field:
    return Field(attribute, lambda text: short(clean(text), most), lambda thing: clean(getattr(thing, attribute)))


def lines(attribute: str) -> Field:
    """A list, one line each."""

    def read(text: str) -> list[str]:
        found = [line for part in clean(text).split("\n") if (line := " ".join(part.split()))]
        if len(found) > MOST_LINES:
            raise Unreadable(_("Det blev %(lines)s rader. Ta bort några: högst %(most)s.") % {"lines": len(found), "most": MOST_LINES})
        return [short(line, LONGEST_LINE) for line in found]

    return Field(attribute, read, lambda thing: "\n".join(str(line) for line in getattr(thing, attribute)))


def short(text: str, most: int) -> str:
    if len(text) <= most:
        return text
    raise Unreadable(_("Korta texten till högst %(most)s tecken. Nu är den %(long)s.") % {"most": most, "long": len(text)})
