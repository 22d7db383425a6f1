"""What `mellanrum check` has found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """`message` says what it is and, unless `state` is ok, what to do."""

    name: str
    state: Literal["ok", "warning", "problem"]
    message: str
