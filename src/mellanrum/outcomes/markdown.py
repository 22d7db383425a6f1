"""The document tree as Markdown (CommonMark with tables), for wikis and for whoever edits elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Figure, Passage, Photo, Quote, Table, Text
from mellanrum.outcomes.documentation import Documentation

# What could be read as markup anywhere, and what could be at the start of a line.
ANYWHERE = re.compile(r"([\\`*_\[\]<>#|~&$])")
FIRST = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)


def documentation_as_markdown(document: Documentation) -> str:
    """The whole document in its language; a chart is told by its reading and its table."""
    with translation.override(document.head.language):
        return "\n\n".join(part for part in _parts(document) if part) + "\n"


def plain(text: str) -> str:
    """The text with nothing in it that Markdown would read as markup; line breaks stay."""
    visible = "".join(char for char in text if char >= " " or char == "\n")
    lines = (line.strip() for line in ANYWHERE.sub(r"\\\1", visible).split("\n"))
    return FIRST.sub(_escaped, "\\\n".join(line for line in lines if line))


def _escaped(found: re.Match[str]) -> str:
    sign = found[2]
    return f"{found[1]}{sign[:-1]}&#{ord(sign[-1])};" if sign.isdigit() else f"{found[1]}\\{sign}"


def _line(text: str) -> str:
    """In a heading or a cell there is only one line."""
    return plain(" ".join(text.split()))


def _parts(document: Documentation) -> Iterator[str]:
    head = document.head
    yield f"# {_line(head.title)}"
    day = date_format(head.day, "j F Y") if head.day else ""
    yield _line(" · ".join(part for part in (head.programme, head.theme, head.place, day) if part))
    yield plain(head.purpose)
    if head.agenda:
        yield f"## {_('Dagordningen')}"
        yield "\n".join(f"1. {_line(row.title)}" for row in head.agenda)
    for passage in document.passages:
        yield from _passage(passage)


def _passage(passage: Passage) -> Iterator[str]:
    yield f"## {_line(passage.heading)}"
    for block in passage.blocks:
        yield from _block(block)
    if passage.source:
        yield f"{_('Källa:')} {_line(passage.source)}"


def _block(block: Block) -> Iterator[str]:
    match block:
        case Text(text):
            yield plain(text)
        case Quote(text, by):
            said = [plain(text), *([f"– {_line(by)}"] if by else [])]
            yield "\n>\n".join("\n".join(f"> {line}" for line in part.split("\n")) for part in said)
        case Bullets(items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case Table():
            yield from _table(block)
        case Photo(picture, caption, by):
            told = " · ".join(part for part in (by, caption) if part)
            yield f"*{_line(told or picture.alt)}*"
        case Figure():
            yield _line(block.reading)
            yield from _table(block.table)


def _table(table: Table) -> Iterator[str]:
    yield f"**{_line(table.caption)}**"
    rows = [table.header, tuple("---" for _cell in table.header), *table.rows]
    yield "\n".join("| " + " | ".join(cell if cell == "---" else _line(cell) for cell in row) + " |" for row in rows)
