"""Texts as they are stored: composed, and without characters that no screen, file or database can hold."""

from __future__ import annotations

import unicodedata
from typing import Any

_KEPT = "\n\t"
_CONTROL = ("Cc", "Cs")  # control characters and lone surrogates; what joins emoji or turns the direction stays


def clean_text(text: str) -> str:
    """The text in Unicode NFC, without control characters other than line breaks and tabs."""
    kept = "".join(char for char in text if char in _KEPT or unicodedata.category(char) not in _CONTROL)
    return unicodedata.normalize("NFC", kept)


def clean_value(value: Any) -> Any:
    """A decoded JSON value with every text in it cleaned."""
    match value:
        case str():
            return clean_text(value)
        case list():
            return [clean_value(part) for part in value]
        case dict():
            return {clean_text(key): clean_value(part) for key, part in value.items()}
        case _:
            return value
