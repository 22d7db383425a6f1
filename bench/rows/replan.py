"""What it costs to propose how a late day catches up."""

from __future__ import annotations

import statistics
import time

from bench.frame import Measured, pinned, row
from mellanrum.insight.replan import Coming, Track, propose

BLOCKS, TRACKS, FIXED_EVERY, TURNS = 60, 4, 12, 200


def long_day() -> tuple[Coming, ...]:
    """A day so long that nobody has it: sixty blocks of four tracks each, one in twelve at a fixed time."""
    return tuple(
        Coming(
            key=f"block-{number}",
            ideal=10 + number % 30,
            minutes=10 + number % 30,
            least=5 if number % 3 else None,
            most=40 if number % 4 else None,
            fixed=number * 24 if number and number % FIXED_EVERY == 0 else None,
            tracks=tuple(Track(f"Spår {track}", 8 + track + number % 30) for track in range(TRACKS)),
        )
        for number in range(BLOCKS)
    )


@row("replan", unit="ms", goal="<= 10")
def proposal() -> Measured:
    day = long_day()
    with pinned():
        return Measured(statistics.median(_timed(day, late) for late in range(TURNS)) * 1e3)


def _timed(day: tuple[Coming, ...], late: int) -> float:
    begun = time.perf_counter()
    assert len(propose(day, arrives=late, planned=0).minutes) == BLOCKS
    return time.perf_counter() - begun
