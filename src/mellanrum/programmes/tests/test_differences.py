"""Taking a change back is exact, whatever it was; what others have done beside it stays, and what they did to the same is told."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.programmes.differences import Difference, Overlap, Snapshot, difference, without

KEYS = st.sampled_from("abcdefgh")
VALUES = st.fixed_dictionaries({"title": st.sampled_from(["", "Kaffe", "Te"]), "minutes": st.integers(0, 3)})
BLOCKS = st.lists(st.tuples(KEYS, VALUES), max_size=8).map(dict)
PLANS = st.builds(Snapshot, st.fixed_dictionaries({"place": st.sampled_from(["", "Salen"])}), BLOCKS)


def told(snapshot: Snapshot) -> Any:
    """Dictionaries compare without their order, and the order of the blocks is what counts."""
    return snapshot.gathering, list(snapshot.blocks.items())


def stored(change: Difference) -> Difference:
    """As it comes back from the database."""
    return msgspec.convert(msgspec.json.decode(msgspec.json.encode(change)), Difference)


@given(PLANS, PLANS)
def test_without_the_change_the_plan_is_what_it_was(before: Snapshot, after: Snapshot) -> None:
    assert told(without(after, stored(difference(before, after)))) == told(before)


@given(st.lists(PLANS, min_size=2, max_size=8))
def test_twenty_changes_are_taken_back_one_by_one(plans: list[Snapshot]) -> None:
    changes = [difference(one, two) for one, two in pairwise(plans)]
    now = plans[-1]
    for before, change in zip(reversed(plans[:-1]), reversed(changes), strict=True):
        now = without(now, change)
        assert told(now) == told(before)


@given(PLANS, st.lists(KEYS, unique=True), VALUES)
def test_what_others_added_stays(before: Snapshot, order: list[str], new: dict[str, Any]) -> None:
    after = Snapshot(before.gathering, {key: before.blocks[key] for key in order if key in before.blocks})
    theirs = Snapshot(after.gathering, {**after.blocks, "theirs": new})
    back = without(theirs, difference(before, after))
    assert {key: value for key, value in back.blocks.items() if key != "theirs"} == before.blocks
    assert [key for key in back.blocks if key != "theirs"] == list(before.blocks)
    assert back.blocks["theirs"] == new


def plan(*blocks: str, **changes: str) -> Snapshot:
    return Snapshot({"place": ""}, {key: {"title": changes.get(key, key), "minutes": 1} for key in blocks})


@pytest.mark.parametrize(
    ("before", "after", "theirs", "what"),
    [
        (plan("a", "b"), plan("a", "b", a="Mitt"), plan("a", "b", a="Deras"), "a"),
        (plan("a", "b"), plan("a", "b", a="Mitt"), plan("b"), "a"),
        (plan("a"), plan("a", "b"), plan("a", "b", b="Deras"), "b"),
        (plan("a", "b"), plan("a"), plan("a", "b", b="Deras"), "b"),
        (plan("a", "b", "c"), plan("b", "c", "a"), plan("c", "b", "a"), "order"),
    ],
    ids=["changed", "removed", "added and changed", "there again", "moved"],
)
def test_what_others_did_to_the_same_is_not_overwritten(before: Snapshot, after: Snapshot, theirs: Snapshot, what: str) -> None:
    with pytest.raises(Overlap, match=f"^{what}$"):
        without(theirs, difference(before, after))


def test_another_field_of_the_same_block_is_nobody_elses_business() -> None:
    mine = difference(plan("a"), plan("a", a="Mitt"))
    theirs = Snapshot({"place": "Salen"}, {"a": {"title": "Mitt", "minutes": 9}})
    assert without(theirs, mine) == Snapshot({"place": "Salen"}, {"a": {"title": "a", "minutes": 9}})


def test_a_move_of_others_stays_when_an_addition_is_taken_back() -> None:
    mine = difference(plan("a", "b"), plan("a", "x", "b"))
    assert list(without(plan("b", "x", "a"), mine).blocks) == ["b", "a"]
