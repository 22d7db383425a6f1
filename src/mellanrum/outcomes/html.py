"""The document tree as HTML: each kind of block has a template of its own in `outcomes/document/`."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from mellanrum.exercise_kit.document import Block, Bullets, Figure, Links, Passage, Photo, Quote, Table, Terms, Text
from mellanrum.outcomes.sections import Section, runs_of

TEMPLATES: dict[type[Block], str] = {
    Text: "outcomes/document/text.html",
    Quote: "outcomes/document/quote.html",
    Bullets: "outcomes/document/bullets.html",
    Table: "outcomes/document/table.html",
    Figure: "outcomes/document/figure.html",
    Photo: "outcomes/document/photo.html",
    Terms: "outcomes/document/terms.html",
    Links: "outcomes/document/links.html",
}


class HtmlPassage(msgspec.Struct, frozen=True):
    """A passage ready for the page; `anchor` is its id there, `runs` are its blocks, those that stand side by side together."""

    anchor: str
    heading: str
    source: str
    runs: tuple[tuple[str, tuple[SafeString, ...]], ...]

    @property
    def blocks(self) -> tuple[SafeString, ...]:
        """All of them, one after the other."""
        return tuple(block for _kind, run in self.runs for block in run)


class HtmlSection(msgspec.Struct, frozen=True):
    """A section ready for the page; without `is_group` it is its one passage."""

    anchor: str
    heading: str
    is_group: bool
    passages: tuple[HtmlPassage, ...]


def sections_as_html(sections: Iterable[Section]) -> tuple[HtmlSection, ...]:
    return tuple(
        HtmlSection(anchor_of(section.key), section.heading, section.is_group, passages_as_html(section.passages)) for section in sections
    )


def passages_as_html(passages: Iterable[Passage]) -> tuple[HtmlPassage, ...]:
    return tuple(
        HtmlPassage(
            anchor=anchor_of(passage.key),
            heading=passage.heading,
            source=passage.source,
            runs=tuple((kind, tuple(block_as_html(block) for block in run)) for kind, run in runs_of(passage.blocks)),
        )
        for passage in passages
    )


def anchor_of(key: str) -> str:
    """The HTML id of a passage: stable over harvests, safe in an address."""
    return "passage-" + slugify(key.replace("/", "-").replace(":", "-"))


def block_as_html(block: Block) -> SafeString:
    """The template gets `block`, and for a figure also `svg`: the chart is drawn by our own code from numbers and escaped labels."""
    context: dict[str, object] = {"block": block}
    if isinstance(block, Figure):
        context["svg"] = mark_safe(block.svg)  # noqa: S308 - drawn by exercise_kit, which escapes every text it is given
    return render_to_string(TEMPLATES[type(block)], context)
