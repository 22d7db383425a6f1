"""The word cloud as a picture."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from mellanrum.exercise_kit.charts.cloud import DOCUMENT, HALF_WALL, PHONE, WALL, CloudWord, cloud, read
from mellanrum.exercise_kit.charts.widths import width_of


def lines_of(svg: str) -> list[tuple[str, float]]:
    """Each line of text with its size."""
    return [(line.text or "", float(line.get("font-size", "0"))) for line in ET.fromstring(svg).findall(".//{*}text")]


HOSTILE = "<script>alert(1)</script> & \x1b"
WORDS = [CloudWord("tid", "tid", 3), CloudWord("mod", "mod", 1, is_new=True)]


def test_it_says_what_it_shows():
    root = ET.fromstring(cloud(WORDS, WALL))
    assert (root.get("role"), root.get("aria-label")) == ("img", "Ordmoln. Vanligast: tid 3, mod 1.")
    assert root.findtext("{*}title") == root.get("aria-label")
    assert read([]) == "Inga ord än."


def test_only_what_is_new_is_lit():
    assert re.findall(r'<text class="(\w+)"', cloud(WORDS, WALL, order=["tid", "mod"])) == ["a", "new"]


def test_what_people_write_is_text():
    svg = cloud([CloudWord("x", HOSTILE, 1)], WALL)
    assert "<script" not in svg
    assert lines_of(svg)[0][0].startswith("<script>alert(1)</script>")


def test_a_long_phrase_stays_whole_on_several_lines_that_can_be_read():
    phrase = "Att vi vågar säga till varandra redan på fredagen i stället för på måndagen"
    lines = lines_of(cloud([CloudWord("x", phrase, 1)], HALF_WALL))
    assert " ".join(line for line, _size in lines) == phrase
    assert all(size >= HALF_WALL.smallest for _line, size in lines)


def test_a_word_longer_than_the_picture_is_broken():
    for frame in (WALL, HALF_WALL, PHONE, DOCUMENT):
        assert "".join(line for line, _size in lines_of(cloud([CloudWord("x", "ö" * 80, 1)], frame))) == "ö" * 80


def test_a_full_wall_is_a_small_fragment():
    words = [CloudWord(f"ordet {number}", f"ordet nummer {number}", 1 + 40 // (number + 1)) for number in range(80)]
    assert len(cloud(words, WALL, order=[word.key for word in words])) < 12_000


def test_widths_are_those_of_the_font():
    assert width_of("tid") == 0.41 + 0.31 + 0.65
    assert width_of("a\u0301") == width_of("a")
    assert width_of("字") > 1
