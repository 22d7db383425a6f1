"""The day as participants see it: headings, and where the room is among them."""

from __future__ import annotations

from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.views import AgendaItem, PhoneAgenda


def day(course: Course, state: StageState) -> PhoneAgenda | None:
    """None where there is no day to follow: when it is over, and for what is open for days.

    A block without a heading belongs to the heading before it, and neighbours under the same heading are one.
    """
    plan, here = course.plan, course.step(state.step).block
    if state.is_closed or plan.lasting:
        return None
    at = plan.blocks.index(here) if here else -1
    heads: list[tuple[str, str, int]] = []  # title, icon, first block
    for place, block in enumerate(plan.blocks):
        title = block.heading.strip()
        if title and (not heads or heads[-1][0] != title):
            heads.append((title, block.icon, place))
    begun = sum(first <= at for _title, _icon, first in heads)
    states = ("done",) * (begun - 1) + ("now",) * (begun > 0) + ("coming",) * (len(heads) - begun)
    items = tuple(AgendaItem(title, icon, said) for (title, icon, _first), said in zip(heads, states, strict=True))
    return PhoneAgenda(items, is_open=here is None) if items else None
