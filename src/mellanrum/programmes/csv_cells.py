"""A run sheet as the rows of a spreadsheet: bytes, encodings, separators and cells that no program may take for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

LARGEST = 1024 * 1024
# What a spreadsheet may take for a formula, and the mark itself.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "'", "＝", "＋", "－", "＠")


class NoCsv(Exception):
    """The file is not a sheet; the message says what to do."""


def escaped(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_RISKY) else cell


def unescaped(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RISKY) else cell


def write_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """As Swedish spreadsheets want it: UTF-8 that says so, semicolons."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=";", lineterminator="\r\n").writerows([escaped(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def read_rows(content: bytes) -> list[list[str]]:
    """Raises NoCsv."""
    if len(content) > LARGEST:
        raise NoCsv(_("Filen är för stor för ett körschema: högst %(most)s kB.") % {"most": LARGEST // 1024})
    text = _decoded(content).replace("\0", "")
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(";\t,", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise NoCsv(_("Filen går inte att läsa som en tabell. Spara den som CSV i kalkylprogrammet och försök igen.")) from error
    return [[unescaped(cell) for cell in row] for row in rows]


def _decoded(content: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or what older Windows programs write."""
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        names: tuple[str, ...] = ("utf-16",)
    else:
        names = ("utf-8-sig", "cp1252")
    for name in names:
        try:
            return content.decode(name)
        except UnicodeDecodeError:
            continue
    raise NoCsv(_("Filen är inte text som går att läsa. Spara den som CSV med UTF-8 och försök igen."))
