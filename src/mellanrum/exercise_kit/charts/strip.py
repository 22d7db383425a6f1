"""A distribution without words around it: bars, their counts, and under the axis the mean as a mark or the numbers of the scale."""

from __future__ import annotations

from collections.abc import Iterator

from mellanrum.exercise_kit.charts import svg
from mellanrum.exercise_kit.charts.distribution import ChartRow, decimal, read

WIDTH, HEIGHT, BASE, TALLEST = 360, 150, 108, 66
COUNT = 34


def strip(row: ChartRow, low: int, high: int, *, is_numbered: bool = False) -> str:
    """One SVG in units of the projector; what the ends of the scale mean is said once, beside it."""
    feet = _numbers(low, high) if is_numbered else _mean(row, low, high)
    return svg.picture(WIDTH, HEIGHT, read([row]), [*_bars(row, low, high), *feet], "chart-strip")


def _bars(row: ChartRow, low: int, high: int) -> Iterator[str]:
    steps = high - low + 1
    pitch = WIDTH / steps
    most = max(row.counts, default=0)
    yield svg.axis(0, BASE + 1, WIDTH, line=2)
    for place in range(steps):
        x, width = pitch * place + pitch * 0.08, pitch * 0.84
        if not row.answers:
            yield svg.dashed(x, BASE - TALLEST / 2, width, TALLEST / 2, line=2)
            continue
        count = row.counts[place] if place < len(row.counts) else 0
        height = TALLEST * count / most if most else 0
        yield svg.rect(x, BASE - height, width, height, place=place, steps=steps, radius=2)
        if count and steps <= 7:
            yield svg.text(x + width / 2, BASE - height - 7, str(count), "count", COUNT, anchor="middle", weight=600)


def _numbers(low: int, high: int) -> Iterator[str]:
    pitch = WIDTH / (high - low + 1)
    for place, value in enumerate(range(low, high + 1)):
        yield svg.text(pitch * (place + 0.5), BASE + 30, str(value), "number", 18, anchor="middle", colour=svg.INK_2)


def _mean(row: ChartRow, low: int, high: int) -> Iterator[str]:
    if row.mean is not None and row.answers:
        pitch = WIDTH / (high - low + 1)
        x = pitch * (row.mean - low + 0.5)
        yield svg.marker(x, BASE + 6, 11)
        is_late = x > WIDTH - 90
        yield svg.text(
            x - 20 if is_late else x + 20, BASE + 36, decimal(row.mean), "mean", 36, anchor="end" if is_late else "start", weight=400
        )
