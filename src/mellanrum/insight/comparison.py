"""Whether a difference between two means is more than the answers' own spread would give by chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import msgspec


class Sample(msgspec.Struct, frozen=True):
    """Mean, sample standard deviation and number of answers."""

    mean: float
    spread: float
    answers: int


def standard_error(first: Sample, second: Sample) -> float:
    """Of the difference between two means, as in Welch's test; the samples count as independent."""
    return sqrt(first.spread**2 / first.answers + second.spread**2 / second.answers)


def certain_difference(pairs: Sequence[tuple[Sample, Sample]], *, at_least: float) -> float | None:
    """The mean of first minus second over all pairs, when it is certain; else None.

    Certain: at least so many steps of the scale and more than two standard errors. The same people answer every pair, so the
    errors are averaged as if they went wholly together: that never says too much.
    """
    if not pairs:
        return None
    difference = sum(first.mean - second.mean for first, second in pairs) / len(pairs)
    error = sum(standard_error(first, second) for first, second in pairs) / len(pairs)
    return difference if abs(difference) >= at_least and abs(difference) > 2 * error else None
