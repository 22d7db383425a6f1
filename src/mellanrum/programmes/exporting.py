"""A programme, or one gathering of it, as a template; and what a file cannot carry, said in words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.registry import choosable
from mellanrum.programmes.models import Block, Gathering, Programme
from mellanrum.programmes.preparing import definition_of
from mellanrum.programmes.template_format import FORMAT, Template, TemplateBlock, TemplateGathering, TemplateProblem
from mellanrum.programmes.template_reading import parse_template
from mellanrum.programmes.template_words import place
from mellanrum.programmes.template_writing import write_template
from mellanrum.programmes.tracks import read_tracks

HOUSE = "house"
DAY = ("least", "most", "fixed_at", "part", "section", "why")


class Export(msgspec.Struct, frozen=True):
    """`text` is the file's; `left_out` are sentences about what is not in it."""

    template: Template
    text: str
    left_out: tuple[str, ...]


def export(programme: Programme, gatherings: Iterable[Gathering]) -> Export:
    """Raises TemplateProblem for a plan that no file can hold."""
    left_out: list[str] = []
    parts = tuple(_gathering(one, number, left_out) for number, one in enumerate(gatherings, 1))
    title = programme.title if len(parts) != 1 else parts[0].title
    draft = Template(
        format=FORMAT,
        name=name_of(title),
        version=1,
        language=programme.language[:2],
        title=programme.title,
        gatherings=parts,
        purpose=programme.purpose,
    )
    text = write_template(draft)
    return Export(parse_template(text.encode(), file=f"{draft.name}.{draft.language}.toml"), text, tuple(left_out))


def name_of(title: str) -> str:
    """A file name made of a title: `Lärandeträff 1` is `larandetraff-1`."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:60].strip("-") or "mall"


def _gathering(gathering: Gathering, number: int, left_out: list[str]) -> TemplateGathering:
    blocks = tuple(_block(one, place(number, row), left_out) for row, one in enumerate(gathering.blocks.all(), 1))
    if not blocks:
        raise TemplateProblem(
            _("”%(title)s” har inga moment ännu. Lägg till ett, så finns det något att spara.") % {"title": gathering.title}
        )
    if gathering.starts_at:
        left_out.append(place(number) + ": " + _("dagen följer inte med, bara klockslaget. Den väljs när mallen används."))
    return TemplateGathering(
        title=gathering.title,
        blocks=blocks,
        kind=gathering.kind,
        theme=gathering.theme,
        purpose=gathering.purpose,
        place=gathering.place,
        starts=timezone.localtime(gathering.starts_at).time() if gathering.starts_at else None,
        expected=gathering.expected,
    )


def _block(block: Block, where: str, left_out: list[str]) -> TemplateBlock:
    definition, problem = _definition(block)
    if problem:
        left_out.append(f"{where}: {problem}")
    same = ("title", "minutes", "agenda", "icon", "responsible", "say", "phones", "kind", *DAY)
    return TemplateBlock(
        **{name: getattr(block, name) for name in same},
        shown=block.shown or not block.agenda,
        do=tuple(block.do),
        material=tuple(block.material),
        tracks=read_tracks(block.tracks),
        exercise=block.exercise if definition else "",
        definition=definition,
    )


def _definition(block: Block) -> tuple[dict[str, Any], str]:
    """What the file holds of its exercise, and a sentence about what it does not."""
    if not block.exercise:
        return {}, ""
    exercise = choosable().get(block.exercise)
    definition, problem = without_own_deck(block.definition)
    try:
        if exercise is None:
            raise ValueError(block.exercise)
        definition_of(exercise, Block(definition=definition))
    except ValueError:
        return {}, _("övningen går inte att läsa här och följer inte med. Momentet gör det.")
    return dict(definition), problem


def without_own_deck(definition: Mapping[str, Any]) -> tuple[Mapping[str, Any], str]:
    """The definition with the house deck in place of a deck of one's own, and a sentence about that."""
    deck = definition.get("deck")
    if not isinstance(deck, dict):
        return definition, ""
    said = _("den egna kortleken ”%(title)s” följer inte med: bilder ligger inte i en mall. Husets kortlek står i stället.")
    return {**definition, "deck": HOUSE}, said % {"title": deck.get("title", "")}
