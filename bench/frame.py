"""What a row is: a measurement beside its reference, both from the same run, and a goal for the ratio."""

from __future__ import annotations

import importlib
import json
import operator
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fnmatch import fnmatch
from typing import NamedTuple

_COMPARISONS = {">=": operator.ge, "<=": operator.le}


class Measured(NamedTuple):
    """Without a reference the goal is about the value itself; so it is where the reference only tells how fast the machine is."""

    value: float
    reference: float | None = None
    is_yardstick: bool = False


class CannotMeasure(Exception):
    """This machine lacks what the row needs; the message says what."""


@dataclass(frozen=True)
class Result:
    """As printed with `--json`."""

    row: str
    value: float
    unit: str
    reference: float | None
    ratio: float | None
    goal: str
    met: bool


@dataclass(frozen=True)
class Row:
    name: str
    unit: str
    goal: str
    measure: Callable[[], Measured]

    def run(self) -> Result:
        measured = self.measure()
        reference = measured.reference
        ratio = measured.value / reference if reference else None
        return Result(
            row=self.name,
            value=_rounded(measured.value),
            unit=self.unit,
            reference=None if reference is None else _rounded(reference),
            ratio=None if ratio is None else _rounded(ratio),
            goal=self.goal,
            met=is_met(self.goal, measured.value if ratio is None or measured.is_yardstick else ratio),
        )


ROWS: dict[str, Row] = {}


def row(name: str, *, unit: str, goal: str) -> Callable[[Callable[[], Measured]], Callable[[], Measured]]:
    """Register a function that measures for at most ten seconds.

    `goal` is `>= 8` or `<= 1.5`: about value / reference, or about the value where there is no reference.
    """

    def register(measure: Callable[[], Measured]) -> Callable[[], Measured]:
        ROWS[name] = Row(name, unit, goal, measure)
        return measure

    return register


def load_rows() -> None:
    """Import every module of `bench.rows`."""
    import bench.rows

    for module in pkgutil.iter_modules(bench.rows.__path__):
        importlib.import_module(f"bench.rows.{module.name}")


def chosen(patterns: Sequence[str]) -> list[Row]:
    """Rows by name or pattern (`ledger-*`), all of them without one. Raises KeyError for a pattern that fits none."""
    for pattern in patterns:
        if not any(fnmatch(name, pattern) for name in ROWS):
            raise KeyError(pattern)
    return [row for name, row in ROWS.items() if not patterns or any(fnmatch(name, pattern) for pattern in patterns)]


def run(rows: Sequence[Row]) -> Iterator[Result]:
    """Results as they come; says on stderr what is being measured, and what could not be."""
    for number, row in enumerate(rows, start=1):
        print(f"{number}/{len(rows)} {row.name} …", file=sys.stderr, flush=True)
        try:
            yield row.run()
        except CannotMeasure as problem:
            print(f"  not measured: {problem}", file=sys.stderr)


def is_met(goal: str, value: float) -> bool:
    comparison, limit = goal.split()
    return bool(_COMPARISONS[comparison](value, float(limit)))


@contextmanager
def pinned(core: int = 0) -> Iterator[None]:
    """This process on one core, where the system lets us: ratios then depend less on who else is running."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {sorted(before)[core % len(before)]})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def as_json(results: Sequence[Result]) -> str:
    return json.dumps([asdict(result) for result in results], ensure_ascii=False, indent=1)


def as_table(results: Sequence[Result]) -> str:
    lines = [("row", "value", "unit", "reference", "ratio", "goal", "met")]
    lines += [
        (
            result.row,
            f"{result.value:,}",
            result.unit,
            _text(result.reference),
            _text(result.ratio),
            result.goal,
            "yes" if result.met else "NO",
        )
        for result in results
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def _text(number: float | None) -> str:
    return "–" if number is None else f"{number:,}"


def _rounded(number: float) -> float:
    """Three figures are more than a shared machine can promise."""
    return float(f"{number:.3g}")
