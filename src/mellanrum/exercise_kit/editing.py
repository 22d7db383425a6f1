"""The editor of any exercise: its definition as labelled fields, and what comes back as a definition.

The struct in `definition.py` is the only place where limits stand: fields get their `maxlength` from it, and what a person
wrote is held to it here, all of it at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.template.loader import get_template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from msgspec import inspect

from mellanrum.core.ids import random_id
from mellanrum.exercise_kit import sentences
from mellanrum.exercise_kit.contract import Exercise
from mellanrum.exercise_kit.drafts import Form, tree_of
from mellanrum.exercise_kit.fields import Fields
from mellanrum.exercise_kit.preparing import NotReady, Preparing, Problem
from mellanrum.exercise_kit.reading import Reading

__all__ = ["NotReady", "Problem", "draw_editor", "draw_problems", "new_definition", "read_editor", "starts_of"]


def starts_of(exercise: Exercise) -> tuple[tuple[str, str], ...]:
    """The ways to begin as (key, name); the first has the empty key and the name of the type."""
    more = preparing(exercise).more_starts
    return (("", str(exercise.card.name)), *((key, str(name)) for key, (name, _start) in more.items()))


def new_definition(exercise: Exercise, start: str = "") -> Any:
    """A fresh definition for a new block, right as it stands, in the active language. Raises KeyError for an unknown start."""
    wishes = preparing(exercise)
    return (wishes.more_starts[start][1] if start else wishes.start)(random_id)


def draw_editor(exercise: Exercise, definition: Any, *, problems: Sequence[Problem] = (), form: Form | None = None) -> SafeString:
    """The fields, names prefixed `d.`, without form and button. With `form` what was written stands in them, so that nothing is
    lost when it was not ready.
    """
    fields = Fields(exercise.definition, definition, problems, form or {})
    drawn = get_template(f"{exercise.folder}/editor.html").render({"fields": fields, "definition": definition})
    return format_html('<div class="editor">{}</div>', SafeString(drawn))


def draw_problems(problems: Sequence[Problem]) -> SafeString:
    """The summary that stands above a form that was not ready; its links lead to the fields. Empty without problems."""
    return SafeString(get_template("exercise_kit/editor-problems.html").render({"problems": problems}))


def read_editor(exercise: Exercise, definition: Any, form: Form) -> Any:
    """A new definition: `definition` with what the form carries. Raises NotReady and nothing else."""
    kind, wishes = exercise.definition, preparing(exercise)
    node = tree_of(form).below.get("d")
    before = msgspec.to_builtins(definition)
    reading = Reading(wishes.ask, random_id)
    data = reading.value(inspect.type_info(kind), node, before, "d")
    data["version"] = exercise.definition_version
    problems = tuple(reading.problems) or tuple(wishes.across(data))
    if problems:
        raise NotReady(problems)
    try:
        return wishes.settle(definition, msgspec.convert(data, kind))
    except ValueError as error:  # also what msgspec and a definition's own check raise
        raise NotReady((Problem(_field_in(str(error)), sentences.does_not_fit()),)) from error


def preparing(exercise: Exercise) -> Preparing:
    """What the type says about its editor. Raises LookupError when it says nothing."""
    if exercise.preparing is None:
        raise LookupError(f"{exercise.card.slug} has no `preparing` in its exercise.py")
    return exercise.preparing


def _field_in(message: str) -> str:
    """The field that msgspec's `… - at `$.instrument.items[0]`` means."""
    path = message.rpartition("`$")[2].rstrip("`") if "`$" in message else ""
    return "d" + path.replace("[", ".").replace("]", "")
