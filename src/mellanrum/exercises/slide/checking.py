"""What belongs to a talk, and what a client is told it may send: to a lunch, which prompt to show."""

from __future__ import annotations

from typing import Any

from mellanrum.exercises.slide.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    return None if data.prompt < _prompts(definition) else "prompt"


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    return (kind, {"prompt": 0}) if _prompts(definition) else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """Nothing fits what has no prompts."""
    count = _prompts(definition)
    prompt: dict[str, Any] = {"type": "integer", "minimum": 0, "maximum": count - 1} if count else {"not": {}}
    return {"type": "object", "properties": {"prompt": prompt}, "required": ["prompt"], "additionalProperties": False}


def _prompts(definition: Definition) -> int:
    return len(definition.prompts) if definition.preset == "lunch" else 0
