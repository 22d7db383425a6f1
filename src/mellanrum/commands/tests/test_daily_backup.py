"""A backup a day by itself: when it is time, what is kept, what is never touched, and that a hall in use does not notice."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mellanrum.commands.daily_backup import DailyBackups, back_up_apart, is_due
from mellanrum.commands.tests.test_cli import run
from mellanrum.config import read_daily_backups
from mellanrum.core.backup import newest_daily, verify
from mellanrum.outcomes.tests.test_documentation import answer_everything
from tests.conformance.client import join
from tests.running import demo

NOON = datetime(2026, 5, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
NEVER = range(0)


class Day:
    """A clock that goes an hour with every look, a hall that may be full, and what was backed up when."""

    def __init__(
        self, folder: Path, *, busy: range = range(0), failing: range = range(0), raising: range = range(0), hours: int = 30
    ) -> None:
        self.made: list[int] = []
        self._busy, self._failing, self._raising, self._hours = busy, failing, raising, hours
        self.hour = 0
        self._folder = folder
        thread = DailyBackups(folder, 3, is_quiet=self._is_quiet, back_up=self._back_up, clock=self._clock, rest=self._rest)
        thread.run()

    def _clock(self) -> datetime:
        return NOON + self.hour * HOUR

    def _rest(self, _seconds: float) -> bool:
        self.hour += 1
        return self.hour > self._hours

    def _is_quiet(self) -> bool:
        return self.hour not in self._busy

    def _back_up(self, folder: Path, _keep: int) -> bool:
        self.made.append(self.hour)
        if self.hour in self._raising:
            raise OSError
        if self.hour in self._failing:
            return False
        (folder / "backups").mkdir(exist_ok=True)
        path = folder / "backups" / f"daily-{self._clock():%Y%m%dT%H%M%S%fZ}.tar.gz"
        path.touch()
        os.utime(path, (self._clock().timestamp(),) * 2)
        return True


def test_once_a_day(tmp_path: Path) -> None:
    assert Day(tmp_path, hours=60).made == [1, 25, 49]


def test_a_hall_in_use_is_waited_for_but_not_for_ever(tmp_path: Path) -> None:
    short, long = tmp_path / "short", tmp_path / "long"
    short.mkdir()
    long.mkdir()
    assert Day(short, busy=range(4)).made == [4, 28]
    assert Day(long, busy=range(1, 99)).made == [6]


def test_what_failed_is_tried_again_an_hour_later(tmp_path: Path) -> None:
    assert Day(tmp_path, failing=range(4), hours=6).made == [1, 2, 3, 4]


def test_what_cannot_even_be_tried_is_tried_again_as_well(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert Day(tmp_path, raising=range(1, 3)).made == [1, 2, 3, 27]
    assert "could not be made" in caplog.text


def test_a_clock_that_was_put_back_stops_nothing() -> None:
    assert is_due(NOON, NOON - HOUR, is_quiet=False)
    assert not is_due(NOON, NOON + HOUR, is_quiet=True)


@pytest.mark.parametrize(("given", "kept"), [("", 14), ("0", 0), ("3", 3), ("-1", 14), ("x", 14), ("99999", 1000)])
def test_the_setting(monkeypatch: pytest.MonkeyPatch, given: str, kept: int) -> None:
    monkeypatch.setenv("MELLANRUM_BACKUPS", given)
    assert read_daily_backups() == kept


def test_while_people_answer_it_is_verified_and_only_its_own_are_dropped(tmp_path: Path) -> None:
    with demo(tmp_path / "data") as running:
        backups = running.data / "backups"
        asked_for = Path(run("backup", "--data", running.data).stdout.strip())
        for number in range(4):
            answer_everything(join(running.base, running.code), f"Så många är vi nu: {number}")
            assert back_up_apart(running.data, 2)
    kept = sorted(path for path in backups.iterdir() if path.name.startswith("daily-"))
    assert len(kept) == 2
    assert newest_daily(backups) == kept[-1]
    assert asked_for.exists()
    assert all(verify(path).members for path in kept)
    run("restore", kept[-1], "--data", tmp_path / "again")
    assert "Så många är vi nu: 3" in (tmp_path / "again" / "mellanrum.sqlite3").read_bytes().decode("utf-8", "ignore")


def test_what_fails_is_said_to_the_operator(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    assert not back_up_apart(tmp_path / "missing", 2)
    assert "finns inte" in caplog.text
    assert run("backup", "--daily", "0", "--data", tmp_path, code=2).stdout == ""
