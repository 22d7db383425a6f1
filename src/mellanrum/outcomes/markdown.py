"""The document tree as Markdown (CommonMark with tables), for wikis and for whoever edits elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Block, Bullets, Figure, Links, Passage, Photo, Quote, Table, Terms, Text
from mellanrum.outcomes.documentation import Documentation
from mellanrum.outcomes.sections import sections_of
from mellanrum.outcomes.when import when

# What could be read as markup anywhere, and what could be at the start of a line.
ANYWHERE = re.compile(r"([\\`*_\[\]<>#|~&$])")
FIRST = re.compile(r"^(\s*)([-+=]|\d+(?=[.)]))", re.MULTILINE)
# What would end an address between < and >, or be read as something else in it.
AS_ADDRESS = re.compile(r"[\s<>\\&]")


def documentation_as_markdown(document: Documentation, base: str = "") -> str:
    """The whole document in its language; a chart is told by its reading and its table. `base` is where our own paths lie."""
    with translation.override(document.head.language):
        return "\n\n".join(part for part in _parts(document, base) if part) + "\n"


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


def _inline(text: str) -> str:
    """Where no line begins."""
    return ANYWHERE.sub(r"\\\1", "".join(char for char in " ".join(text.split()) if char >= " "))


def _parts(document: Documentation, base: str) -> Iterator[str]:
    head = document.head
    yield f"# {_line(head.title)}"
    yield _line(" · ".join(part for part in (head.programme, head.theme, when(head), head.place) if part))
    yield plain(head.purpose)
    yield "\n".join(f"- {_line(told)}" for told in (head.people, ", ".join(head.leaders)) if told)
    for section in sections_of(document.passages, document.under):
        yield f"## {_line(section.heading)}"
        for passage in section.passages:
            yield from _passage(passage, base)


def _passage(passage: Passage, base: str) -> Iterator[str]:
    if passage.heading:
        yield f"### {_line(passage.heading)}"
    for block in passage.blocks:
        yield from _links(block, base) if isinstance(block, Links) else _block(block)
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
        case Terms(items):
            yield "\n".join(f"- **{_inline(term)}** {_inline(text)}" if term else f"- {_line(text)}" for term, text in items)
        case Table():
            yield from _table(block)
        case Photo(picture, caption, by):
            told = " · ".join(part for part in (by, caption) if part)
            yield f"*{_line(told or picture.alt)}*"
        case Figure():
            yield _line(block.reading)
            yield from _table(block.table)


def _links(block: Links, base: str) -> Iterator[str]:
    lines = []
    for link in block.items:
        address = f"{base}{link.address}" if link.address.startswith("/") else link.address
        is_whole = address.startswith(("http://", "https://"))
        told = f"[{_line(link.text)}](<{AS_ADDRESS.sub(_quoted, address)}>)" if is_whole else _line(link.text)
        lines.append(f"- {told} – {_line(link.about)}" if link.about else f"- {told}")
    yield "\n".join(lines)


def _quoted(found: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in found[0].encode()) if found[0] != "&" else "&amp;"


def _table(table: Table) -> Iterator[str]:
    yield f"**{_line(table.caption)}**"
    rows = [table.header, tuple("---" for _cell in table.header), *table.rows]
    yield "\n".join("| " + " | ".join(cell if cell == "---" else _line(cell) for cell in row) + " |" for row in rows)
