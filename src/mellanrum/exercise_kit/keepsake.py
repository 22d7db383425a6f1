"""What one person takes home from an exercise: what they chose, rated and wrote, in words, beside what the room was shown."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Exercise, Keepsake, Kept, Withdraw


def keepsake_of(exercise: Exercise, definition: Any, state: Any, author: str, mine: Iterable[Envelope]) -> Keepsake:
    """One person's part in words, by the type's own `keepsake`, else drawn from `mine`: what they gave that still stands."""
    if exercise.keepsake is not None:
        return exercise.keepsake(definition, state, author)
    lines = (Kept("", said, is_written=True) for one in mine for said in _words(one.data))
    return Keepsake(str(exercise.card.name), tuple(lines))


def _words(data: Any) -> tuple[str, ...]:
    """What somebody wrote or chose, without the names that only tell where it belongs: the last field is the value."""
    if isinstance(data, Withdraw) or not isinstance(data, msgspec.Struct) or not data.__struct_fields__:
        return ()
    value = getattr(data, data.__struct_fields__[-1])
    return (str(value),) if isinstance(value, (str, int, float)) and str(value).strip() else ()
