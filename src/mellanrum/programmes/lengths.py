"""Lengths of blocks as people write them: `10`, `10 min`, `1 h 20`, `1:20`."""

from __future__ import annotations

import re

LONGEST = 600

_HOURS = r"(?P<hours>[0-9]{1,2})\s*(?:h|t|tim|timme|timmar|hour|hours)\.?"
_MINUTES = r"(?P<minutes>[0-9]{1,4})\s*(?:m|min|minut|minuter|minute|minutes)?\.?"
_WRITTEN = (
    re.compile(rf"{_MINUTES}", re.IGNORECASE),
    re.compile(rf"{_HOURS}(?:\s*(?:och|and)?\s*{_MINUTES})?", re.IGNORECASE),
    re.compile(r"(?P<hours>[0-9]{1,2}):(?P<minutes>[0-5][0-9])"),
)


def read_length(text: str) -> int | None:
    """Whole minutes from 0 to `LONGEST`; None for anything else. Nothing written is no time at all."""
    text = text.strip()
    if not text:
        return 0
    found = next((match for pattern in _WRITTEN if (match := pattern.fullmatch(text))), None)
    if found is None:
        return None
    parts = found.groupdict()
    minutes = int(parts.get("hours") or 0) * 60 + int(parts.get("minutes") or 0)
    return minutes if minutes <= LONGEST else None


def write_length(minutes: int) -> str:
    return f"{minutes} min"


def write_hours(minutes: int) -> str:
    """A long time as people say it: `2 h 30 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if part)
