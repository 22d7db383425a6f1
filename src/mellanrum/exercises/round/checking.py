"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.round.circles import circles_of
from mellanrum.exercises.round.contributions import LONGEST_LINE, LONGEST_WORD, Heard, Pass, Share, Tables, Turn, Word
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
        case Turn():
            return None if definition.seconds else "on"
        case Word():
            return None if definition.words else "text"
        case Share(circle=circle):
            return None if int(circle) <= circles_of(definition) else "circle"
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """A person has one word, and one line in each circle; nothing else replaces anything."""
    return (kind, data.circle) if isinstance(data, Share) else kind if kind == "word" else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    who = "1" if definition.per == "table" else _("Asta")
    examples: dict[str, tuple[bool, dict[str, Any]]] = {
        "heard": (definition.per != "none", {"who": who}),
        "pass": (definition.per != "none", {"who": who}),
        "tables": (definition.per == "table", {"count": definition.tables}),
        "turn": (bool(definition.seconds), {"on": True}),
        "word": (definition.words, {"text": _("Mod")}),
        "share": (bool(circles_of(definition)), {"circle": "1", "text": _("Jag frågar innan jag svarar.")}),
    }
    is_taken, data = examples[kind]
    return (kind, data) if is_taken else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` for this very definition."""
    turn = {"who": WHO if definition.per != "none" else NOTHING, "on": {"type": "boolean"}}
    count = {"type": "integer", "minimum": 1, "maximum": MOST_TABLES} if definition.per == "table" else NOTHING
    circles = circles_of(definition)
    properties: dict[str, dict[str, Any]] = {
        "heard": turn,
        "pass": turn,
        "tables": {"count": count},
        "turn": {"on": {"type": "boolean"} if definition.seconds else NOTHING},
        "word": {"text": {"type": "string", "maxLength": LONGEST_WORD} if definition.words else NOTHING},
        "share": {
            "circle": {"type": "string", "enum": [str(number) for number in range(1, circles + 1)]} if circles else NOTHING,
            "text": {"type": "string", "maxLength": LONGEST_LINE},
        },
    }
    needed = [field for field in properties[kind] if field != "on" or kind == "turn"]
    return {"type": "object", "properties": properties[kind], "required": needed, "additionalProperties": False}
