"""The server's time, the only time that decides anything."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


def moment_of(ms: int) -> datetime:
    """Unix milliseconds as an aware datetime in UTC."""
    return datetime.fromtimestamp(ms / 1000, tz=UTC)


def now() -> datetime:
    """The same moment as an aware datetime in UTC."""
    return datetime.now(UTC)
