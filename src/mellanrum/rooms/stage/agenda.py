"""What participants see of the run sheet."""

from __future__ import annotations

from mellanrum.rooms.stage.course import Course
from mellanrum.rooms.stage.state import StageState
from mellanrum.rooms.stage.views import Heading


def headings(course: Course, state: StageState) -> tuple[Heading, ...]:
    """The day in headings, without times. A block without one belongs to the heading before it."""
    here = course.step(state.step).block
    blocks = course.plan.blocks
    place = blocks.index(here) if here else -1
    current = max((number for number, block in enumerate(blocks[: place + 1]) if block.agenda), default=-1)
    return tuple(
        Heading(block.agenda, "current" if number == current else "done" if number < current else "coming")
        for number, block in enumerate(blocks)
        if block.agenda
    )
