"""What belongs to a talk, and what a client is told it may send."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.notes import WORDS_SCHEMA
from mellanrum.exercises.slide.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """A line can always be taken."""
    return None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    return ("note", {"text": _("Mandatet måste gälla mellan förvaltningarna, inte i dem.")}) if kind == "note" else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data`."""
    return {"type": "object", "properties": {"text": WORDS_SCHEMA}, "required": ["text"], "additionalProperties": False}
