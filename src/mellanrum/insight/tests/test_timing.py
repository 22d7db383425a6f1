"""A day and its parts: nothing is lost by moving, and clocks that change do not change how long things last."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mellanrum.insight.timing import follower, minutes_out, moved, shares, spans

STOCKHOLM = ZoneInfo("Europe/Stockholm")
LENGTHS = st.lists(st.integers(0, 600), max_size=40)
STARTS = st.none() | st.integers(0, 4_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, STOCKHOLM))
DAYS = st.lists(st.tuples(st.text(min_size=1, max_size=4), st.integers(0, 600)), min_size=1, max_size=20, unique_by=lambda row: row[0])


@given(LENGTHS, STARTS)
def test_parts_follow_each_other_and_never_run_backwards(lengths: list[int], start: datetime | None) -> None:
    found = spans(lengths, start)
    assert [span.minutes for span in found] == lengths
    assert [span.offset for span in found] == [sum(lengths[:place]) for place in range(len(lengths))]
    for span, after in pairwise(found):
        assert span.ends_at == after.starts_at
    for span in found:
        assert (span.starts_at is None) == (start is None)
        if span.starts_at and span.ends_at:
            assert span.ends_at - span.starts_at == timedelta(minutes=span.minutes) >= timedelta(0)


@given(DAYS, st.data())
def test_moving_loses_nothing_and_is_undone_exactly(day: list[tuple[str, int]], data: st.DataObject) -> None:
    keys, lengths = [key for key, _minutes in day], dict(day)
    key = data.draw(st.sampled_from(keys))
    before = data.draw(st.none() | st.sampled_from(keys))
    after = moved(keys, key, before=before)
    assert sorted(after) == sorted(keys)
    assert [other for other in after if other != key] == [other for other in keys if other != key]
    assert sum(span.minutes for span in spans([lengths[one] for one in after], None)) == sum(lengths.values())
    if before not in {None, key}:
        assert follower(after, key) == before
    assert moved(after, key, before=follower(keys, key)) == tuple(keys)


@given(DAYS, st.text(max_size=4))
def test_what_is_not_there_cannot_be_moved(day: list[tuple[str, int]], other: str) -> None:
    keys = [key for key, _minutes in day]
    assume(other not in keys)
    with pytest.raises(ValueError, match="no such key"):
        moved(keys, other, before=None)
    with pytest.raises(ValueError, match="no such key"):
        moved(keys, keys[0], before=other)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.integers(0, 600)), max_size=30))
def test_shares_sum_to_the_whole(parts: list[tuple[str, int]]) -> None:
    found = shares(parts)
    assert sum(found.values()) == sum(minutes for _kind, minutes in parts)
    assert 0 not in found.values()


@pytest.mark.parametrize(
    ("start", "clock"),
    [
        (datetime(2030, 3, 31, 1, 30, tzinfo=STOCKHOLM), "03:30"),  # 02 to 03 does not exist that night
        (datetime(2030, 10, 27, 2, 30, tzinfo=STOCKHOLM), "02:30"),  # 02 to 03 comes twice
        (datetime(2030, 4, 16, 23, 30, tzinfo=STOCKHOLM), "00:30"),
        (datetime(2030, 12, 31, 23, 30, tzinfo=STOCKHOLM), "00:30"),
    ],
)
def test_an_hour_is_sixty_minutes_every_night(start: datetime, clock: str) -> None:
    first, second = spans([60, 60], start)
    assert second.starts_at == start.astimezone(UTC) + timedelta(hours=1)
    assert first.ends_at == second.starts_at
    assert second.starts_at.astimezone(STOCKHOLM).strftime("%H:%M") == clock


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot last"):
        spans([5, -1], None)
    with pytest.raises(ValueError, match="without a zone"):
        spans([5], datetime(2030, 1, 1, tzinfo=UTC).replace(tzinfo=None))


@given(st.lists(st.tuples(st.integers(0, 600), st.booleans()), max_size=30))
def test_phones_are_out_for_a_part_of_the_whole(parts: list[tuple[int, bool]]) -> None:
    out, whole = minutes_out(parts)
    away, _same = minutes_out([(minutes, not is_out) for minutes, is_out in parts])
    assert out + away == whole == sum(minutes for minutes, _is_out in parts)


def test_phone_minutes_of_a_meeting() -> None:
    assert minutes_out([(7, False), (23, True), (120, False), (0, True)]) == (23, 150)
    assert minutes_out([]) == (0, 0)
