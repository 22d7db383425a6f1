"""A late day made to fit: fixed times are kept where they can be, nothing is lost or invented, and no block gives more than it has."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.insight.replan import Coming, Overrun, Proposal, Stretch, Track, judge, propose, split

SAID = st.none() | st.integers(0, 120)
TRACKS = st.lists(st.builds(Track, st.sampled_from(["Spår A", "Spår B", "Spår C"]), st.integers(0, 150)), max_size=4).map(tuple)
LATE = st.integers(-90, 180)


@st.composite
def days(draw: st.DrawFn) -> tuple[Coming, ...]:
    """Blocks with any lengths, some said and some not, and fixed times that come in order and need not fit."""
    many = draw(st.integers(0, 12))
    fixed = sorted(draw(st.lists(st.integers(0, 600), max_size=3)))
    at = dict(zip(sorted(draw(st.permutations(range(many)))[: len(fixed)]), fixed, strict=False))
    return tuple(
        Coming(f"b{n}", draw(st.integers(0, 90)), draw(st.integers(0, 90)), draw(SAID), draw(SAID), at.get(n), draw(TRACKS))
        for n in range(many)
    )


def arrivals(blocks: tuple[Coming, ...], lengths: tuple[int, ...], arrives: int) -> list[int]:
    """When each block begins, and when all is over."""
    begins = []
    for block, minutes in zip(blocks, lengths, strict=True):
        arrives = arrives if block.fixed is None else max(arrives, block.fixed)
        begins.append(arrives)
        arrives += minutes
    return [*begins, arrives]


def proposed(blocks: tuple[Coming, ...], late: int) -> Proposal:
    return propose(blocks, arrives=late, planned=0)


def test_four_minutes_come_from_what_can_give():
    day = (Coming("talk", 30, 30), Coming("hall", 15, 15), Coming("lunch", 60, 60, fixed=45))
    found = proposed(day, 4)
    assert found.minutes == (27, 14, 60)
    assert found.stretches == (Stretch("lunch", 45, 4, 0), Stretch("", 105, 0, 0))


def test_what_has_a_least_time_gives_no_more_than_that():
    found = proposed((Coming("talk", 30, 30, least=29), Coming("hall", 15, 15, least=5)), 9)
    assert found.minutes == (29, 7)
    assert found.stretches == (Stretch("", 45, 9, 0),)


def test_what_cannot_be_won_before_lunch_is_won_after_it():
    day = (Coming("talk", 9, 9), Coming("stretch", 3, 3), Coming("lunch", 60, 60, least=50, fixed=12), Coming("walk", 30, 30))
    found = proposed(day, 10)
    assert found.minutes == (6, 2, 57, 27)
    assert [(one.until, one.late, one.left) for one in found.stretches] == [("lunch", 10, 6), ("", 6, 0)]
    assert found.stretches[0].skip == "talk"  # the only one that is long enough by itself


def test_a_pause_before_a_fixed_time_is_not_time_to_give_back():
    day = (Coming("talk", 30, 30, most=60), Coming("lunch", 60, 60, fixed=45))
    assert proposed(day, 10).minutes == (30, 60)
    assert proposed(day, 20).minutes == (25, 60)


def test_ahead_of_the_plan_time_goes_back_towards_ideal_and_then_most():
    day = (Coming("talk", 30, 25), Coming("hall", 15, 15, most=20), Coming("left out", 5, 0))
    assert proposed(day, 10).minutes == (25, 15, 0)  # late by ten, shorter by ten: even
    assert proposed(day, 6).minutes == (29, 15, 0)
    assert proposed(day, 0).minutes == (30, 20, 0)
    assert judge(day, (30, 15, 0), arrives=0, planned=0).stretches == (Stretch("", 50, -10, -5),)


def test_the_track_that_does_not_fit_is_told():
    tracks = (Track("Spår A", 20), Track("Spår B", 32))
    found = proposed((Coming("tracks", 30, 30, least=27, tracks=tracks),), 3)
    assert found.overruns == (Overrun("tracks", "Spår B", 5),)
    assert proposed((Coming("tracks", 30, 30, tracks=tracks),), 0).overruns == ()


def test_by_hand_the_sums_are_told_as_well():
    day = (Coming("talk", 30, 30), Coming("lunch", 60, 60, fixed=30), Coming("walk", 30, 30))
    found = judge(day, (28, 60, 28), arrives=4, planned=0)
    assert [(one.late, one.left) for one in found.stretches] == [(4, 2), (2, 0)]


@pytest.mark.parametrize("amount", [0, -3, 2, 5, 99])
def test_sharing_out_is_exact(amount: int):
    assert sum(split(amount, [1, 0, 4])) == max(0, min(amount, 5))


@given(st.integers(-5, 200), st.lists(st.integers(0, 60), max_size=20))
def test_nobody_gives_more_than_they_have(amount: int, rooms: list[int]):
    parts = split(amount, rooms)
    assert all(0 <= part <= room for part, room in zip(parts, rooms, strict=True))
    assert sum(parts) == max(0, min(amount, sum(rooms)))
    assert all(a <= b + 1 for (a, x), (b, y) in pairwise(sorted(zip(parts, rooms, strict=True), key=lambda one: one[1])) if x <= y)


@given(days(), LATE)
def test_no_length_leaves_its_limits(blocks: tuple[Coming, ...], late: int):
    found = proposed(blocks, late)
    assert len(found.minutes) == len(blocks)
    for block, minutes in zip(blocks, found.minutes, strict=True):
        assert block.floor <= minutes <= block.ceiling
        assert minutes >= 1 or block.minutes == 0
        if minutes < block.minutes:
            assert minutes >= (block.ideal - block.ideal // 3 if block.least is None else block.least)


@given(days(), LATE)
def test_time_is_neither_lost_nor_invented(blocks: tuple[Coming, ...], late: int):
    """What was to be won is won or told, stretch by stretch, and so is what could be given back."""
    found = proposed(blocks, late)
    begins = arrivals(blocks, found.minutes, late)
    place = 0
    for stretch in found.stretches:
        ends = next((n for n, block in enumerate(blocks) if block.key == stretch.until), len(blocks))
        won = sum(block.minutes for block in blocks[place:ends]) - sum(found.minutes[place:ends])
        assert won == stretch.late - stretch.left
        assert won >= 0 if stretch.late >= 0 else won <= 0
        assert begins[ends] - stretch.at == stretch.left if stretch.left > 0 else True
        place = ends


@given(days(), LATE)
def test_a_fixed_time_moves_only_when_all_before_it_have_given_what_they_can(blocks: tuple[Coming, ...], late: int):
    found = proposed(blocks, late)
    begins = arrivals(blocks, found.minutes, late)
    place = 0
    for number, block in enumerate(blocks):
        if block.fixed is None:
            continue
        if begins[number] > block.fixed:
            assert all(minutes == one.floor for one, minutes in zip(blocks[place:number], found.minutes[place:number], strict=True))
        place = number


@given(days(), st.integers(0, 60))
def test_nothing_is_left_out_unless_the_rest_is_not_enough(blocks: tuple[Coming, ...], late: int):
    for stretch in proposed(blocks, late).stretches:
        assert not stretch.skip or stretch.left > 0
        assert all(block.fixed is None for block in blocks if block.key == stretch.skip)


@given(days(), LATE)
def test_asking_again_after_saying_yes_changes_nothing(blocks: tuple[Coming, ...], late: int):
    found = proposed(blocks, late)
    after = tuple(
        Coming(one.key, one.ideal, minutes, one.least, one.most, one.fixed, one.tracks)
        for one, minutes in zip(blocks, found.minutes, strict=True)
    )
    again = propose(after, arrives=late, planned=0)
    assert all(one.late == other.left for one, other in zip(again.stretches, found.stretches, strict=True))
    assert again.minutes == found.minutes
    assert judge(blocks, found.minutes, arrives=late, planned=0).stretches == found.stretches


@given(days(), LATE)
def test_every_track_that_is_told_of_is_too_long(blocks: tuple[Coming, ...], late: int):
    found = proposed(blocks, late)
    lengths = dict(zip((block.key for block in blocks), found.minutes, strict=True))
    tracks = [(block, track) for block in blocks for track in block.tracks]
    short = [(b.key, t.title, t.needs - lengths[b.key]) for b, t in tracks if b.minutes != lengths[b.key] and t.needs > lengths[b.key]]
    assert [(one.key, one.track, one.short) for one in found.overruns] == short
