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
DOCUMENT = BarFrame(640, 26, 32, 46)  # the figure stands 100 mm wide on paper: letters of eleven points
MOST_LINES = 2
WALLS = (BarFrame(1760, 64, 96, 52), BarFrame(1760, 52, 80, 63), WALL, BarFrame(1760, 40, 40, 82), BarFrame(1760, 36, 24, 90))
WALL_HEIGHT = 560  # what is left under a question of two lines


def bars(rows: Sequence[BarRow], frame: BarFrame) -> str:
    """One SVG, as high as the words make it."""
    most = max((row.people for row in rows), default=0)
    parts, y = list[str](), 0.0
    for row in rows:
        parts += _row(row, _words(row, frame), most, y, frame)
        y += _step(row, frame)
    return svg.picture(frame.width, height(rows, frame), read(rows), parts, "chart-bars")


def on_the_wall(rows: Sequence[BarRow]) -> BarFrame:
    """The largest frame in which they all stand under a question on the wall."""
    return next((frame for frame in WALLS if height(rows, frame) <= WALL_HEIGHT), WALLS[-1])


def height(rows: Sequence[BarRow], frame: BarFrame) -> float:
    return max(1, sum(_step(row, frame) for row in rows) - frame.bar * 0.3)


def read(rows: Sequence[BarRow]) -> str:
    """The bars in words."""
    return _("Så svarade vi: %(counts)s.") % {"counts": ", ".join(f"{row.text} {row.people}" for row in rows)}


def _words(row: BarRow, frame: BarFrame) -> Sequence[str]:
    return svg.lines(row.text, frame.characters, MOST_LINES)


def _step(row: BarRow, frame: BarFrame) -> float:
    return len(_words(row, frame)) * frame.letters * 1.25 + frame.bar * 1.6


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
