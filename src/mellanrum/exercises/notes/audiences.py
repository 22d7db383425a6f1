"""What each audience may see of a block's notes: crew everything, a table its own, nobody else anything."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercises.notes.definition import Definition
from mellanrum.exercises.notes.state import Entry, State, in_order, is_table
from mellanrum.exercises.notes.views import CrewLine, CrewView, NoteLine, OwnView, PhoneView, ProjectorView, TableView

LATEST = 60  # a cell is sent whole; the rest stands in the documentation


def phone(definition: Definition, state: State, phase: str) -> PhoneView:
    return PhoneView(heading(definition), phase)


def projector(definition: Definition, state: State, phase: str) -> ProjectorView:
    return ProjectorView(heading(definition), phase)


def crew(definition: Definition, state: State, phase: str) -> CrewView:
    lines = in_order(state)[::-1]
    return CrewView(
        title=definition.title or heading(definition),
        phase=phase,
        lines=tuple(_crew_line(state, one) for one in lines[:LATEST]),
        more=max(0, len(lines) - LATEST),
    )


def table(definition: Definition, state: State, phase: str, number: str) -> TableView:
    """For the phones of that table."""
    lines = [one for one in in_order(state) if one.by_table and one.who == number]
    return TableView(
        heading=heading(definition),
        table=number,
        phase=phase,
        lines=tuple(NoteLine(one.id, one.text, one.picture) for one in lines),
        done=number in state.done,
    )


def own(definition: Definition, state: State, author: str) -> OwnView:
    return OwnView()


def heading(definition: Definition) -> str:
    """What participants may read: the block's heading in the agenda, else its number. The team's own title is the team's."""
    return definition.agenda or _("Moment %(number)s") % {"number": definition.number}


def _crew_line(state: State, one: Entry) -> CrewLine:
    return CrewLine(one.id, one.text, one.picture, one.who, is_table(one.who), one.id in state.stars)
