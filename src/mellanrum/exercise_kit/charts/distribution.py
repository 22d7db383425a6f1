"""How answers spread over a numbered scale: bars with their counts printed on them, and the mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.charts import svg

LABEL, LEFT, INNER, RIGHT = 128, 128, 244, 430
ROW, TOP, BAR = 92, 76, 48
WAITING = (0.38, 0.68, 1.0, 0.84, 0.46)


class ChartRow(msgspec.Struct, frozen=True):
    """Answers about one subject, counted from the scale's low to its high. `too_few`: dashed bars, no numbers."""

    label: str
    counts: tuple[int, ...]
    mean: float | None = None
    too_few: bool = False

    @property
    def answers(self) -> int:
        return 0 if self.too_few else sum(self.counts)


def distribution(
    rows: Sequence[ChartRow], low: int, high: int, low_label: str = "", high_label: str = "", *, large: bool = False, reading: str = ""
) -> str:
    """One SVG. `large`: one row filling a projector; several rows are always stacked. `reading` defaults to `read(rows)`."""
    said = reading or read(rows)
    ends = (low_label, high_label)
    if large and len(rows) == 1:
        return svg.picture(1760, 560, said, list(_large(rows[0], low, high, ends)), "chart-large")
    bottom = TOP + ROW * max(0, len(rows) - 1)
    parts = [part for place, row in enumerate(rows) for part in _row(row, TOP + ROW * place, low, high, _most(rows))]
    feet = list(_feet(bottom + 22, low, high, ends))
    extra = 24 if any(ends) else 0
    return svg.picture(RIGHT, bottom + 34 + extra + (18 if _is_long(ends) else 0), said, [*parts, *feet], "chart-rows")


def read(rows: Sequence[ChartRow]) -> str:
    """The chart in words."""
    if not any(row.answers for row in rows):
        return _("För få svar för att visas.") if any(row.too_few for row in rows) else _("Inga svar än.")
    return " ".join(_read_row(row) for row in rows)


def decimal(value: float) -> str:
    """One decimal, with the decimal sign of the active language."""
    return str(number_format(round(value, 1), decimal_pos=1, use_l10n=True))


def _read_row(row: ChartRow) -> str:
    if row.too_few:
        return _("%(subject)s: för få svar för att visas.") % {"subject": row.label}
    if row.mean is None:
        return _("%(subject)s: inga svar.") % {"subject": row.label}
    said = ngettext("%(subject)s: %(mean)s, ett svar.", "%(subject)s: medel %(mean)s, %(answers)s svar.", row.answers)
    return said % {"subject": row.label, "mean": decimal(row.mean), "answers": row.answers}


def _most(rows: Sequence[ChartRow]) -> int:
    return max((count for row in rows if not row.too_few for count in row.counts), default=0)


def _row(row: ChartRow, base: float, low: int, high: int, most: int) -> Iterator[str]:
    steps = high - low + 1
    pitch = INNER / steps
    gap = pitch * 0.164
    yield from _label(row.label, base)
    yield svg.axis(LEFT, base, INNER)
    for place in range(steps):
        x, width = LEFT + pitch * place + gap / 2, pitch - gap
        if row.answers == 0:
            height = BAR * _waiting(place, steps) * 0.7
            yield svg.dashed(x, base - height, width, height, line=1.3)
            continue
        count = row.counts[place] if place < len(row.counts) else 0
        height = BAR * count / most if most else 0
        yield svg.rect(x, base - height, width, height, place=place, steps=steps)
        if count:
            yield svg.text(x + width / 2, base - height - 5, str(count), "count", _fit(pitch), anchor="middle", colour=svg.INK_2)
    if row.mean is not None and row.answers:
        yield svg.text(LEFT + INNER + 16, base - 6, decimal(row.mean), "mean", 24, weight=400, family=svg.SERIF)


def _label(words: str, base: float) -> Iterator[str]:
    found = svg.lines(words, 16, 3)
    for place, line in enumerate(found):
        yield svg.text(0, base - 8 - 17 * (len(found) - 1 - place), line, "label", 15, weight=600)


def _feet(y: float, low: int, high: int, ends: tuple[str, str]) -> Iterator[str]:
    """The numbers of the scale, and under them what its ends mean; long ends get a line each."""
    pitch = INNER / (high - low + 1)
    for place, value in enumerate(range(low, high + 1)):
        yield svg.text(LEFT + pitch * (place + 0.5), y, str(value), "number", 14, anchor="middle", colour=svg.INK_2)
    first, last = (svg.lines(end, 36, 1)[0] for end in ends)
    if first:
        yield svg.text(LEFT, y + 24, f"{low} {first}", "number", 14, colour=svg.INK_2)
    if last:
        y_last = y + (42 if _is_long(ends) else 24)
        yield svg.text(LEFT + INNER, y_last, f"{high} {last}", "number", 14, anchor="end", colour=svg.INK_2)


def _is_long(ends: tuple[str, str]) -> bool:
    return all(ends) and sum(len(end) for end in ends) > 26


def _large(row: ChartRow, low: int, high: int, ends: tuple[str, str]) -> Iterator[str]:
    steps = high - low + 1
    pitch, base, tallest = 1450 / steps, 400, 338
    width = pitch * 0.83
    most = _most([row])
    yield svg.axis(130, base + 1, 1500, line=3)
    for place in range(steps):
        x = 160 + pitch * place
        middle = x + width / 2
        if row.answers == 0:
            height = tallest * _waiting(place, steps) * 0.68
            yield svg.dashed(x, base - height, width, height, line=4)
        else:
            count = row.counts[place] if place < len(row.counts) else 0
            height = tallest * count / most if most else 0
            yield svg.rect(x, base - height, width, height, place=place, steps=steps, radius=0)
            yield svg.text(middle, base - height - 20, str(count), "count", 46, anchor="middle", weight=650)
        yield svg.text(middle, 480, str(low + place), "number", 38, anchor="middle")
    yield from _large_ends(low, high, ends, 1610 - pitch + width)
    if row.mean is not None and row.answers:
        x = 160 + width / 2 + pitch * (row.mean - low)
        yield svg.marker(x, base + 6, 16)
        yield svg.text(x + 26, base + 40, decimal(row.mean), "count", 38, weight=650)


def _large_ends(low: int, high: int, ends: tuple[str, str], right: float) -> Iterator[str]:
    first, last = (svg.lines(end, 38, 1)[0] for end in ends)
    if first:
        yield svg.text(160, 540, f"{low} {first}", "number", 38)
    if last:
        yield svg.text(right, 540, f"{high} {last}", "number", 38, anchor="end")


def _waiting(place: int, steps: int) -> float:
    """The height of a dashed bar: a hill, whatever the number of steps."""
    return WAITING[round(place * (len(WAITING) - 1) / max(1, steps - 1))]


def _fit(pitch: float) -> float:
    """Counts of three digits must fit over narrow bars."""
    return 13.5 if pitch > 30 else 11.5
