"""The QR code of a room's door, as one path for an SVG."""

from __future__ import annotations

from typing import NamedTuple

import segno


class QrPath(NamedTuple):
    """`path` draws the dark squares in a square of `size` units; the quiet zone is left to who draws."""

    path: str
    size: int


def qr_path(text: str) -> QrPath:
    """The text as a QR code with medium error correction, runs of squares joined."""
    matrix = segno.make(text, error="m", micro=False).matrix
    runs = (run for y, row in enumerate(matrix) for run in _runs(y, row))
    return QrPath("".join(runs), len(matrix))


def _runs(y: int, row: bytearray) -> list[str]:
    runs, x = [], 0
    while x < len(row):
        start = x
        while x < len(row) and row[x]:
            x += 1
        if x > start:
            runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
        x += 1
    return runs
