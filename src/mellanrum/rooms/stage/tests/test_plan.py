"""Reading a plan: what it may hold and what it says when it may not."""

from __future__ import annotations

from typing import Any

import pytest

from mellanrum.rooms.plan import read_plan, write_plan
from mellanrum.rooms.stage.course import course_of
from mellanrum.rooms.stage.tests.factory import START, TYPES, plan_json


def planned(**changes: Any) -> dict[str, Any]:
    plan = plan_json()
    plan["blocks"][1]["exercise"] |= changes
    return plan


def test_a_plan_survives_the_database():
    plan = read_plan(plan_json())
    assert read_plan(write_plan(plan)) == plan
    assert (plan.title, plan.starts_at, plan.length_ms, len(plan.blocks)) == ("Träff 1", START, 35 * 60_000, 3)


def test_fields_of_later_releases_are_ignored():
    assert read_plan({**plan_json(), "colour": "blue"}) == read_plan(plan_json())


@pytest.mark.parametrize(
    ("plan", "says"),
    [
        (planned(slug="words"), "taps-2: the exercise type 'words' is not installed; these are: taps."),
        (planned(definition={"version": 9}), "taps-2: version 9 of taps is not known here; this release knows 1 to 1."),
        (planned(definition={}), "taps-2: version None of taps is not known here"),
        (planned(definition={"version": 1, "colour": 2}), "taps-2: the definition of taps cannot be read"),
        (planned(id="taps-3"), "The plan uses the name 'taps-3' twice"),
        (planned(id="stage"), "The plan uses the name 'stage' twice, or"),
        ({"blocks": [{"key": "a:b", "title": ""}]}, "The plan uses the name 'a:b'"),
        ({"blocks": [{"title": ""}]}, "The plan cannot be read"),
        ([], "The plan cannot be read"),
    ],
)
def test_a_plan_that_cannot_be_walked_says_why(plan, says):
    with pytest.raises(ValueError, match=r".") as caught:
        course_of(read_plan(plan), TYPES)
    assert says in str(caught.value)


def test_an_empty_plan_is_a_lobby():
    assert [step.key for step in course_of(read_plan({}), TYPES).steps] == ["lobby"]
