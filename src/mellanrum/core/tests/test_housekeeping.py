"""Housekeeping: at once and every day, and one that fails holds up no other."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from mellanrum.core import housekeeping
from mellanrum.core.housekeeping import Housekeeper, keep_house

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_it_is_done_at_once_and_then_every_day(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [MONDAY]
    seen: list[datetime] = []

    def rest(seconds: float) -> bool:
        clock[0] += timedelta(seconds=seconds)
        return len(seen) == 3

    def look(moment: datetime) -> Iterator[Any]:
        seen.append(moment)
        yield from ()

    monkeypatch.setattr(housekeeping, "_sweeps", [look])
    keeper = Housekeeper(lambda: clock[0], rest)
    keeper.start()
    keeper.join(10)
    assert seen == [MONDAY, MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)]


def test_one_that_fails_holds_up_no_other(caplog: pytest.LogCaptureFixture) -> None:
    seen: list[str] = []

    def broken(_: datetime) -> Iterator[Any]:
        raise ZeroDivisionError

    def look(_: datetime) -> Iterator[Any]:
        seen.append("looked")
        yield from ()

    with caplog.at_level(logging.ERROR):
        assert keep_house(MONDAY, [broken, look]) == 0
    assert seen == ["looked"]
    assert "Housekeeping failed" in caplog.text


def test_who_ends_it_does_not_wait_for_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(housekeeping, "_sweeps", [])
    keeper = Housekeeper()
    keeper.start()
    keeper.stop()
    assert not keeper.is_alive()
