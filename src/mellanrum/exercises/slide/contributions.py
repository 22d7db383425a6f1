"""Nothing is sent to a talk: people listen, and what is noted goes to the notes of the block."""

from __future__ import annotations

from typing import Any

import msgspec

VERSION = 0

KINDS: dict[str, type[msgspec.Struct]] = {}


def upgrade(kind: str, version: int, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """There is nothing to bring up to date. Raises ValueError for what a later release may send."""
    raise ValueError(version)
