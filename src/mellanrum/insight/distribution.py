"""Counts on a numbered scale: how many, mean and spread."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import sqrt

import msgspec


class Distribution(msgspec.Struct, frozen=True):
    """`counts` runs from the scale's low to its high; `mean` is None without answers, `spread` with fewer than two."""

    counts: tuple[int, ...]
    answers: int
    mean: float | None
    spread: float | None


def distribution(counts: Sequence[int], low: int) -> Distribution:
    """Mean and sample standard deviation (n - 1) of answers counted per step, the first step being `low`."""
    answers = sum(counts)
    if answers == 0:
        return Distribution(tuple(counts), 0, None, None)
    total = sum(count * value for value, count in enumerate(counts, low))
    mean = total / answers
    squares = sum(count * (value - mean) ** 2 for value, count in enumerate(counts, low))
    spread = sqrt(squares / (answers - 1)) if answers > 1 else None
    return Distribution(tuple(counts), answers, mean, spread)


def count_values(values: Iterable[object], low: int, high: int) -> tuple[int, ...]:
    """How many of each step from low to high; anything else is left out."""
    counts = dict.fromkeys(range(low, high + 1), 0)
    for value in values:
        if isinstance(value, int) and value in counts:
            counts[value] += 1
    return tuple(counts.values())


def add_counts(first: Sequence[int], second: Sequence[int]) -> tuple[int, ...]:
    """Step by step; steps beyond the first's are left out."""
    padded = (*second, *([0] * max(0, len(first) - len(second))))
    return tuple(one + other for one, other in zip(first, padded, strict=False))
