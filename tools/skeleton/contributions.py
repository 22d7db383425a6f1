"""What people may send."""

from __future__ import annotations

from typing import Literal

import msgspec


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of `definition.CHOICES`; a person's last one counts."""

    choice: Literal["up", "aside", "down"]


KINDS: dict[str, type[msgspec.Struct]] = {"answer": Answer}
