"""The small pieces of HTML: icons, clocks, codes, phases."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from mellanrum.ui.templatetags import ui

NOON = 1_776_340_800_000  # 16 April 2026, 14.00 in Stockholm


def test_an_icon_points_into_the_sprite() -> None:
    assert "#i-lock-key" in ui.icon("lock-key")
    assert "aria-hidden" in ui.icon("lock-key")


def test_an_unknown_icon_becomes_that_of_any_block() -> None:
    assert "#i-circle-notch" in ui.icon("no-such-thing")
    assert "no-such" not in ui.icon("no-such-thing")


def test_a_clock_is_read_once_and_drawn_digit_by_digit() -> None:
    drawn = ui.clk("14.31")
    assert drawn.count("14.31") == 1
    assert drawn.count("<i") == 5
    assert drawn.count('class="p"') == 1


def test_wall_time_is_local_and_follows_the_language() -> None:
    assert ui.wall_time(NOON) == "14.00"
    assert ui.wall_time(None) == ""


@pytest.mark.parametrize(("ms", "text"), [(770_000, "12:50"), (0, "0:00"), (-5000, "0:00"), (None, "")])
def test_a_span_is_minutes_and_seconds(ms: int | None, text: str) -> None:
    assert ui.span(ms) == text


def test_a_code_is_two_banks() -> None:
    assert ui.code_pair("47190326") == "4719 0326"
    assert (ui.part_of("47190326", "left"), ui.part_of("47190326", "right")) == ("4719", "0326")
    assert ui.code_pair("") == ""


def test_a_scale_has_both_its_ends() -> None:
    assert list(ui.upto(1, 5)) == [1, 2, 3, 4, 5]
    assert ui.steps(0, 10) == 11


def test_a_field_name_carries_type_data_and_key() -> None:
    assert ui.field_name("rate", "value", item="a&b", subject="me") == "rate?item=a%26b&subject=me#value"
    assert ui.field_name("group", "group") == "group?#group"


def test_own_answers_are_found_by_their_key() -> None:
    rows = (("i1", "me", 4), ("i1", "us", "dk"))
    assert ui.row_value(rows, "i1", "us") == "dk"
    assert ui.row_value(rows, "i2", "us") is None
    assert ui.row_value(None, "i1") is None


def test_phases_are_done_current_and_coming() -> None:
    phases = (("b:rate", "Svara"), ("b:result", "Visa"))
    assert [state for _step, _title, state in ui.stones(phases, "b:result")] == ["done", "current"]
    assert [state for _step, _title, state in ui.stones(phases, "other")] == ["coming", "coming"]


@pytest.mark.parametrize(("minutes", "words"), [(4, "4 min efter plan"), (-2, "2 min före plan"), (0, "")])
def test_drift_is_told_in_words(minutes: int, words: str) -> None:
    with translation.override("sv"):
        assert ui.drift(NOON + minutes * 60_000, NOON) == words
        assert ui.drift(None, NOON) == ""


def test_overrun_counts_whole_minutes_only_when_late() -> None:
    assert ui.overrun(27 * 60_000, 25) == 2
    assert ui.overrun(20 * 60_000, 25) == 0
    assert ui.overrun(None, 25) == 0


def test_days_until_counts_calendar_days() -> None:
    assert ui.days_until(timezone.now()) == 0
    assert ui.days_until(timezone.now() + timedelta(days=9)) == 9
