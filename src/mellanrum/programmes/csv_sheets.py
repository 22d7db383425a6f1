"""The run sheet out as a table and in again: each row's problems in words, and columns the table does not have stay as they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import time
from typing import Any

import msgspec
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mellanrum.programmes.csv_cells import NoCsv
from mellanrum.programmes.fields import BLOCK_FIELDS, Unreadable, clean
from mellanrum.programmes.lengths import LONGEST, read_length
from mellanrum.programmes.models import Block
from mellanrum.programmes.planner_rows import begins_of
from mellanrum.programmes.planning import MOST_BLOCKS
from mellanrum.programmes.queries import RunSheet

LONGEST_SECTION = 120
# Column → its heading in Swedish and English; both are read.
HEADINGS: Mapping[str, tuple[str, str]] = {
    "start": ("Start", "Start"),
    "minutes": ("Minuter", "Minutes"),
    "least": ("Minst", "Least"),
    "most": ("Mest", "Most"),
    "fixed_at": ("Fast tid", "Fixed"),
    "part": ("Del", "Part"),
    "section": ("Avsnitt", "Section"),
    "title": ("Moment", "Title"),
    "agenda": ("Agenda", "Agenda"),
    "kind": ("Ber om", "Kind"),
    "responsible": ("Ansvarig", "Responsible"),
    "say": ("Säg", "Say"),
    "do": ("Gör", "Do"),
    "material": ("Material", "Material"),
    "away": ("Telefoner undan", "Phones away"),
}
KINDS = {
    "listen": ("Lyssna", "Listen"),
    "alone": ("Tänka själv", "Think alone"),
    "table": ("Vid bord", "At tables"),
    "all": ("Alla hörs", "Everyone heard"),
}
PARTS = {"before": ("Före", "Before"), "meeting": ("Träffen", "Meeting"), "after": ("Efter", "After")}
YES = ("Ja", "Yes")
NO = ("", "Nej", "No", "0")


class Row(msgspec.Struct, frozen=True):
    """One row of the file: its number there, the columns it could be read as, and what is wrong with it."""

    number: int
    title: str
    values: dict[str, Any]
    problems: tuple[str, ...] = ()


def table_of(sheet: RunSheet) -> list[list[str]]:
    language = _language()
    rows = [[names[language] for names in HEADINGS.values()]]
    for row in sheet.rows:
        cells = {"start": begins_of(row), **_written(row.block, language)}
        rows.append([cells[name] for name in HEADINGS])
    return rows


def _language() -> int:
    """The place of the person's language among the names."""
    return 0 if (get_language() or "sv").startswith("sv") else 1


def _written(block: Block, language: int) -> dict[str, str]:
    texts = {name: BLOCK_FIELDS[name].write(block) for name in ("title", "responsible", "say", "do", "material")}
    numbers = {name: "" if getattr(block, name) is None else str(getattr(block, name)) for name in ("minutes", "least", "most")}
    return {
        **texts,
        **numbers,
        "fixed_at": block.fixed_at.strftime("%H:%M") if block.fixed_at else "",
        "part": PARTS[block.part][language],
        "section": block.section,
        "agenda": block.heading,
        "kind": KINDS[block.kind][language],
        "away": "" if block.phones else YES[language],
    }


def rows_of(table: Sequence[Sequence[str]]) -> list[Row]:
    """Raises NoCsv when it is no run sheet at all."""
    table = [row for row in table if any(clean(cell) for cell in row)] or [[]]
    places = _places(table[0])
    if "title" not in places:
        raise NoCsv(_("Första raden ska vara rubrikerna, och en av dem ”Moment”. Ladda ned körschemat så ser du hur."))
    if len(table) - 1 > MOST_BLOCKS:
        raise NoCsv(_("Filen har %(rows)s rader, och ett körschema rymmer %(most)s.") % {"rows": len(table) - 1, "most": MOST_BLOCKS})
    if len(table) == 1:
        raise NoCsv(_("Filen har rubriker men inga rader."))
    return [_row(number, row, places) for number, row in enumerate(table[1:], 2)]


def _places(headings: Sequence[str]) -> dict[str, int]:
    known = {name.casefold(): column for column, names in HEADINGS.items() for name in names}
    found = [(known.get(" ".join(clean(heading).split()).casefold(), ""), place) for place, heading in enumerate(headings)]
    return {column: place for column, place in reversed(found) if column}


def _row(number: int, cells: Sequence[str], places: Mapping[str, int]) -> Row:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for column, place in places.items():
        reader = READERS.get(column)
        if reader is None:
            continue
        try:
            values[column] = reader(cells[place] if place < len(cells) else "")
        except Unreadable as error:
            problems.append(f"{HEADINGS[column][_language()]}: {error}")
    least, most = values.get("least"), values.get("most")
    if least is not None and most is not None and least > most:
        problems.append(_("Minst är mer än mest. Byt plats på dem."))
    return Row(number, str(values.get("title", "")), values, tuple(problems))


def _one_of(names: Mapping[str, tuple[str, str]], empty: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        text = " ".join(clean(text).split()).casefold()
        for value, words in names.items():
            if text in {value, *(word.casefold() for word in words)}:
                return value
        if not text:
            return empty
        raise Unreadable(_("Skriv ett av: %(words)s.") % {"words": ", ".join(words[_language()] for words in names.values())})

    return read


def _bound(text: str) -> int | None:
    if not clean(text):
        return None
    found = read_length(clean(text))
    if found is None:
        raise Unreadable(_("Skriv hela minuter, från 0 till %(most)s, eller ingenting.") % {"most": LONGEST})
    return found


def _clock(text: str) -> str | None:
    text = clean(text).replace(".", ":")
    if not text:
        return None
    try:
        hours, minutes = (int(part) for part in text.split(":")[:2])
        return time(hours, minutes).isoformat()
    except ValueError as error:
        raise Unreadable(_("Skriv ett klockslag, till exempel 12:30, eller ingenting.")) from error


def _section(text: str) -> str:
    found = " ".join(clean(text).split())
    if len(found) > LONGEST_SECTION:
        raise Unreadable(_("Korta rubriken till högst %(most)s tecken.") % {"most": LONGEST_SECTION})
    return found


def _away(text: str) -> bool:
    """The column `phones` says the opposite."""
    text = clean(text).casefold()
    if text in {word.casefold() for word in NO}:
        return False
    if text in {*(word.casefold() for word in YES), "x", "1"}:
        return True
    raise Unreadable(_("Skriv Ja, eller ingenting."))


READERS: Mapping[str, Callable[[str], Any]] = {
    **{name: BLOCK_FIELDS[name].read for name in ("title", "minutes", "agenda", "responsible", "say", "do", "material")},
    "least": _bound,
    "most": _bound,
    "fixed_at": _clock,
    "part": _one_of(PARTS, "meeting"),
    "section": _section,
    "kind": _one_of(KINDS, "listen"),
    "away": _away,
}
