"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.scale.contributions import Belong, Count, Rate, Write
from mellanrum.exercises.scale.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    match data:
        case Rate(item=item, subject=subject, value=value):
            return _check_bar(definition, item, subject) or _check_value(definition, value)
        case Count(item=item, subject=subject, counts=counts):
            scale = definition.instrument
            wrong = "counts" if len(counts) != scale.high - scale.low + 1 else None
            return _check_bar(definition, item, subject) or wrong
        case Write(part=part):
            return None if any(one.id == part for one in definition.parts) else "part"
        case Belong(group=str(group)):
            return None if any(one.id == group for one in definition.groups) else "group"
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """What replaces what: one rating per item and subject, one text per part, one group."""
    match data:
        case Rate(item=item, subject=subject) | Count(item=item, subject=subject):
            return (kind, item, subject)
        case Write(part=part):
            return (kind, part)
    return kind


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    scale = definition.instrument
    about = {"item": scale.items[0].id, "subject": scale.subjects[0].id}
    examples: dict[str, dict[str, Any]] = {
        "rate": {**about, "value": (scale.low + scale.high + 1) // 2},
        "count": {**about, "counts": [1] * (scale.high - scale.low + 1)},
    }
    if definition.parts:
        examples["write"] = {"part": definition.parts[0].id, "text": _("Att vi pratar medan det är litet.")}
    if definition.groups:
        examples["group"] = {"group": definition.groups[0].id}
    return (kind, examples[kind]) if kind in examples else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` with the names and values of this very definition."""
    scale = definition.instrument
    about = {"item": _names(scale.items), "subject": _names(scale.subjects)}
    value = {"enum": [*range(scale.low, scale.high + 1), "dk", None]}
    counts: dict[str, Any] = {"type": "array", "items": {"type": "integer", "minimum": 0, "maximum": 9999}}
    counts |= {"minItems": scale.high - scale.low + 1, "maxItems": scale.high - scale.low + 1}
    properties: dict[str, dict[str, Any]] = {
        "rate": {**about, "value": value},
        "write": {"part": _names(definition.parts), "text": {"type": "string", "maxLength": 4000}},
        "group": {"group": {"anyOf": [_names(definition.groups), {"type": "null"}]} if definition.groups else {"not": {}}},
        "count": {**about, "counts": counts},
    }
    fields = properties[kind]
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def _names(things: tuple[Any, ...]) -> dict[str, Any]:
    """One of these ids; where there are none, nothing is right."""
    return {"enum": [thing.id for thing in things]} if things else {"not": {}}


def _check_bar(definition: Definition, item: str, subject: str) -> str | None:
    scale = definition.instrument
    if item not in [one.id for one in scale.items]:
        return "item"
    return None if subject in [one.id for one in scale.subjects] else "subject"


def _check_value(definition: Definition, value: int | str | None) -> str | None:
    is_step = isinstance(value, int) and definition.instrument.low <= value <= definition.instrument.high
    return None if is_step or value is None or value == "dk" else "value"
