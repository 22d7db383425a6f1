"""The document tree as HTML: every kind of block, and nothing people wrote becomes markup."""

from __future__ import annotations

import typing

import html5lib
import pytest

from mellanrum.exercise_kit.document import Block, Bullets, Figure, Link, Links, Passage, Photo, Picture, Quote, Table, Terms, Text
from mellanrum.outcomes.html import TEMPLATES, anchor_of, block_as_html, passages_as_html

HOSTILE = "<script>alert(1)</script>\"'&\u202e😀{{ block }}{% now 'Y' %}"
TABLE = Table(HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, HOSTILE),))
BLOCKS: list[Block] = [
    Text(HOSTILE),
    Quote(HOSTILE, HOSTILE),
    Bullets((HOSTILE,)),
    TABLE,
    Figure("<svg role='img'><title>t</title></svg>", HOSTILE, TABLE),
    Photo(Picture(f"/pictures/{'k' * 26}.webp", HOSTILE), HOSTILE, HOSTILE),
    Terms(((HOSTILE, HOSTILE),)),
    Links((Link(HOSTILE, "https://fabela.example/?a=1&b=2", HOSTILE), Link(HOSTILE, ""))),
]


def test_every_kind_of_block_has_a_template() -> None:
    assert set(TEMPLATES) == set(typing.get_args(Block)) == {type(block) for block in BLOCKS}


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: type(block).__name__)
def test_nothing_people_wrote_becomes_markup(block: Block) -> None:
    html = block_as_html(block)
    assert "<script>" not in html
    assert "alert(1)" in html  # the control: the words are there
    assert "{{ block }}" in html
    html5lib.HTMLParser(strict=True).parseFragment(html)


def test_a_figure_is_drawn_and_told_and_tabled() -> None:
    html = block_as_html(Figure("<svg role='img'><title>t</title></svg>", "Vi ligger högt.", Table("Svar", ("", "Jag"), (("1", "3"),))))
    assert "<svg role='img'><title>t</title></svg>" in html
    assert "Vi ligger högt." in html
    assert "<td>3</td>" in html


def test_a_quote_without_a_name_has_no_footer() -> None:
    assert "footer" in block_as_html(Quote("x", "Elin"))
    assert "footer" not in block_as_html(Quote("x"))
    pictured = block_as_html(Quote("x", picture=Picture("ui/deck/door.svg", HOSTILE)))
    assert ("<img" in pictured, "<img" in block_as_html(Quote("x")), HOSTILE in pictured) == (True, False, False)


@pytest.mark.parametrize(
    ("key", "anchor"),
    [
        ("scale-7/overview", "passage-scale-7-overview"),
        ("room-2/scale-7/in-between-1/notice", "passage-room-2-scale-7-in-between-1-notice"),
        ("a:b c<d>", "passage-a-b-cd"),
        ("", "passage-"),
    ],
)
def test_an_anchor_is_safe_in_an_address(key: str, anchor: str) -> None:
    assert anchor_of(key) == anchor


def test_a_passage_keeps_its_heading_and_source() -> None:
    (found,) = passages_as_html([Passage("k", "Rubrik", "31 svar, moment 7", (Text("a"), Text("b")))])
    assert (found.anchor, found.heading, found.source, len(found.blocks)) == ("passage-k", "Rubrik", "31 svar, moment 7", 2)
