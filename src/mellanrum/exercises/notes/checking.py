"""What a client is told it may send to the notes of a block."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.notes.contributions import LONGEST, LONGEST_CAPTION, PICTURE, Photo
from mellanrum.exercises.notes.definition import Definition

WHO = {"type": "string", "maxLength": 40}
ON = {"type": "boolean"}
FIELDS: dict[str, dict[str, dict[str, Any]]] = {
    "note": {"text": {"type": "string", "minLength": 1, "maxLength": LONGEST}, "who": WHO},
    "photo": {"picture": {"type": "string", "pattern": PICTURE}, "caption": {"type": "string", "maxLength": LONGEST_CAPTION}, "who": WHO},
    "star": {"id": {"type": "string", "minLength": 1, "maxLength": 64}, "on": ON},
    "done": {"who": WHO, "on": ON},
}
NEEDED = {"note": ["text"], "photo": ["picture"], "star": ["id"], "done": []}


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """A line can always be taken, and a picture's name ends where it ends."""
    return "picture" if isinstance(data, Photo) and data.picture.endswith("\n") else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands."""
    examples: dict[str, dict[str, Any]] = {
        "note": {"text": _("Mandatet måste gälla mellan förvaltningarna, inte i dem."), "who": "1"},
        "photo": {"picture": f"{'a' * 26}.webp", "caption": _("Vårt blädderblock"), "who": "1"},
        "star": {"id": "a" * 22},
        "done": {"who": "1"},
    }
    return kind, examples[kind]


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data`."""
    return {"type": "object", "properties": FIELDS[kind], "required": NEEDED[kind], "additionalProperties": False}
