"""A few choices as bars that lie, each under its own words, with how many chose it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.charts import svg


class BarRow(NamedTuple):
    text: str
    people: int


class BarFrame(NamedTuple):
    """The picture: its width, the letters, the bars, and how many characters a line of words holds; all in one unit."""

    width: float
    letters: float
    bar: float
    characters: int


WALL = BarFrame(1760, 44, 76, 74)
PHONE = BarFrame(350, 17, 26, 36)
DOCUMENT = BarFrame(640, 22, 28, 52)  # the figure stands 100 mm wide on paper: letters of ten points
MOST_LINES = 2


def bars(rows: Sequence[BarRow], frame: BarFrame) -> str:
    """One SVG, as high as the words make it."""
    most = max((row.people for row in rows), default=0)
    parts, y = list[str](), 0.0
    for row in rows:
        words = svg.lines(row.text, frame.characters, MOST_LINES)
        parts += _row(row, words, most, y, frame)
        y += len(words) * frame.letters * 1.25 + frame.bar * 1.6
    return svg.picture(frame.width, max(1, y - frame.bar * 0.3), read(rows), parts, "chart-bars")


def read(rows: Sequence[BarRow]) -> str:
    """The bars in words."""
    return _("Så svarade vi: %(counts)s.") % {"counts": ", ".join(f"{row.text} {row.people}" for row in rows)}


def _row(row: BarRow, words: Sequence[str], most: int, top: float, frame: BarFrame) -> Iterator[str]:
    for place, line in enumerate(words):
        yield svg.text(0, top + frame.letters * (1 + 1.25 * place), line, "label", frame.letters)
    under = top + len(words) * frame.letters * 1.25 + frame.bar * 0.1
    length = (frame.width - frame.letters * 3) * row.people / most if most else 0
    if row.people:
        yield svg.rect(0, under, length, frame.bar, place=3, steps=5, radius=frame.bar / 12)
    else:
        yield svg.dashed(1, under, frame.bar, frame.bar, line=frame.letters / 14)
        length = frame.bar
    yield svg.text(
        length + frame.letters * 0.5, under + frame.bar * 0.5 + frame.letters * 0.38, str(row.people), "label", frame.letters * 1.1
    )
