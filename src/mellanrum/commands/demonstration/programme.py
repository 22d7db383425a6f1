"""What the demo plays: a template, or one exercise alone."""

from __future__ import annotations

import msgspec
from django.utils import translation

from mellanrum.commands.problems import Problem, _
from mellanrum.exercise_kit.editing import new_definition
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.templates import FORMAT, Template, TemplateBlock, TemplateGathering, TemplateProblem, library, load_template

LANGUAGE = "sv"


def wanted(template: str, exercise: str) -> Template | None:
    """What was asked for; None for whatever the folder has. Raises Problem."""
    if exercise:
        return template_of(exercise)
    return _named(template) if template else None


def template_of(slug: str) -> Template:
    """A gathering with that exercise as a new block has it. Raises Problem."""
    if slug not in slugs():
        told = {"slug": slug, "known": ", ".join(slugs())}
        raise Problem(_("Det finns ingen övning som heter ”%(slug)s”. Det finns: %(known)s.") % told, exit_code=2)
    exercise = registry()[slug]
    with translation.override(LANGUAGE):
        name = str(exercise.card.name)
        definition = msgspec.to_builtins(new_definition(exercise), enc_hook=str)
    block = TemplateBlock(name, exercise.card.minutes, name, exercise.card.icon, phones=True, exercise=slug, definition=definition)
    return Template(FORMAT, f"demo-{slug}", 1, LANGUAGE, name, (TemplateGathering(name, (block,)),))


def slugs() -> tuple[str, ...]:
    """The types a block can have: those with an editor."""
    return tuple(slug for slug, exercise in registry().items() if exercise.preparing is not None)


def _named(name: str) -> Template:
    try:
        return load_template(name)
    except TemplateProblem as problem:
        known = ", ".join(sorted({template.name for template in library()}))
        raise Problem(_("%(problem)s I biblioteket finns: %(known)s.") % {"problem": problem, "known": known}, exit_code=2) from problem
