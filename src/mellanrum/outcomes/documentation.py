"""The documentation of a gathering: head facts and the passages that its rooms' exercises yield."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import msgspec
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Passage
from mellanrum.outcomes.held import Held, held
from mellanrum.outcomes.models import PassageEdit, Publication
from mellanrum.outcomes.overlay import Overlay, overlaid
from mellanrum.outcomes.own import own_passages_of, with_own
from mellanrum.outcomes.people import group_description
from mellanrum.outcomes.plan_passages import OF_THE_PLAN, agenda_passage, earlier_passage, format_passage, links_passage
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.queries import sheet_of
from mellanrum.rooms.models import Room
from mellanrum.rooms.plan import Block as PlanBlock
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.queries import people_in


class Head(msgspec.Struct, frozen=True):
    """What stands above the passages; empty texts are left out. `day` is None for a gathering that has neither time nor room.

    Day and `ends` are the plan's until the meeting `has_begun`, and then when it was held: `ends` is None while it is not over, and when
    it was not closed the same day. `people` who took part as a group, `leaders` those the plan names as responsible, `published` when
    it was made public.
    """

    programme: str
    title: str
    theme: str
    purpose: str
    place: str
    language: str
    day: datetime | None
    ends: datetime | None = None
    has_begun: bool = False
    people: str = ""
    leaders: tuple[str, ...] = ()
    published: datetime | None = None


class Documentation(msgspec.Struct, frozen=True):
    """The document tree of one gathering, harvested now. `is_final` is False while a room is still open.

    `under` is the heading of the block that a passage came from, by the passage's key; the others stand for themselves.
    """

    head: Head
    passages: tuple[Passage, ...]
    is_final: bool
    under: Mapping[str, str] = {}

    @property
    def is_empty(self) -> bool:
        """Nobody has given or written anything yet: there is nothing but the plan."""
        return all(passage.key.startswith(OF_THE_PLAN) for passage in self.passages)


def documentation_for(gathering: Gathering, *, for_members: bool = False) -> Documentation:
    """The document as its editors want it, over the harvest of this moment. What is hidden in a room is absent here.

    For members it leads to all earlier gatherings of the programme, else to those that are public.
    """
    meeting = _held(gathering)
    harvested = _harvested(gathering, meeting)
    own = own_passages_of(gathering)
    with translation.override(harvested.head.language):
        told = overlaid(harvested.passages, overlays_of(gathering), edited=_("redigerad"))
        before = (
            *format_passage(meeting.blocks),
            *earlier_passage(gathering, for_members=for_members),
            *agenda_passage(_agenda(gathering, meeting.rooms), meeting.began),
        )
        after = links_passage(gathering)
    keys = (passage.key for passage in harvested.passages)
    passages, under = with_own(keys, told, harvested.under, own)
    return msgspec.structs.replace(harvested, passages=(*own.first, *before, *passages, *after), under=under)


def harvested_documentation(gathering: Gathering) -> Documentation:
    """Build the document from the folds of the gathering's rooms, without what editors have put over it."""
    return _harvested(gathering, _held(gathering))


def documentation_of_rooms(gathering: Gathering, rooms: Sequence[Room]) -> Documentation:
    """The document as these rooms yield it, with what the plan says and without the editors' own."""
    meeting = held(tuple(rooms), gathering.programme.language)
    harvested = _harvested(gathering, meeting)
    with translation.override(harvested.head.language):
        before = (*format_passage(meeting.blocks), *agenda_passage(_agenda(gathering, meeting.rooms), meeting.began))
    return msgspec.structs.replace(harvested, passages=(*before, *harvested.passages))


def _held(gathering: Gathering, *, with_hidden: bool = False) -> Held:
    rooms = tuple(rooms_that_count(gathering).order_by("created_at"))
    return held(rooms, gathering.programme.language, with_hidden=with_hidden)


def _harvested(gathering: Gathering, meeting: Held) -> Documentation:
    rooms = meeting.rooms
    is_closed = bool(rooms) and all(room.closed_at for room in rooms)
    return Documentation(head=_head(gathering, meeting), passages=meeting.passages, is_final=is_closed, under=meeting.under)


def _head(gathering: Gathering, meeting: Held) -> Head:
    language, rooms = gathering.programme.language, meeting.rooms
    blocks = list(gathering.blocks.filter(part=Block.Part.MEETING))  # what the team does before and after is its own
    day, ends = _hours(gathering, blocks, meeting)
    publication = Publication.objects.filter(gathering=gathering, is_public=True).first()
    met = [room for room in rooms if room.kind == Room.Kind.MEETING]
    with translation.override(language):
        people = group_description(people_in(met or rooms))
    return Head(
        programme=gathering.programme.title,
        title=gathering.title,
        theme=gathering.theme,
        purpose=gathering.purpose,
        place=gathering.place,
        language=language,
        day=day,
        ends=ends,
        has_begun=meeting.since is not None,
        people=people,
        leaders=_leaders(blocks) if rooms else (),
        published=timezone.localtime(publication.published_at) if publication else None,
    )


def _hours(gathering: Gathering, blocks: Sequence[Block], meeting: Held) -> tuple[datetime | None, datetime | None]:
    """When it was held once it has begun, else as planned; a room that was left open over night tells no end."""
    if meeting.since:
        began, ended = timezone.localtime(meeting.since), timezone.localtime(meeting.until) if meeting.until else None
        return began, ended if ended and ended >= began and ended.date() == began.date() else None
    planned = sheet_of(gathering, blocks)
    ends = planned.ends_at if planned.minutes else None
    day = gathering.starts_at or (meeting.rooms[0].created_at if meeting.rooms else None)
    return timezone.localtime(day) if day else None, timezone.localtime(ends) if ends else None


def _leaders(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Of a meeting that was held: until then the names are the team's plan."""
    return tuple(dict.fromkeys(name for block in blocks if (name := block.responsible.strip())))


def _agenda(gathering: Gathering, rooms: Sequence[Room]) -> Iterable[Block | PlanBlock]:
    """What the meeting went by: its room has a copy, and the plan's own blocks may be gone by now."""
    met = next((room for room in reversed(rooms) if room.kind == Room.Kind.MEETING), None)
    return read_plan(met.plan).blocks if met else gathering.blocks.all()


def passages_of(gathering: Gathering, *, with_hidden: bool = False) -> tuple[Passage, ...]:
    """What its rooms yield. `with_hidden` is for nobody's eyes (`rooms.queries.harvest`)."""
    return _held(gathering, with_hidden=with_hidden).passages


def rooms_that_count(gathering: Gathering) -> QuerySet[Room]:
    """All but those it was rehearsed in."""
    return gathering.rooms.exclude(kind=Room.Kind.REHEARSAL)


def overlays_of(gathering: Gathering) -> dict[str, Overlay]:
    """What lies over each passage, by its key."""
    return {
        edit.passage: Overlay(heading=edit.heading, note=edit.note, is_left_out=edit.is_left_out, texts=edit.texts)
        for edit in PassageEdit.objects.filter(gathering=gathering)
    }
