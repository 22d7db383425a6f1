"""The time of whoever speaks, as arithmetic: it begins with the turn, and rests while the block's clock rests."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.contract import ClockChanged


class Speaking(msgspec.Struct, frozen=True):
    """In Unix milliseconds; while it rests `ends_at` is None and `left_ms` tells what is left."""

    started_at: int
    ends_at: int | None
    length_ms: int
    left_ms: int | None = None


def begun(seconds: int, at: int, *, is_resting: bool) -> Speaking:
    length = seconds * 1000
    return Speaking(at, None, length, length) if is_resting else Speaking(at, at + length, length)


def kept_to(speaking: Speaking | None, clock: ClockChanged) -> Speaking | None:
    """The same after the block's clock has rested or gone on. More or less time for the block is nobody's turn."""
    if speaking is None:
        return None
    if clock.ends_at is None and speaking.ends_at is not None:
        return msgspec.structs.replace(speaking, ends_at=None, left_ms=speaking.ends_at - clock.at)
    if clock.ends_at is not None and speaking.ends_at is None:
        return msgspec.structs.replace(speaking, ends_at=clock.at + (speaking.left_ms or 0), left_ms=None)
    return speaking
