"""The exercise of the block in the inspector: its editor, and which types there are to choose from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils.safestring import SafeString

from mellanrum.exercise_kit.editing import Problem, draw_editor, draw_problems, starts_of
from mellanrum.exercise_kit.registry import choosable, registry
from mellanrum.programmes.models import Block
from mellanrum.programmes.preparing import ExerciseConflict, NotPrepared, can_last, definition_of, digest_of, is_answered
from mellanrum.programmes.refusals import Refused

Form = Mapping[str, Sequence[str]]


def exercise_context(block: Block, *, refused: Refused | None = None, form: Form | None = None) -> dict[str, Any]:
    """`exercise` is the type's card, None without one; `editor` its fields, empty for a definition nobody here can read."""
    exercise = registry().get(block.exercise)
    problems = refused.exercise_problems if isinstance(refused, NotPrepared) else ()
    return {
        "exercise": exercise.card if exercise else None,
        "has_exercise": bool(block.exercise),
        "can_last": can_last(block),
        "is_answered": is_answered(block),
        "editor": _editor(block, problems, form if refused else None),
        "editor_problems": draw_problems(problems),
        "other_definition": refused.differences if isinstance(refused, ExerciseConflict) else (),
        "exercise_digest": digest_of(block),
        "exercise_types": () if block.exercise else tuple(_types()),
    }


def _editor(block: Block, problems: Sequence[Problem], form: Form | None) -> SafeString:
    exercise = registry().get(block.exercise)
    if exercise is None or exercise.preparing is None:
        return SafeString("")
    try:
        definition = definition_of(exercise, block)
    except ValueError:  # msgspec's own are ValueErrors too
        return SafeString("")
    return draw_editor(exercise, definition, problems=problems, form=form)


def _types() -> Iterator[tuple[str, str, str, str]]:
    """What may be chosen: value (`slide:break`), name, icon, purpose."""
    for slug, exercise in choosable().items():
        if exercise.preparing is not None:
            for start, name in starts_of(exercise):
                yield f"{slug}:{start}", name, exercise.card.icon, str(exercise.card.purpose) if not start else ""
