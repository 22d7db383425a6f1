"""Who took part is told as a group: nobody can be pointed at by the organisation they named."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.ballots import FEWEST
from mellanrum.outcomes.people import group_description
from mellanrum.rooms.queries import People

NAMES = st.sampled_from(["Fabelå kommun", "fabelå kommun", "Region Sagomark", "Mytbergs bygg", "Gåtans högskola", ""])


def told(number: int, **sizes: int) -> str:
    return group_description(People(number, sizes))


def test_the_large_are_named_and_the_small_counted_together() -> None:
    assert (
        told(31, Fabelå=12, Sagomark=9, Skrönebo=4, Myt=3, Gåtan=3)
        == "31 deltog, från 5 organisationer: Fabelå (12), Sagomark (9) och 3 andra."
    )


def test_one_that_is_alone_is_never_left_over() -> None:
    """Nine and one: naming the nine would tell that one is from elsewhere, and there is nobody to hide among."""
    assert told(10, Fabelå=9, Sagomark=1) == "10 deltog, från 2 organisationer."


def test_few_people_nobody_and_no_organisation() -> None:
    assert told(0) == ""
    assert told(1, Fabelå=1) == "En deltog."
    assert told(4, Fabelå=2, Sagomark=2) == "4 deltog."
    assert told(12) == "12 deltog."
    assert told(12, Fabelå=12) == "12 deltog."


def test_spellings_that_differ_in_letters_alone_are_one() -> None:
    sizes = {"Fabelå kommun": 4, "fabelå kommun": 2, "FABELÅ KOMMUN": 1, "Region Sagomark": 6}
    assert "Fabelå kommun (7), Region Sagomark (6)" in group_description(People(13, sizes))


@given(st.dictionaries(NAMES, st.integers(1, 12)), st.integers(0, 8))
def test_no_number_is_told_of_too_few(sizes: dict[str, int], silent: int) -> None:
    number = sum(sizes.values()) + silent
    text = group_description(People(number, sizes))
    shown = [int(size) for size in re.findall(r"\((\d+)\)", text)]
    assert all(size >= FEWEST for size in shown)
    assert not shown or number - sum(shown) == 0 or number - sum(shown) >= FEWEST
