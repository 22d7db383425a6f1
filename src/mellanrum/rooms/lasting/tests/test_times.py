"""Until when: local time, the nights when the clock changes, and what nobody should write."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mellanrum.programmes.fields import Unreadable
from mellanrum.rooms.lasting.reading import read_wishes
from mellanrum.rooms.lasting.times import LONGEST, read_until, suggested

NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)
GOOD = {"day": "2026-10-27", "time": "16.00", "results": "after", "asked_by": "Elin", "welcome": "Hej"}


def read(day: str, at: str, *, now: datetime = NOW) -> datetime:
    return read_until(day, at, now=now, opened_at=now)


def test_in_a_week_at_four_also_when_the_clock_changes_in_between():
    assert suggested(NOW).isoformat() == "2026-10-27T16:00:00+01:00"
    assert suggested(NOW - timedelta(days=14)).isoformat() == "2026-10-13T16:00:00+02:00"


@pytest.mark.parametrize(
    ("day", "at", "now", "expected"),
    [
        ("2026-10-24", "16:00", NOW, "2026-10-24T14:00:00+00:00"),  # summer time
        ("2026-10-25", "16.00", NOW, "2026-10-25T15:00:00+00:00"),  # the clock has gone back
        ("2026-10-25", "02:30", NOW, "2026-10-25T01:30:00+00:00"),  # comes twice: the second, so nobody is too late
        ("2026-10-25", "3", NOW, "2026-10-25T02:00:00+00:00"),
        (" 2026-10-21 ", " 8:05 ", NOW, "2026-10-21T06:05:00+00:00"),
        ("2027-03-28", "03:00", NOW + timedelta(days=120), "2027-03-28T01:00:00+00:00"),
    ],
)
def test_what_people_write_is_a_moment(day, at, now, expected):
    assert read(day, at, now=now).isoformat() == expected


def test_an_hour_that_is_skipped_is_told_of():
    with pytest.raises(Unreadable, match="finns inte den natten"):
        read("2027-03-28", "02:30", now=NOW + timedelta(days=120))


@pytest.mark.parametrize(
    ("day", "at", "said"),
    [
        ("2026-10-20", "08:00", "redan varit"),
        ("1626-10-20", "16:00", "redan varit"),
        ("0001-01-01", "00:00", "Skriv dagen"),
        ("2426-10-20", "16:00", "högst 90 dagar"),
        ("9998-12-31", "23:59", "högst 90 dagar"),
        ("9999-12-31", "23:59", "Skriv dagen"),
        ("2027-02-30", "16:00", "Skriv dagen"),
        ("", "16:00", "Skriv dagen"),
        ("i morgon", "16:00", "Skriv dagen"),
        ("2026-10-27\x00", "", "Skriv klockslaget"),
        ("2026-10-27", "25:00", "Skriv klockslaget"),
        ("2026-10-27", "16.00.00.00", "Skriv klockslaget"),
        ("2026-10-27", "١٦:٠٠x", "Skriv klockslaget"),
        ("2026-10-27", "' OR 1=1", "Skriv klockslaget"),
        ("2026-10-27" * 1000, "16", "Skriv dagen"),
    ],
)
def test_what_cannot_be_says_what_to_write(day, at, said):
    with pytest.raises(Unreadable, match=said):
        read(day, at)


def test_ninety_days_and_not_a_minute_more():
    latest = (NOW + LONGEST).astimezone()
    day, minute = latest.date().isoformat(), timedelta(minutes=1)
    local = lambda moment: moment.astimezone(suggested(NOW).tzinfo)  # noqa: E731
    assert read(local(NOW + LONGEST).date().isoformat(), local(NOW + LONGEST).strftime("%H:%M")) == NOW + LONGEST
    with pytest.raises(Unreadable):
        read(day, local(NOW + LONGEST + minute).strftime("%H:%M"))


@pytest.mark.parametrize(
    ("field", "text", "problem"),
    [
        ("day", "aldrig", "until"),
        ("results", "always", "results"),
        ("results", "", "results"),
        ("asked_by", " \x00 ", "asked_by"),
        ("asked_by", "x" * 121, "asked_by"),
        ("welcome", "å" * 601, "welcome"),
    ],
)
def test_each_field_is_read_with_care(field, text, problem):
    assert read_wishes(GOOD, now=NOW)[0] is not None
    wishes, problems = read_wishes(GOOD | {field: text}, now=NOW)
    assert wishes is None
    assert list(problems) == [problem]
    assert problems[problem]


def test_what_is_strange_but_harmless_is_kept():
    wishes, _problems = read_wishes(GOOD | {"asked_by": "<b>Elin</b>\n\n", "welcome": "\u202eHej\r\ndå\x07"}, now=NOW)
    assert wishes is not None
    assert (wishes.lasting.asked_by, wishes.lasting.welcome) == ("<b>Elin</b>", "\u202eHej\ndå")
