"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.round.contributions import LONGEST_WORD, Heard, Pass, Tables, Word
from mellanrum.exercises.round.definition import MOST_TABLES, Definition

WHO = {"type": "string", "minLength": 1, "maxLength": 40}
NOTHING: dict[str, Any] = {"not": {}}


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    match data:
        case Heard() | Pass():
            return "who" if definition.per == "none" else None
        case Tables():
            return None if definition.per == "table" else "count"
        case Word():
            return None if definition.words else "text"
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """A person has one word; nothing else replaces anything."""
    return kind if kind == "word" else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    examples: dict[str, dict[str, Any]] = {}
    if definition.per != "none":
        who = "1" if definition.per == "table" else _("Asta")
        examples |= {"heard": {"who": who}, "pass": {"who": who}}
    if definition.per == "table":
        examples["tables"] = {"count": definition.tables}
    if definition.words:
        examples["word"] = {"text": _("Mod")}
    return (kind, examples[kind]) if kind in examples else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` for this very definition."""
    turn = {"who": WHO if definition.per != "none" else NOTHING, "on": {"type": "boolean"}}
    count = {"type": "integer", "minimum": 1, "maximum": MOST_TABLES} if definition.per == "table" else NOTHING
    properties: dict[str, dict[str, Any]] = {
        "heard": turn,
        "pass": turn,
        "tables": {"count": count},
        "word": {"text": {"type": "string", "maxLength": LONGEST_WORD} if definition.words else NOTHING},
    }
    needed = [field for field in properties[kind] if field != "on"]
    return {"type": "object", "properties": properties[kind], "required": needed, "additionalProperties": False}
