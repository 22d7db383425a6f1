"""The documentation as Markdown: a reader of it gives back what people typed, and nothing of it is markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from mellanrum.exercise_kit.charts.distribution import ChartRow, distribution
from mellanrum.exercise_kit.document import Bullets, Figure, Passage, Photo, Picture, Quote, Table, Text
from mellanrum.outcomes.documentation import Documentation, Head
from mellanrum.outcomes.markdown import documentation_as_markdown, plain

READER = MarkdownIt("commonmark").enable("table")
ODD = [
    "# rubrik",
    "- punkt",
    "1. ett",
    "2026) två",
    "> citat",
    "a | b",
    "<b>fet</b>",
    "*fet* _k_ `rå`",
    "[l](javascript:x)",
    "---",
    "===",
    "&amp; &#35;",
    "\\",
    "+ plus",
]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"], include_characters=" \n"), max_size=60)


def words_of(tokens: list[Token]) -> str:
    inline = [child for token in tokens for child in token.children or []]
    return " ".join("".join(child.content if child.type == "text" else " " for child in inline).split())


@pytest.mark.parametrize("text", ODD)
def test_what_looks_like_markup_is_text(text: str) -> None:
    tokens = READER.parse(plain(text))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert words_of(tokens) == text


@given(TEXT)
def test_whatever_is_typed_comes_back(text: str) -> None:
    assert words_of(READER.parse(plain(text))) == " ".join(text.split())


def test_every_kind_of_block_is_there() -> None:
    table = Table("Svar", ("Om", "1"), (("Jag | du", "3"),))
    figure = Figure(distribution([ChartRow("Jag", (1, 3), 1.8)], 1, 2), "Medel 1,8.", table)
    blocks = (
        Text("En rad\nen till"),
        Quote("Vi ringer", by="B2"),
        Bullets(("ett", "två")),
        table,
        figure,
        Photo(Picture("x", "Bladet"), "En *vägg*"),
    )
    head = Head("Modet", "Öppet rum", "Grus", "Varför", "Fabelå", "en", None)
    written = documentation_as_markdown(Documentation(head, (Passage("a", "Vad", "31 svar", blocks),), is_final=True))
    kinds = [token.type for token in READER.parse(written)]
    assert {"blockquote_open", "bullet_list_open", "table_open", "hardbreak"} <= {
        *kinds,
        *(c.type for t in READER.parse(written) for c in t.children or []),
    }
    assert kinds.count("table_open") == 2
    assert "Source: 31 svar" in written
    assert "Medel 1,8." in written
    assert "<svg" not in written
    assert r"*En \*vägg\**" in written
