"""Groups: everybody sits somewhere, nobody in a crowd, and no group more than needed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.insight.group_sizes import LEAST, MOST, even_parts, group_sizes


@given(st.integers(1, 5000))
def test_everybody_sits_in_one_of_the_fewest_groups(people: int) -> None:
    sizes = group_sizes(people)
    assert sum(sizes) == people
    assert max(sizes) <= MOST
    assert max(sizes) - min(sizes) <= 1
    assert (len(sizes) - 1) * MOST < people  # one group less could not hold them
    assert min(sizes) >= LEAST or people in {1, 2, 3, 7}


@given(st.integers(0, 5000), st.integers(1, 6))
def test_places_share_everybody(people: int, parts: int) -> None:
    found = even_parts(people, parts)
    assert (len(found), sum(found)) == (parts, people)
    assert max(found) - min(found) <= 1


@pytest.mark.parametrize(
    ("people", "sizes"),
    [(0, ()), (-3, ()), (3, (3,)), (7, (3, 4)), (13, (4, 4, 5)), (36, (6,) * 6), (37, (5, 5, 5, 5, 5, 6, 6)), (41, (5, 6, 6, 6, 6, 6, 6))],
)
def test_a_room(people: int, sizes: tuple[int, ...]) -> None:
    assert group_sizes(people) == sizes


def test_no_places_hold_nobody() -> None:
    assert even_parts(5, 0) == ()
