"""Form fields that say what they send: `rate?item=a&subject=me#value` is type, fixed data and the key of the value.

A key with a number (`#counts.2`) is one place of a list; the fields of a list are sent together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import parse_qsl

import msgspec

Shapes = Mapping[str, type[msgspec.Struct]]


class Field(NamedTuple):
    """A parsed name. `fixed` is data the field always sends; `key` is where its value goes, `place` where in a list."""

    kind: str
    fixed: dict[str, str]
    key: str
    place: int | None = None


class Given(NamedTuple):
    """One contribution of a form: `is_blank` when the person left its fields empty."""

    name: str
    kind: str
    data: msgspec.Struct
    is_blank: bool


def parse_name(name: str) -> Field | None:
    """The field behind a form name; None for names of other purposes (`exercise`, `csrfmiddlewaretoken`)."""
    kind, question, rest = name.partition("?")
    query, hash_mark, key = rest.rpartition("#")
    key, _, place = key.partition(".")
    if not (question and hash_mark and kind and key) or (place and not (place.isdecimal() and len(place) < 4)):
        return None
    return Field(kind, dict(parse_qsl(query, keep_blank_values=True)), key, int(place) if place else None)


def contributions_of(fields: Iterable[tuple[str, str]], shapes: Shapes) -> Iterator[Given]:
    """What a posted form gives, in its order. Fields that are no contributions, or whose value fits nothing, are left out."""
    lists: dict[str, tuple[Field, dict[int, str]]] = {}
    for name, value in fields:
        field = parse_name(name)
        if field is None or field.kind not in shapes:
            continue
        if field.place is None:
            yield from _given(name, field, _readings(value), shapes, is_blank=not value)
        else:
            lists.setdefault(name.rpartition(".")[0], (field, {}))[1][field.place] = value
    for name, (field, values) in lists.items():
        numbers = [_number(values[place]) for place in sorted(values)]
        yield from _given(name, field, [numbers], shapes, is_blank=not any(values.values()))


def _given(name: str, field: Field, readings: Iterable[Any], shapes: Shapes, *, is_blank: bool) -> Iterator[Given]:
    """The first reading of the value that the type takes."""
    for reading in readings:
        try:
            data = msgspec.convert({**field.fixed, field.key: reading}, shapes[field.kind])
        except msgspec.ValidationError:
            continue
        yield Given(name, field.kind, data, is_blank)
        return


def _readings(value: str) -> list[Any]:
    """A form has only text, so a value is tried as text, as a whole number and, when empty, as nothing."""
    readings: list[Any] = [value]
    if value.removeprefix("-").isdecimal() and len(value) < 10:
        readings.append(int(value))
    if not value:
        readings.append(None)
    return readings


def _number(value: str) -> Any:
    """A place of a list; empty counts as none, anything else that is no number stays text and fits nothing."""
    return int(value) if value.isdecimal() and len(value) < 10 else (value or 0)
