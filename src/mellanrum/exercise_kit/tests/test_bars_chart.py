"""Choices as bars."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from mellanrum.exercise_kit.charts.bars import DOCUMENT, PHONE, WALL, WALL_HEIGHT, BarFrame, BarRow, bars, height, on_the_wall

ROWS = [BarRow("Tummen upp", 12), BarRow("Åt sidan", 3), BarRow("Tummen ner", 0)]


def widths(picture: str) -> list[float]:
    return [float(one.get("width", "0")) for one in ET.fromstring(picture).findall(".//{*}rect") if one.get("class") != "none"]


def test_bars_are_as_long_as_their_counts() -> None:
    longest, other = widths(bars(ROWS, WALL))
    assert longest == pytest.approx(4 * other, rel=0.01)
    assert ET.fromstring(bars(ROWS, WALL)).get("aria-label") == "Så svarade vi: Tummen upp 12, Åt sidan 3, Tummen ner 0."


@pytest.mark.parametrize("frame", [WALL, PHONE, DOCUMENT])
@pytest.mark.parametrize("rows", [[], [BarRow("", 0)], [BarRow("<b>" + "å" * 400, 10_000)], [BarRow("ord " * 90, 1)] * 8])
def test_whatever_stands_there_the_picture_is_whole(frame: BarFrame, rows: list[BarRow]) -> None:
    found = ET.fromstring(bars(rows, frame))
    assert all(width <= frame.width for width in widths(bars(rows, frame)))
    assert len(found.findall(".//{*}text")) <= 3 * len(rows)


@pytest.mark.parametrize("many", range(1, 7))
@pytest.mark.parametrize("text", ["Ja", "ord " * 30])
def test_a_few_choices_fit_on_the_wall_and_fewer_stand_larger(many: int, text: str) -> None:
    frame = on_the_wall([BarRow(text, 3)] * many)
    assert height([BarRow(text, 3)] * many, frame) <= WALL_HEIGHT or many * len(text) > 400
    assert frame.letters >= 36
    assert frame.letters <= on_the_wall([BarRow(text, 3)] * max(1, many - 1)).letters
