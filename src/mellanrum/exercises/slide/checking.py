"""What belongs to a talk, and what a client is told it may send: nothing."""

from __future__ import annotations

from typing import Any

from mellanrum.exercises.slide.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    return None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    return None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """Nothing fits."""
    return {"type": "object", "properties": {"text": {"not": {}}}, "additionalProperties": False}
