"""A late day as people read it: times on the wall over midnight and through nights that change the clock, and the lines on phones."""

from __future__ import annotations

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string

from mellanrum.rooms.plan import Block, Plan
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.stage.fold import fold
from mellanrum.rooms.stage.offers import Line, OfferView, Point, offer_view
from mellanrum.rooms.stage.state import EMPTY
from mellanrum.rooms.stage.tests.factory import MINUTE, act
from mellanrum.rooms.stage.timing import times
from mellanrum.rooms.stage.views import Moved, PhoneStage
from mellanrum.rooms.views.replanning import lengths_in
from mellanrum.ui.templatetags.ui import wall_time

STOCKHOLM = ZoneInfo("Europe/Stockholm")
NIGHTS = [
    (datetime(2030, 4, 16, 22, 0, tzinfo=STOCKHOLM), 150, time(0, 30), "02.30"),  # over midnight
    (datetime(2030, 3, 31, 0, 30, tzinfo=STOCKHOLM), 90, time(3, 0), "05.00"),  # the night without an hour from two to three
    (datetime(2030, 10, 27, 0, 30, tzinfo=STOCKHOLM), 210, time(3, 0), "05.00"),  # the night that has that hour twice
]


def course(starts: datetime, fixed: int) -> tuple[Course, int]:
    """An hour of talk, a pause until the fixed time, and two hours."""
    at = int(starts.timestamp() * 1000)
    blocks = (Block("talk", "Samtal", minutes=30), Block("more", "Mer", minutes=30), Block("night", "Vila", minutes=120, fixed=fixed))
    return course_of(Plan(starts_at=at, blocks=blocks), {}), at


@pytest.mark.parametrize(("starts", "fixed", "at", "end"), NIGHTS)
def test_fixed_times_and_the_end_are_times_on_the_wall(starts: datetime, fixed: int, at: time, end: str) -> None:
    night, begins = course(starts, fixed)
    state = fold(night, EMPTY, act("next", 1, at=begins + 10 * MINUTE))
    when = times(night.plan, state, night.step(state.step).block)
    assert (wall_time(when.starts[2]), wall_time(when.projected_end)) == (f"{at:%H.%M}", end)
    assert when.heading is not None
    assert wall_time(when.heading.at) == f"{at:%H.%M}"
    assert when.projected_end == when.planned_end


@pytest.mark.parametrize(("starts", "fixed", "at", "end"), NIGHTS)
def test_the_proposal_names_them_too(starts: datetime, fixed: int, at: time, end: str) -> None:
    night, begins = course(starts, fixed)
    late = begins + (fixed - 55) * MINUTE  # five minutes too late for both before the fixed time
    shown = offer_view(night, fold(night, EMPTY, act("next", 1, at=late)), late)
    assert [one.minutes if isinstance(one, Line) else wall_time(one.begins) for one in shown.lines] == [25, f"{at:%H.%M}", 120, end]
    assert (shown.kind, shown.cuts, shown.yes) == ("late", 1, '{"from":"talk","lengths":{"more":25}}')


def drawn(offer: OfferView) -> str:
    return " ".join(render_to_string("rooms/fragments/replan-offer.html", {"offer": offer}).split())


def test_what_cannot_be_won_is_told_with_what_could_be_left_out() -> None:
    night, begins = course(datetime(2030, 4, 16, 10, 0, tzinfo=STOCKHOLM), 60)
    state = fold(night, EMPTY, act("next", 1, at=begins + 15 * MINUTE))
    page = drawn(offer_view(night, state, begins + 15 * MINUTE))
    assert "Allt går inte att ta igen" in page
    assert "11.05 Vila i stället för 11.00" in page
    assert "5 minuter går inte att ta igen." in page
    assert "Hoppa över Mer" in page


def test_words_of_the_plan_are_words() -> None:
    lines = (Line("b", "<script>x</script>", 5, 4), Point("<b>", 0, 0, 0))
    page = drawn(OfferView("late", "b", lines, '{"from":"\\"><script>"}', '{"leave":true}', 1))
    assert "<script>" not in page
    assert "&lt;script&gt;x" in page


@pytest.mark.parametrize(
    ("moved", "told"),
    [
        (Moved("Lunch", 600_000, 0), "Lunch börjar 01.10 i stället för 01.00."),
        (Moved("", 600_000, 0), "Vi slutar 01.10 i stället för 01.00."),
        (None, ""),
    ],
)
def test_phones_have_one_line_when_it_concerns_them(moved: Moved | None, told: str) -> None:
    page = render_to_string("rooms/fragments/stage-phone.html", {"view": PhoneStage("running", "P", "T", "", moved=moved)})
    assert ("data-moved" in page) == bool(moved)
    assert told in page


@pytest.mark.parametrize(
    ("query", "lengths"),
    [
        ("m-b=27&m-c=0", {"b": 27, "c": 0}),
        ("m-b=999", {"b": 600}),
        ("m-b=-1&m-c=1e3&m-d=%C2%B2&m-e=1000&m-f=&m-g=%D9%A3", {}),  # signs, words and digits of others
        ("b=3&csrf=4", {}),
    ],
)
def test_only_lengths_are_read_from_an_address(query: str, lengths: dict[str, int]) -> None:
    assert lengths_in(QueryDict(query)) == lengths


def test_lengths_of_blocks_that_are_not_there_are_passed_over() -> None:
    night, begins = course(datetime(2030, 4, 16, 10, 0, tzinfo=STOCKHOLM), 60)
    state = fold(night, EMPTY, act("next", 1, at=begins))
    shown = offer_view(night, state, begins, {"talk": 5, "none": 7, "more": 20})
    assert shown.yes == '{"from":"talk","lengths":{"more":20}}'
