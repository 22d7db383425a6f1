"""Any face of any type, drawn with one of its examples: for the gallery, the pictures and the tests."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from mellanrum.exercise_kit.contract import Audience, Exercise
from mellanrum.exercise_kit.editing import draw_editor
from mellanrum.exercise_kit.examples import PACKAGE, Example
from mellanrum.exercise_kit.privacy import privacy_of

# The template of a face and whose view it draws.
FACES: dict[str, Audience] = {
    "participant": "phone",
    "projector": "projector",
    "crew": "crew",
    "editor": "crew",
    "paper": "phone",
    "entry": "phone",
}
BEFORE = frozenset({"paper", "entry"})  # made from the definition alone, before anybody has given anything


def has_face(exercise: Exercise, face: str) -> bool:
    """Not every type has something to print or to type in."""
    return (PACKAGE / exercise.folder / f"{face}.html").is_file()


def faces_of(exercise: Exercise) -> tuple[str, ...]:
    return tuple(face for face in FACES if has_face(exercise, face))


def draw_example(exercise: Exercise, example: Example, face: str, *, request: HttpRequest, **more: Any) -> SafeString:
    """The face as HTML in the phase where the example ends, in the active language. `more` goes to the template, as `plain`."""
    if face == "editor":
        return draw_editor(exercise, example.definition)
    is_before = face in BEFORE
    state = exercise.empty(example.definition) if is_before else example.state(exercise)
    phase = exercise.phases(example.definition)[0].key if is_before else example.phase
    name = f"{exercise.card.slug}-1"
    context = {
        "view": exercise.views[FACES[face]](example.definition, state, phase),
        "own": exercise.own(example.definition, state, example.first_author),
        "definition": example.definition,
        "exercise": name,
        "cell": f"exercise-{name}",
        "room": "room",
        "submission": "example",
        "privacy": privacy_of(exercise, example.definition),
        **more,
    }
    return _drawn(exercise, face, context, request)


def _drawn(exercise: Exercise, face: str, context: dict[str, Any], request: HttpRequest) -> SafeString:
    html = get_template(f"{exercise.folder}/{face}.html").render(context, request)
    return mark_safe(html)  # noqa: S308 - rendered by a template, which escapes
