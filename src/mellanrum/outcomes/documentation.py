"""The documentation of a gathering: head facts and the passages that its rooms' exercises yield."""

from __future__ import annotations

from datetime import datetime

import msgspec
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Passage, Text
from mellanrum.outcomes.models import OwnPassage, PassageEdit
from mellanrum.outcomes.overlay import Overlay, overlaid
from mellanrum.programmes.agenda import AgendaRow, agenda_of
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.models import Room
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
    """The document as its editors want it, over the harvest of this moment. What is hidden in a room is absent here."""
    harvested = harvested_documentation(gathering)
    with translation.override(harvested.head.language):
        edited = _("redigerad")
    passages = overlaid(harvested.passages, overlays_of(gathering), edited=edited)
    first, last = own_passages_of(gathering)
    return msgspec.structs.replace(harvested, passages=first + passages + last)


def harvested_documentation(gathering: Gathering) -> Documentation:
    """Build the document from the folds of the gathering's rooms, without what editors have put over it."""
    rooms = list(rooms_that_count(gathering).order_by("created_at"))
    language = gathering.programme.language
    passages = passages_of(gathering)
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


def passages_of(gathering: Gathering, *, with_hidden: bool = False) -> tuple[Passage, ...]:
    """What its rooms yield. `with_hidden` is for nobody's eyes (`rooms.queries.harvest`)."""
    rooms = rooms_that_count(gathering).order_by("created_at").values_list("pk", flat=True)
    language = gathering.programme.language
    found = ((number, harvest(room, language, with_hidden=with_hidden)) for number, room in enumerate(rooms, 1))
    return tuple(_of_room(number, passage) for number, passages in found for passage in passages)


def rooms_that_count(gathering: Gathering) -> QuerySet[Room]:
    """All but those it was rehearsed in."""
    return gathering.rooms.exclude(kind=Room.Kind.REHEARSAL)


def overlays_of(gathering: Gathering) -> dict[str, Overlay]:
    """What lies over each passage, by its key."""
    return {
        edit.passage: Overlay(heading=edit.heading, note=edit.note, is_left_out=edit.is_left_out, texts=edit.texts)
        for edit in PassageEdit.objects.filter(gathering=gathering)
    }


def own_passages_of(gathering: Gathering) -> tuple[tuple[Passage, ...], tuple[Passage, ...]]:
    """What the editors wrote themselves: what stands first, and what stands last."""
    rows = list(OwnPassage.objects.filter(gathering=gathering))
    passages = [(row.is_first, Passage(f"own/{row.pk}", row.heading, "", _paragraphs(row.text))) for row in rows]
    return tuple(one for is_first, one in passages if is_first), tuple(one for is_first, one in passages if not is_first)


def _paragraphs(text: str) -> tuple[Text, ...]:
    return tuple(Text(part.strip()) for part in text.split("\n\n") if part.strip())


def _of_room(number: int, passage: Passage) -> Passage:
    """Keys stay unique when a gathering had several rooms, and stay as they were for the first."""
    return passage if number == 1 else msgspec.structs.replace(passage, key=f"room-{number}/{passage.key}")
