"""Who a stream is for: phones, projector, crew, or the phones of one table, which see what phones see and their own table's."""

from __future__ import annotations

from mellanrum.exercise_kit.contract import Audience

_TABLE = "table:"
_FACES: dict[str, Audience] = {"phone": "phone", "projector": "projector", "crew": "crew"}


def audience_of_table(table: str) -> str:
    """The audience of that table's phones."""
    return f"{_TABLE}{table}"


def table_of(audience: str) -> str:
    """The number of the table whose audience that is; empty for everybody else."""
    return audience.removeprefix(_TABLE) if audience.startswith(_TABLE) else ""


def face_of(audience: str) -> Audience:
    """Which of an exercise's views and fragments the audience gets."""
    return _FACES.get(audience, "phone")
