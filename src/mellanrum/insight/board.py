"""A picture in cells, with what is taken of it: finds the free place nearest to a point, fast."""

from __future__ import annotations

from math import ceil

WIDE = 0.4
"""A step sideways counts less than one up or down: pictures are wider than high."""


class Board:
    """One whole number per row, a bit per column, so that a row is searched in a few operations."""

    def __init__(self, width: float, height: float, cell: float) -> None:
        self.cell = cell
        self.columns = int(width / cell)
        self.rows = [0] * int(height / cell)

    @property
    def free(self) -> float:
        """The area that is not taken."""
        return (self.columns * len(self.rows) - sum(row.bit_count() for row in self.rows)) * self.cell**2

    def take(self, width: float, height: float, near: tuple[float, float]) -> tuple[float, float] | None:
        """Take the free place nearest to a point, with a cell of space beside it; its middle, or None when there is none."""
        across, down = ceil(width / self.cell) + 1, max(1, ceil(height / self.cell))
        found = self._nearest(across, down, near[0] / self.cell - across / 2, near[1] / self.cell - down / 2)
        if found is None:
            return None
        self._fill(*found, across, down)
        column, row = found
        return (column + across / 2) * self.cell, (row + down / 2) * self.cell

    def mark(self, width: float, height: float, middle: tuple[float, float]) -> None:
        """Take the place around a point, whatever is there."""
        across, down = ceil(width / self.cell) + 1, max(1, ceil(height / self.cell))
        column, row = round(middle[0] / self.cell - across / 2), round(middle[1] / self.cell - down / 2)
        self._fill(max(0, column), max(0, row), across, down)

    def _fill(self, column: int, row: int, across: int, down: int) -> None:
        mask = ((1 << across) - 1) << column
        for taken in range(row, min(row + down, len(self.rows))):
            self.rows[taken] |= mask

    def _nearest(self, across: int, down: int, x: float, y: float) -> tuple[int, int] | None:
        found, least = None, float("inf")
        for row in sorted(range(len(self.rows) - down + 1), key=lambda row: (abs(row - y), row)):
            far = (row - y) ** 2
            if far >= least:
                break
            column = _nearest_bit(self._free(row, across, down), round(x), self.columns - across)
            if column is not None and (away := ((column - x) * WIDE) ** 2 + far) < least:
                found, least = (column, row), away
        return found

    def _free(self, row: int, across: int, down: int) -> int:
        """A bit for every column where so many free cells begin."""
        taken = 0
        for one in self.rows[row : row + down]:
            taken |= one
        free = ~taken & ((1 << self.columns) - 1)
        have = 1
        while have < across and free:
            step = min(have, across - have)
            free &= free >> step
            have += step
        return free


def _nearest_bit(bits: int, at: int, last: int) -> int | None:
    """The set bit nearest to a place, the left one of two; None when no bit is set."""
    if not bits or last < 0:
        return None
    at = min(max(at, 0), last)
    before = (bits & ((1 << (at + 1)) - 1)).bit_length() - 1
    after = bits >> at
    later = at + (after & -after).bit_length() - 1 if after else -1
    if before < 0 or later < 0:
        return max(before, later)
    return before if at - before <= later - at else later
