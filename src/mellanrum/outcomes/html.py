"""The document tree as HTML: each kind of block has a template of its own in `outcomes/document/`."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify

from mellanrum.exercise_kit.document import Block, Bullets, Figure, Passage, Photo, Quote, Table, Text

TEMPLATES: dict[type[Block], str] = {
    Text: "outcomes/document/text.html",
    Quote: "outcomes/document/quote.html",
    Bullets: "outcomes/document/bullets.html",
    Table: "outcomes/document/table.html",
    Figure: "outcomes/document/figure.html",
    Photo: "outcomes/document/photo.html",
}


class HtmlPassage(msgspec.Struct, frozen=True):
    """A passage ready for the page; `anchor` is its id there."""

    anchor: str
    heading: str
    source: str
    blocks: tuple[SafeString, ...]


def passages_as_html(passages: Iterable[Passage]) -> tuple[HtmlPassage, ...]:
    return tuple(
        HtmlPassage(
            anchor=anchor_of(passage.key),
            heading=passage.heading,
            source=passage.source,
            blocks=tuple(block_as_html(block) for block in passage.blocks),
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
