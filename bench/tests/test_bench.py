"""The frame tells ratios and goals rightly, and the ledger is within reach of its goals even on a busy machine."""

from __future__ import annotations

import json
from typing import Any

import pytest

from bench import frame
from bench.frame import CannotMeasure, Measured, Row, as_json, as_table, chosen, is_met, load_rows
from bench.rows.fold import rows_of
from mellanrum.exercise_kit.registry import registry

SLACK = 4.0
"""Other work may stand on the same cores."""


def _row(name: str, value: float, reference: float | None, goal: str) -> Row:
    return Row(name, "answers/s", goal, lambda: Measured(value, reference))


def test_a_ratio_is_value_by_reference_and_the_goal_is_about_it() -> None:
    results = list(frame.run([_row("fast", 400, 100, ">= 4"), _row("slow", 399, 100, ">= 4"), _row("memory", 14, None, "<= 15")]))
    assert [(result.ratio, result.met) for result in results] == [(4.0, True), (3.99, False), (None, True)]
    assert json.loads(as_json(results))[0] == {
        "row": "fast",
        "value": 400.0,
        "unit": "answers/s",
        "reference": 100.0,
        "ratio": 4.0,
        "goal": ">= 4",
        "met": True,
    }
    assert as_table(results).splitlines()[2].split() == ["slow", "399.0", "answers/s", "100.0", "3.99", ">=", "4", "NO"]


def test_a_yardstick_is_shown_and_the_goal_is_about_the_value() -> None:
    result = Row("fold", "µs", "<= 20", lambda: Measured(19, 0.5, is_yardstick=True)).run()
    assert (result.reference, result.ratio, result.met) == (0.5, 38.0, True)


def test_what_cannot_be_measured_is_said_and_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    def measure() -> Measured:
        raise CannotMeasure("gcc is missing")

    assert list(frame.run([Row("epoll", "ms", "<= 1.5", measure)])) == []
    assert "gcc is missing" in capsys.readouterr().err


def test_rows_are_chosen_by_name_or_pattern(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frame, "ROWS", {name: _row(name, 1, 1, ">= 1") for name in ("ledger-50", "ledger-500", "fanout-1000")})
    assert [row.name for row in chosen(["ledger-50"])] == ["ledger-50"]
    assert [row.name for row in chosen(["ledger-*"])] == ["ledger-50", "ledger-500"]
    assert len(chosen([])) == 3
    with pytest.raises(KeyError):
        chosen(["legder"])


@pytest.mark.slow  # it measures: six turns of a second
@pytest.mark.fault  # alone, since others would take the cores
@pytest.mark.parametrize(("name", "goal"), [("ledger-500", 8), ("ledger-500-memory", 0.4)])
def test_grouping_is_worth_its_while(name: str, goal: float, django_db_blocker: Any) -> None:
    load_rows()
    with django_db_blocker.unblock():
        result = frame.ROWS[name].run()
    assert result.ratio is not None
    assert is_met(f">= {goal / 3}", result.ratio)


def test_every_type_folds_fast_and_a_thousand_words_are_seen_at_once() -> None:
    load_rows()
    rows = chosen(["fold-*", "words", "firstload-card"])
    assert {f"fold-{slug}" for slug, exercise in registry().items() if rows_of(exercise)} <= {row.name for row in rows}
    results = list(frame.run(rows))
    assert [result for result in results if not is_met(f"<= {float(result.goal.split()[1]) * SLACK}", result.value)] == []
