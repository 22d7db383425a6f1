"""A day with points that do not move: nothing else changes its length or order, and what does not fit is told to the minute."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.insight.timing import ORDER, Length, fixed_offset, placed, spans

STOCKHOLM = ZoneInfo("Europe/Stockholm")
CASES: list[dict[str, Any]] = json.loads((Path(__file__).parent / "days.json").read_text())
STARTS = st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, STOCKHOLM))
LENGTHS = st.lists(st.builds(Length, st.integers(0, 600), st.none() | st.integers(-600, 2000), st.sampled_from(ORDER)), max_size=30).map(
    lambda found: sorted(found, key=lambda one: ORDER.index(one.when))
)


@given(LENGTHS, st.none() | STARTS)
def test_lengths_and_order_are_kept_and_fixed_points_stand(lengths: list[Length], start: datetime | None) -> None:
    found = placed(lengths, start)
    assert [span.minutes for span in found] == [length.minutes for length in lengths]
    for length, span in zip(lengths, found, strict=True):
        assert length.fixed is None or span.offset == length.fixed
        assert span.gap == 0 or span.clash == 0
        assert span.gap - span.clash == span.slack
        if span.starts_at and span.ends_at and start:
            assert span.ends_at - span.starts_at == timedelta(minutes=length.minutes)
            assert span.starts_at - start.astimezone(UTC) == timedelta(minutes=span.offset)


@given(LENGTHS)
def test_what_does_not_fit_is_what_lies_between(lengths: list[Length]) -> None:
    found = placed(lengths, None)
    for (length, span), (after, follower) in pairwise(zip(lengths, found, strict=True)):
        if after.when != "after" or length.when == "after":
            assert follower.slack == follower.offset - span.end
        if after.fixed is None and after.when == length.when == "meeting":
            assert follower.slack == 0  # only what is fixed leaves air or clashes


@given(st.lists(st.integers(0, 600), max_size=30), STARTS)
def test_without_fixed_points_a_meeting_is_its_parts_in_a_row(lengths: list[int], start: datetime) -> None:
    assert placed([Length(minutes) for minutes in lengths], start) == spans(lengths, start)


@given(st.lists(st.integers(0, 600), max_size=9), st.lists(st.integers(0, 600), max_size=9), st.lists(st.integers(0, 600), max_size=9))
def test_before_ends_at_the_start_and_after_begins_at_the_end(before: list[int], meeting: list[int], after: list[int]) -> None:
    groups = {"before": before, "meeting": meeting, "after": after}
    found = placed([Length(minutes, None, when) for when in ORDER for minutes in groups[when]], None)
    assert [span.slack for span in found] == [0] * len(found)
    assert [span.offset for span in found[:1]] == ([-sum(before)] if found else [])
    if found:
        assert found[-1].end == sum(meeting) + sum(after)


@given(LENGTHS.filter(bool), st.integers(0, 29), st.integers(-300, 300))
def test_a_longer_part_moves_only_what_follows_up_to_the_next_fixed_point(lengths: list[Length], place: int, more: int) -> None:
    place %= len(lengths)
    one = lengths[place]
    changed = [*lengths[:place], Length(max(0, one.minutes + more), one.fixed, one.when), *lengths[place + 1 :]]
    old, new = placed(lengths, None), placed(changed, None)
    if one.when != "meeting":
        return
    fixed = next(
        (at for at in range(place + 1, len(lengths)) if lengths[at].fixed is not None or lengths[at].when == "after"), len(lengths)
    )
    assert [span.offset for span in new[: place + 1]] == [span.offset for span in old[: place + 1]]
    by = changed[place].minutes - one.minutes
    assert [span.offset for span in new[place + 1 : fixed]] == [span.offset + by for span in old[place + 1 : fixed]]


@given(STARTS.map(lambda at: at.replace(second=0)), st.times().map(lambda at: at.replace(second=0, microsecond=0)))
def test_a_fixed_time_is_the_nearest_one_the_wall_shows(start: datetime, clock: time) -> None:
    ahead, back = fixed_offset(start, clock), fixed_offset(start, clock, "before")
    assert -25 * 60 <= back <= 0 <= ahead <= 25 * 60
    for minutes in (ahead, back):
        shown = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(STOCKHOLM)
        is_missing = datetime.combine(shown.date(), clock, STOCKHOLM).astimezone(UTC).astimezone(STOCKHOLM).time() != clock
        assert is_missing or shown.time() == clock


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_days_both_sides_agree_on(case: dict[str, Any]) -> None:
    start = datetime.fromisoformat(case["start"]).astimezone(ZoneInfo(case["zone"])) if case["start"] else None
    lengths = [Length(minutes, offset_of(start, fixed, when), when) for minutes, fixed, when in case["rows"]]
    found = placed(lengths, start)
    assert [[span.offset, span.slack] for span in found] == case["placed"]
    if start:
        assert [span.starts_at.astimezone(start.tzinfo).strftime("%H.%M") for span in found if span.starts_at] == case["wall"]


def offset_of(start: datetime | None, fixed: str | None, when: Any) -> int | None:
    return fixed_offset(start, time.fromisoformat(fixed), when) if start and fixed else None


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot last"):
        placed([Length(-1)], None)
    with pytest.raises(ValueError, match="stands first"):
        placed([Length(1), Length(1, None, "before")], None)
    with pytest.raises(ValueError, match="without a zone"):
        fixed_offset(datetime(2030, 1, 1, tzinfo=UTC).replace(tzinfo=None), time(12))
