"""Distribution and small groups against their definitions."""

from __future__ import annotations

import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.insight.distribution import Distribution, add_counts, count_values, distribution
from mellanrum.insight.small_groups import NO_SPLIT, Split, split_groups


def test_a_known_distribution():
    found = distribution((1, 3, 8, 14, 5), 1)
    assert (found.answers, round(found.mean or 0, 2), round(found.spread or 0, 2)) == (31, 3.61, 0.99)


def test_nobody_and_one():
    assert distribution((0, 0, 0), 0) == Distribution((0, 0, 0), 0, None, None)
    assert distribution((0, 1, 0), 0) == Distribution((0, 1, 0), 1, 1.0, None)


@given(st.lists(st.integers(0, 10), min_size=2))
def test_mean_and_spread_are_those_of_the_answers_themselves(values):
    found = distribution(count_values(values, 0, 10), 0)
    assert found.answers == len(values)
    assert found.mean == pytest.approx(statistics.mean(values))
    assert found.spread == pytest.approx(statistics.stdev(values), abs=1e-9)


def test_counting_leaves_out_what_is_not_on_the_scale():
    assert count_values([1, 2, 2, "dk", None, 9, 0], 1, 3) == (1, 2, 0)
    assert add_counts((1, 2, 0), (1, 1)) == (2, 3, 0)
    assert add_counts((1, 2), (1, 1, 9)) == (2, 3)


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({}, NO_SPLIT),
        ({"a": 31}, NO_SPLIT),
        ({"a": 10, "b": 8}, Split(("a", "b"), ())),
        ({"a": 10, "b": 4}, NO_SPLIT),
        ({"a": 10, "b": 8, "c": 3, "d": 2}, Split(("a", "b"), ("c", "d"))),
        ({"a": 10, "b": 8, "c": 3}, Split(("a",), ("b", "c"))),
        ({"a": 10, "b": 8, "c": 0}, Split(("a", "b"), ())),
        ({"a": 4, "b": 4, "c": 4}, NO_SPLIT),
    ],
)
def test_known_splits(sizes, expected):
    assert split_groups(sizes, 5) == expected


SIZES = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 30))


@given(SIZES, st.integers(3, 10))
def test_every_part_and_what_is_left_without_it_is_large_enough(sizes, minimum):
    split = split_groups(sizes, minimum)
    parts = [sizes[name] for name in split.shown] + ([sum(sizes[name] for name in split.others)] if split.others else [])
    total = sum(sizes.values())
    if split.is_shown:
        assert sum(parts) == total
        assert all(part >= minimum and total - part >= minimum for part in parts)
