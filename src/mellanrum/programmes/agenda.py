"""What participants see of the plan: the headings, in order, and nothing else.

A visible minute plan breeds a need for control when something moves; the facilitators carry the time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec


class AgendaRow(msgspec.Struct, frozen=True):
    """A heading. There is no place here for minutes, scripts, notes or names, so none can leak."""

    title: str
    icon: str


class Planned(Protocol):
    """What the agenda reads of a block."""

    @property
    def heading(self) -> str: ...

    @property
    def icon(self) -> str: ...


def agenda_of(blocks: Iterable[Planned]) -> tuple[AgendaRow, ...]:
    """The headings of the blocks that have one; neighbours under the same heading are one row."""
    rows: list[AgendaRow] = []
    for block in blocks:
        title = block.heading.strip()
        if title and (not rows or rows[-1].title != title):
            rows.append(AgendaRow(title=title, icon=block.icon))
    return tuple(rows)
