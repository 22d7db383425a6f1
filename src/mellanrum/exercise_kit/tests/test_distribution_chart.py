"""The distribution chart: the same picture always, readable without seeing it, and harmless whatever the texts say."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.utils import translation

from mellanrum.exercise_kit.charts.distribution import ChartRow, distribution
from mellanrum.exercise_kit.charts.svg import STEPS, lines, step_colour

GOLDEN = Path(__file__).parent / "golden"
SVG = "{http://www.w3.org/2000/svg}"
ROWS = (
    ChartRow("Jag", (1, 3, 8, 14, 5), 3.61),
    ChartRow("Min organisation", (5, 12, 9, 4, 1), 2.48),
    ChartRow("Vi tillsammans", (2, 7, 13, 8, 1), 2.97),
)


@pytest.fixture(autouse=True)
def _swedish():
    with translation.override("sv"):
        yield


def draw(*rows: ChartRow, low: int = 1, high: int = 5, ends: tuple[str, str] = ("inte alls", "helt"), large: bool = False) -> ET.Element:
    return ET.fromstring(distribution(rows, low, high, *ends, large=large))


def texts(picture: ET.Element, kind: str) -> list[str | None]:
    return [found.text for found in picture.iter(f"{SVG}text") if found.get("class") == kind]


def bars(picture: ET.Element) -> list[ET.Element]:
    return [found for found in picture.iter(f"{SVG}rect") if found.get("class") != "none"]


@pytest.mark.parametrize(
    ("name", "svg"),
    [
        ("three-subjects", lambda: distribution(ROWS, 1, 5, "inte alls", "helt")),
        ("large", lambda: distribution(ROWS[2:], 1, 5, "inte alls", "helt", large=True)),
        ("waiting", lambda: distribution([ChartRow("Jag", (0,) * 5)], 1, 5, large=True)),
        ("too-few", lambda: distribution([ROWS[0], ChartRow("Vi", (0,) * 5, too_few=True)], 1, 5)),
    ],
)
def test_golden(name, svg):
    """After a wanted change: look at the new picture, then delete the file and run again to write it."""
    path = GOLDEN / f"{name}.svg"
    if not path.exists():
        path.write_text(svg() + "\n")
    assert path.read_text() == svg() + "\n"


def test_bars_stand_on_one_scale_with_their_counts_printed():
    picture = draw(*ROWS)
    assert texts(picture, "count") == [str(count) for row in ROWS for count in row.counts]
    assert texts(picture, "mean") == ["3,6", "2,5", "3,0"]
    assert texts(picture, "number") == ["1", "2", "3", "4", "5", "1 inte alls", "5 helt"]
    heights = [float(bar.get("height", "")) for bar in bars(picture)]
    assert max(heights) == heights[3] == 48
    assert heights[7] == pytest.approx(48 * 9 / 14, abs=0.1)


def test_a_step_has_its_class_for_the_screen_and_its_colour_for_everything_else():
    assert [(bar.get("class"), bar.get("fill")) for bar in bars(draw(ROWS[0]))] == list(STEPS)


@pytest.mark.parametrize(("low", "high"), [(1, 5), (1, 7), (0, 10), (0, 1)])
def test_scales_of_any_length_go_from_the_first_colour_to_the_last_and_fit(low, high):
    steps = high - low + 1
    picture = draw(ChartRow("Jag", tuple(range(1, steps + 1)), 1.0), low=low, high=high)
    found = bars(picture)
    assert len(found) == steps
    assert (found[0].get("class"), found[-1].get("class")) == ("step-a", "step-e")
    edges = [float(bar.get("x", "")) + float(bar.get("width", "")) for bar in found]
    starts = [float(bar.get("x", "")) for bar in found]
    assert all(edge < start for edge, start in zip(edges, starts[1:], strict=False))
    assert edges[-1] <= 430


def test_colours_keep_the_order_of_the_steps():
    assert [step_colour(place, 11)[0] for place in range(11)] == sorted(step_colour(place, 11)[0] for place in range(11))


def test_it_can_be_read_without_being_seen():
    picture = draw(ROWS[0], ChartRow("Vi", (1, 0, 0, 0, 0), 1.0))
    said = "Jag: medel 3,6, 31 svar. Vi: 1,0, ett svar."
    assert (picture.get("role"), picture.get("aria-label"), picture.findtext(f"{SVG}title")) == ("img", said, said)
    with translation.override("en"):
        assert "3.6" in (draw(ROWS[0]).get("aria-label") or "")


@pytest.mark.parametrize("large", [True, False])
def test_before_the_first_answer_bars_are_dashed(large):
    picture = draw(ChartRow("Jag", (0,) * 5), large=large)
    assert (bars(picture), picture.get("aria-label")) == ([], "Inga svar än.")
    assert len(list(picture.iter(f"{SVG}rect"))) == 5


def test_too_few_shows_no_number_of_theirs():
    picture = draw(ROWS[0], ChartRow("Vi", (0, 0, 2, 1, 0), 2.3, too_few=True))
    assert texts(picture, "mean") == ["3,6"]
    assert texts(picture, "count") == ["1", "3", "8", "14", "5"]
    assert "Vi: för få svar för att visas." in (picture.get("aria-label") or "")
    assert draw(ChartRow("Vi", (0,) * 5, too_few=True)).get("aria-label") == "För få svar för att visas."


def test_the_mean_of_a_large_picture_stands_at_its_place():
    picture = draw(ChartRow("Vi", (0, 0, 4, 0, 0), 3.0), large=True)
    marker = next(found for found in picture.iter(f"{SVG}path") if found.get("class") == "mark")
    bar = bars(picture)[2]
    middle = float(bar.get("x", "")) + float(bar.get("width", "")) / 2
    assert float((marker.get("d") or "M0 ")[1:].split()[0]) == pytest.approx(middle, abs=0.1)


HOSTILE = ["<script>alert(1)</script>\"&'", "\x00\x1b[31m", "\u202etxet", "\U0001f469\u200d\U0001f467" * 30, "å" * 500, "", "a b " * 90]


@pytest.mark.parametrize("text", HOSTILE)
def test_any_text_is_only_text(text):
    picture = draw(ChartRow(text, (1, 2, 3, 4, 5), 3.7), ends=(text, text))
    assert {element.tag for element in picture.iter()} <= {f"{SVG}{tag}" for tag in ("svg", "title", "text", "rect", "path")}
    assert "style" not in {name for element in picture.iter() for name in element.attrib}


def test_long_labels_are_broken_and_then_cut():
    assert lines("Min organisation", 16, 3) == ["Min organisation"]
    assert lines("Kommunikationsavdelningen och de andra i nätverket runt oss", 16, 3)[2].endswith(" …")
    assert lines("", 16, 3) == [""]
