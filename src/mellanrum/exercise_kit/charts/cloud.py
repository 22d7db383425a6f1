"""Words as a cloud: size is the square root of how many gave them, and each keeps its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.charts import svg
from mellanrum.exercise_kit.charts.widths import width_of
from mellanrum.insight.layout import BASELINE, LINE, Frame, Place, Sized, Spot, growing, packed

WALL = Frame(1760, 660, 40, 126)
HALF_WALL = Frame(850, 600, 38, 96)
PHONE = Frame(350, 440, 16, 46)
DOCUMENT = Frame(640, 400, 13, 46)
READ_ALOUD = 4


class CloudWord(NamedTuple):
    """A word of a cloud, given by so many people. `key` is its own whatever form is shown; `is_new` words are lit."""

    key: str
    text: str
    people: int
    is_new: bool = False


def cloud(words: Sequence[CloudWord], frame: Frame, reading: str = "", *, order: Sequence[str] | None = None) -> str:
    """One SVG of as many words as there is room for.

    With an `order`, all keys as they first appeared, a word keeps its place whatever comes; without one the picture is packed closer.
    """
    broken = [_lines(word.text, frame) for word in words]
    sized = tuple(
        Sized(word.key, max(map(width_of, lines)) or 1, len(lines), max(1, word.people)) for word, lines in zip(words, broken, strict=True)
    )
    spots = packed(sized, frame) if order is None else growing(sized, tuple(_place(key, frame) for key in order), frame)
    found = [(word, lines, spot) for word, lines, spot in zip(words, broken, spots, strict=True) if spot]
    largest = max((spot.size for _word, _lines, spot in found), default=1)
    parts = [part for word, lines, spot in found for part in _word(word, lines, spot, largest)]
    group = f'<g font-family="{svg.SERIF}" text-anchor="middle" fill="{svg.INK}">{"".join(parts)}</g>'
    return svg.picture(frame.width, frame.height, reading or read(words), [group], "chart-cloud")


def read(words: Sequence[CloudWord]) -> str:
    """The cloud in words: what most people gave."""
    if not words:
        return _("Inga ord än.")
    most = sorted(words, key=lambda word: -word.people)[:READ_ALOUD]
    return _("Ordmoln. Vanligast: %(words)s.") % {"words": ", ".join(f"{svg.visible(word.text)} {word.people}" for word in most)}


def _place(key: str, frame: Frame) -> Place:
    """Room for a key with an ending."""
    lines = _lines(key, frame)
    return Place(key, max(map(width_of, lines), default=0) + (0 if " " in key else 1), max(1, len(lines)))


def _lines(text: str, frame: Frame) -> list[str]:
    """The text on as many lines as the frame needs it to be when its letters are smallest."""
    most = frame.width * 0.86 / frame.smallest
    if width_of(text) <= most:
        return [text]
    found = [""]
    for word in text.split():
        for piece in _pieces(word, most):
            joined = f"{found[-1]} {piece}".strip()
            if width_of(joined) <= most:
                found[-1] = joined
            else:
                found.append(piece)
    return [line for line in found if line]


def _pieces(word: str, most: float) -> Iterator[str]:
    """A word that no line can hold, cut where the line ends."""
    piece = ""
    for char in word:
        if width_of(piece + char) > most:
            yield piece
            piece = ""
        piece += char
    yield piece


def _word(word: CloudWord, lines: Sequence[str], spot: Spot, largest: float) -> Iterator[str]:
    kind = "new" if word.is_new else _weight(spot.size / largest)
    top = spot.y + (BASELINE - LINE * (len(lines) - 1) / 2) * spot.size
    size = f'font-size="{svg.number(spot.size)}"'
    for place, line in enumerate(lines):
        y = svg.number(top + LINE * place * spot.size)
        yield f'<text class="{kind}" x="{svg.number(spot.x)}" y="{y}" {size}>{escape(svg.visible(line))}</text>'


def _weight(part: float) -> str:
    """Large words stand out by their colour, too."""
    return "a" if part > 0.66 else "b" if part > 0.45 else "c"
