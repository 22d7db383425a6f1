"""A template as the text of a file: TOML as a person would write it, that reads as the same template."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import time
from typing import Any

import msgspec

from mellanrum.programmes.template_format import Template

WIDE = 110
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_template(template: Template) -> str:
    """What a file leaves out when it says nothing new is left out here, too."""
    lines = list(_fields(template, ("gatherings",)))
    for gathering in template.gatherings:
        lines += ["", "[[gatherings]]", *_fields(gathering, ("blocks",))]
        for block in gathering.blocks:
            lines += ["", "[[gatherings.blocks]]", *_fields(block, ("definition",), always=("phones",))]
            if block.definition:
                lines += _table("gatherings.blocks.definition", block.definition)
    return "\n".join(lines) + "\n"


def _fields(thing: msgspec.Struct, besides: tuple[str, ...], *, always: tuple[str, ...] = ()) -> Iterator[str]:
    for field in msgspec.structs.fields(thing):
        value = getattr(thing, field.name)
        if field.name not in besides and (field.name in always or value != field.default):
            yield f"{field.name} = {_value(value)}"


def _table(name: str, values: Mapping[str, Any]) -> Iterator[str]:
    """A table with its tables after its plain values, because what follows a heading belongs to it."""
    yield from ("", f"[{name}]")
    given = {key: value for key, value in values.items() if value is not None}  # TOML has no word for nothing
    for key, value in given.items():
        if not isinstance(value, dict):
            yield f"{_key(key)} = {_value(value)}"
    for key, value in given.items():
        if isinstance(value, dict):
            yield from _table(f"{name}.{_key(key)}", value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, time):
        return value.isoformat()
    if isinstance(value, msgspec.Struct):
        value = {field.name: one for field in msgspec.structs.fields(value) if (one := getattr(value, field.name)) != field.default}
    if isinstance(value, dict):
        inside = ", ".join(f"{_key(key)} = {_value(one)}" for key, one in value.items() if one is not None)
        return f"{{ {inside} }}" if inside else "{}"
    if isinstance(value, list | tuple):
        return _list([_value(one) for one in value])
    return repr(value)


def _list(values: list[str]) -> str:
    short = f"[{', '.join(values)}]"
    return (
        short if len(short) <= WIDE and not any("= " in one for one in values) else "\n".join(["[", *(f"  {one}," for one in values), "]"])
    )


def _text(text: str) -> str:
    """Several lines stay several lines."""
    marks = ('"""\n', '"""') if "\n" in text else ('"', '"')
    kept = {"\n": "\n"} if "\n" in text else {}
    return marks[0] + "".join(kept.get(char) or _written(char) for char in text) + marks[1]


def _written(char: str) -> str:
    return _ESCAPES.get(char) or (char if char.isprintable() else _code(char))


def _code(char: str) -> str:
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else f"\\U{ord(char):08x}"


def _key(key: str) -> str:
    return key if key and key.isascii() and key.replace("_", "a").replace("-", "a").isalnum() else _text(key)
