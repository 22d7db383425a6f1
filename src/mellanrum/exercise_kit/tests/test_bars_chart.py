"""Choices as bars."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from mellanrum.exercise_kit.charts.bars import DOCUMENT, PHONE, WALL, BarFrame, BarRow, bars

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
