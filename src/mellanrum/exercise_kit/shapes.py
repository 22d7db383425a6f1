"""What a client is told it may send, read off the contributions themselves: for types whose definitions do not narrow them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _

Kinds = Mapping[str, type[msgspec.Struct]]


def schemas(kinds: Kinds) -> Callable[[Any, str], dict[str, Any]]:
    """An exercise's `schema`."""

    def schema(definition: Any, kind: str) -> dict[str, Any]:
        found = msgspec.json.schema(kinds[kind])
        defined: dict[str, Any] = found["$defs"]
        shape: dict[str, Any] = defined.pop(kinds[kind].__name__)
        return {**shape, "$defs": defined} if defined else shape

    return schema


def examples(kinds: Kinds) -> Callable[[Any, str], tuple[str, dict[str, Any]] | None]:
    """An exercise's `example`: the first of everything, and a short text."""

    def example(definition: Any, kind: str) -> tuple[str, dict[str, Any]]:
        properties: dict[str, dict[str, Any]] = schemas(kinds)(definition, kind).get("properties", {})
        return kind, {name: _first(one) for name, one in properties.items()}

    return example


def _first(shape: dict[str, Any]) -> Any:
    """Something of that shape. Raises LookupError for a shape that needs an example of its own."""
    if "enum" in shape:
        return shape["enum"][0]
    plain = {"string": _("Ett kort svar"), "integer": shape.get("minimum", 1), "boolean": True}
    return plain[shape["type"]]
