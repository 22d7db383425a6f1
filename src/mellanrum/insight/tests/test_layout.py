"""Words keep their places, do not touch, and are as large as their counts say."""

from __future__ import annotations

from itertools import combinations
from math import isclose, sqrt
from random import Random

import pytest

from mellanrum.insight.layout import LINE, Frame, Place, Sized, Spot, growing, packed

WALL = Frame(1760, 660, 40, 126)
COUNTS = (17, 14, 12, 11, 9, 9, 8, 7, 6, 6, 5, 5, 5, 4, 4, 4, 3, 3, 1, 1)
WIDTHS = (9.7, 1.4, 4.9, 3.5, 6.6, 1.9, 5.1, 4.7, 5.7, 2.8, 6.5, 1.8, 7.2, 7.0, 5.0, 3.6, 4.3, 4.4, 4.7, 3.9)


def sized(counts: dict[int, int]) -> tuple[Sized, ...]:
    return tuple(Sized(f"word {number}", WIDTHS[number % 20], 1, count) for number, count in counts.items())


def grown(words: tuple[Sized, ...], frame: Frame) -> tuple[Spot | None, ...]:
    """Where words stand that appeared in this order."""
    return growing(words, tuple(Place(word.key, word.width, word.lines) for word in words), frame)


def meeting(seed: int) -> list[int]:
    """Who says what, one word after the other, in some order."""
    said = [number for number, count in enumerate(COUNTS) for _ in range(count)]
    Random(seed).shuffle(said)
    return said


def box(word: Sized, spot: Spot) -> tuple[float, float, float, float]:
    across, down = word.width * spot.size / 2, word.lines * LINE * spot.size / 2
    return spot.x - across, spot.y - down, spot.x + across, spot.y + down


def touching(words: tuple[Sized, ...], spots: tuple[Spot | None, ...]) -> list[tuple[str, str]]:
    boxes = [(word.key, box(word, spot)) for word, spot in zip(words, spots, strict=True) if spot]
    return [
        (one, other)
        for (one, a), (other, b) in combinations(boxes, 2)
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


@pytest.mark.parametrize("seed", range(4))
def test_a_word_never_moves_while_the_cloud_grows(seed):
    counts: dict[int, int] = {}
    known: dict[str, tuple[float, float]] = {}
    for number in meeting(seed):
        counts[number] = counts.get(number, 0) + 1
        words = sized(counts)
        spots = grown(words, WALL)
        for word, spot in zip(words, spots, strict=True):
            assert spot
            assert known.setdefault(word.key, (spot.x, spot.y)) == (spot.x, spot.y)
        assert touching(words, spots) == []
    assert max(spot.size for spot in spots if spot) > 60


@pytest.mark.parametrize("place", [grown, packed])
def test_sizes_follow_the_root_of_the_counts_within_the_picture(place):
    words = sized(dict(enumerate(COUNTS)))
    spots = place(words, WALL)
    assert all(spots)
    assert touching(words, spots) == []
    whole = [(word, spot.size) for word, spot in zip(words, spots, strict=True) if spot and spot.size > WALL.smallest]
    assert len(whole) > 3
    assert all(isclose(size / sqrt(word.people), whole[0][1] / sqrt(whole[0][0].people)) for word, size in whole)
    for word, spot in zip(words, spots, strict=True):
        assert spot
        left, top, right, bottom = box(word, spot)
        assert (left >= -1, top >= -1, right <= 1761, bottom <= 661) == (True, True, True, True)


def test_when_all_homes_are_taken_the_most_given_still_show():
    words = (*sized(dict.fromkeys(range(200), 1)), Sized("late but loved", 3.0, 1, 9))
    spots = grown(words, WALL)
    assert spots[-1]
    before = grown(words[:-1], WALL)
    changed = [place for place in range(200) if (before[place] is None) != (spots[place] is None)]
    assert len(changed) == 1


def test_nobody_and_one_and_the_impossible():
    assert grown((), WALL) == packed((), WALL) == ()
    assert grown((Sized("tid", 1.4, 1, 1),), WALL)[0]
    assert packed((Sized("wide", 400.0, 1, 10_000),), WALL)[0]
    assert grown((Sized("wide", 400.0, 1, 10_000), Sized("tid", 1.4, 1, 1)), WALL)[0]
