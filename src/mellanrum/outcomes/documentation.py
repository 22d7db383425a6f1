"""The documentation of a gathering: head facts and the passages that its rooms' exercises yield."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.utils import timezone

from mellanrum.exercise_kit.document import Passage
from mellanrum.programmes.agenda import AgendaRow, agenda_of
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.queries import harvest


class Head(msgspec.Struct, frozen=True):
    """What stands above the passages; empty texts are left out. `day` is None for a gathering that has neither time nor room."""

    programme: str
    title: str
    theme: str
    purpose: str
    place: str
    language: str
    day: datetime | None
    agenda: tuple[AgendaRow, ...]


class Documentation(msgspec.Struct, frozen=True):
    """The document tree of one gathering, harvested now. `is_final` is False while a room is still open."""

    head: Head
    passages: tuple[Passage, ...]
    is_final: bool


def documentation_for(gathering: Gathering) -> Documentation:
    """Build the document from the folds of the gathering's rooms. What is hidden in a room is absent here."""
    rooms = list(gathering.rooms.order_by("created_at"))
    language = gathering.programme.language
    passages = tuple(_of_room(number, passage) for number, room in enumerate(rooms, 1) for passage in harvest(room.id, language))
    held_at = gathering.starts_at or (rooms[0].created_at if rooms else None)
    head = Head(
        programme=gathering.programme.title,
        title=gathering.title,
        theme=gathering.theme,
        purpose=gathering.purpose,
        place=gathering.place,
        language=language,
        day=timezone.localtime(held_at) if held_at else None,
        agenda=agenda_of(gathering.blocks.all()),
    )
    return Documentation(head=head, passages=passages, is_final=bool(rooms) and all(room.closed_at for room in rooms))


def _of_room(number: int, passage: Passage) -> Passage:
    """Keys stay unique when a gathering had several rooms, and stay as they were for the first."""
    return passage if number == 1 else msgspec.structs.replace(passage, key=f"room-{number}/{passage.key}")
