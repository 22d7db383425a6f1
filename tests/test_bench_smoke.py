"""The measurements run, and no ratio has fallen far from its goal: a slow machine passes, a lost factor does not."""

from __future__ import annotations

import pytest

from bench import frame
from bench.rows import fanout, http

SLACK = 3.0
WATCHED = (
    "answer-http",
    "answer-django",
    "burst-1000-lost",
    "burst-1000",
    "burst-1000-total",
    "fanout-1000",
)
BYTES = ("firstload", "firstload-fonts")  # as many on any machine

pytestmark = [pytest.mark.fault, pytest.mark.slow]  # alone on the machine; a thousand people take some seconds to come in


@pytest.fixture(scope="module", autouse=True)
def quick_rows() -> None:
    """Fewer rounds than `./dev bench` takes: enough to see a lost factor."""
    frame.load_rows()
    http.ROUNDS, fanout.PUBLISHES = 1, 5


@pytest.mark.parametrize("name", WATCHED)
def test_no_row_is_far_from_its_goal(name: str) -> None:
    result = frame.ROWS[name].run()
    sign, limit = result.goal.split()
    found = result.value if result.ratio is None else result.ratio
    allowed = float(limit) * SLACK if sign == "<=" else float(limit) / SLACK
    assert frame.is_met(f"{sign} {allowed}", found), result


@pytest.mark.parametrize("name", BYTES)
def test_the_first_load_is_light(name: str) -> None:
    assert frame.ROWS[name].run().met
