"""The server's time, the only time that decides anything."""

from __future__ import annotations

import time
from datetime import UTC, datetime


def now_ms() -> int:
    """Unix milliseconds."""
    return time.time_ns() // 1_000_000


def now() -> datetime:
    """The same moment as an aware datetime in UTC."""
    return datetime.now(UTC)
