"""Passages under their blocks' headings, with the editors' own where they were put, and the closing round last."""

from __future__ import annotations

from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.document import Block, Passage, Photo, Picture, Quote, Text
from mellanrum.exercise_kit.registry import registry
from mellanrum.outcomes.held import closing_last, headed
from mellanrum.outcomes.own import Own, with_own
from mellanrum.outcomes.sections import runs_of, sections_of
from mellanrum.rooms.queries import BlockHarvest
from mellanrum.rooms.stage.course import Placed

KEYS = st.lists(st.sampled_from("abcdef"), unique=True)


def passage(key: str, heading: str = "") -> Passage:
    return Passage(key, heading or key.upper(), "", (Text(key),))


def block(number: int, slug: str, heading: str = "") -> BlockHarvest:
    kind = registry()[slug]
    placed = Placed(f"{slug}-{number}", f"block-{number}", kind, cast(Any, None), is_companion=kind.companion is not None)
    return BlockHarvest(number, heading, placed, (passage(f"{slug}-{number}"),))


def test_neighbours_of_one_heading_are_one_section() -> None:
    found = sections_of(
        [passage(key) for key in ("own/1", "a", "b", "c", "plan/x")], {"a": "Incheckning", "b": "Incheckning", "c": "Samtal"}
    )
    assert [(one.heading, one.is_group, [each.key for each in one.passages]) for one in found] == [
        ("OWN/1", False, ["own/1"]),
        ("Incheckning", True, ["a", "b"]),
        ("Samtal", True, ["c"]),
        ("PLAN/X", False, ["plan/x"]),
    ]


def test_no_heading_is_said_twice() -> None:
    found = sections_of([passage("a", "Runda"), passage("b", "Ord")], {"a": "Runda", "b": "Runda"})
    assert [each.heading for each in found[0].passages] == ["", "Ord"]
    assert sections_of([passage("plan/x", "Så gick det till")], {})[0].passages[0].heading == ""


@given(KEYS, st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["", "X", "Y"])))
def test_nothing_is_lost_in_sections(keys: list[str], under: dict[str, str]) -> None:
    found = sections_of([passage(key) for key in keys], under)
    assert [each.key for one in found for each in one.passages] == keys
    assert all(one.heading for one in found)


def test_own_passages_stand_where_they_were_put() -> None:
    own = Own((), {"a": (passage("own/1"),), "gone": (passage("own/2"),), "left-out": (passage("own/3"),)}, (passage("own/4"),))
    under = {"a": "Incheckning", "b": "Samtal", "left-out": "Samtal"}
    passages, headings = with_own(("a", "left-out", "b"), (passage("a"), passage("b")), under, own)
    assert [one.key for one in passages] == ["a", "own/1", "own/3", "b", "own/2", "own/4"]
    assert (headings["own/1"], headings["own/3"], headings.get("own/2"), headings.get("own/4")) == ("Incheckning", "Samtal", None, None)


@given(KEYS, st.dictionaries(st.sampled_from("abcdefgh"), st.just(())))
def test_every_own_passage_is_shown_once(keys: list[str], follows: dict[str, tuple[()]]) -> None:
    own = Own((), {key: (passage(f"own/{key}"),) for key in follows}, ())
    passages, _headings = with_own(keys, [passage(key) for key in keys], {}, own)
    assert sorted(one.key for one in passages) == sorted([*keys, *(f"own/{key}" for key in follows)])


@pytest.mark.parametrize(
    ("blocks", "order"),
    [
        ([(2, "cards"), (9, "round"), (10, "notes")], [2, 10, 9]),
        ([(8, "notes"), (9, "round"), (9, "notes"), (10, "notes")], [10, 8, 9, 9]),  # the same heading stays together
        ([(3, "round"), (9, "round"), (10, "notes")], [3, 10, 9]),
        ([(3, "round"), (7, "scale"), (8, "notes")], [3, 7, 8]),  # a round in the middle closes nothing
        ([(7, "scale"), (8, "notes")], [7, 8]),
        ([], []),
    ],
)
def test_the_closing_round_is_last(blocks: list[tuple[int, str]], order: list[int]) -> None:
    headings = {8: "Summering", 9: "Summering", 10: "Mingel", 3: "Samtal"}
    found = closing_last(tuple(block(number, slug, headings.get(number, "")) for number, slug in blocks))
    assert [one.number for one in found] == order


def test_what_participants_saw_nothing_of_gets_a_name_that_says_something() -> None:
    blocks = (block(1, "notes"), block(2, "cards"), block(2, "notes"), block(3, "notes"), block(4, "round", " Runda "), block(5, "notes"))
    found = [one.heading for one in headed(blocks)]
    cards = str(registry()["cards"].card.name)
    assert found == ["Inledning", cards, cards, "Anteckningar från träffen", "Runda", "Anteckningar från träffen"]


def test_photos_come_together_after_the_words() -> None:
    one, other = (Photo(Picture("/x", name)) for name in ("Blad", "Vägg"))
    blocks: tuple[Block, ...] = (Text("a"), one, Quote("b"), Quote("c"), other, Text("d"), Quote("e", picture=Picture("x", "y")))
    assert [(kind, len(run)) for kind, run in runs_of(blocks)] == [("", 1), ("said", 2), ("", 1), ("pictured", 1), ("photos", 2)]
    assert list(runs_of(blocks))[-1] == ("photos", (one, other))
