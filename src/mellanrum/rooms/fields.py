"""Form fields that say what they send: `rate?item=a&subject=me#value` is type, fixed data and the key of the value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import msgspec


class Field(NamedTuple):
    """A parsed name. `fixed` is data the field always sends; `key` is where its value goes."""

    kind: str
    fixed: dict[str, str]
    key: str


def parse_name(name: str) -> Field | None:
    """The field behind a form name; None for names of other purposes (`exercise`, `csrfmiddlewaretoken`)."""
    kind, question, rest = name.partition("?")
    query, hash_mark, key = rest.rpartition("#")
    if not (question and hash_mark and kind and key):
        return None
    return Field(kind, dict(parse_qsl(query, keep_blank_values=True)), key)


def contribution_of(name: str, value: str, shapes: Mapping[str, type[msgspec.Struct]]) -> tuple[str, dict[str, Any]] | None:
    """(type, data) that this field sends; None when it is no such field or no reading of the value fits.

    A form has only text, so the value is tried as text, as a whole number and, when empty, as nothing.
    """
    field = parse_name(name)
    shape = shapes.get(field.kind) if field else None
    if field is None or shape is None:
        return None
    for reading in _readings(value):
        data = {**field.fixed, field.key: reading}
        try:
            msgspec.convert(data, shape)
        except msgspec.ValidationError:
            continue
        return field.kind, data
    return None


def _readings(value: str) -> list[Any]:
    readings: list[Any] = [value]
    if value.removeprefix("-").isdecimal() and len(value) < 10:
        readings.append(int(value))
    if not value:
        readings.append(None)
    return readings
