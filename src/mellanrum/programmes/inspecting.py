"""The exercise of the block in the inspector: what is prepared, and which types there are to choose from."""

from __future__ import annotations

from typing import Any

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.models import Block
from mellanrum.programmes.planner import exercise_names


def exercise_context(block: Block) -> dict[str, Any]:
    """`exercise` is the type's card, None without one; `prepared` what is prepared for it, to read."""
    exercise = registry().get(block.exercise)
    return {
        "exercise": exercise.card if exercise else None,
        "is_unknown": bool(block.exercise) and exercise is None,
        "prepared": _prepared(exercise, block) if exercise else "",
        "exercise_types": exercise_names(),
    }


def definition_of(exercise: Exercise, block: Block) -> Any:
    """Raises ValueError for one that this version cannot read."""
    version = block.definition.get("version")
    if not isinstance(version, int):
        raise ValueError("no version")
    return msgspec.convert(exercise.upgrade_definition(version, dict(block.definition)), exercise.definition)


def _prepared(exercise: Exercise, block: Block) -> SafeString:
    try:
        definition = definition_of(exercise, block)
    except ValueError:  # msgspec's own are ValueErrors too
        return SafeString("")
    return render_to_string(f"exercises/{exercise.card.slug}/editor.html", {"definition": definition})
