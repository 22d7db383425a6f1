"""Who asks for a page of their own: by the ticket of the phone, else by a link; nobody else finds one."""

from __future__ import annotations

import time
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from mellanrum.core.ids import token_hash
from mellanrum.rooms.access import ticket_from
from mellanrum.rooms.live.tickets import anonymous_author
from mellanrum.rooms.models import Participant, Room, Ticket
from mellanrum.rooms.plan import read_plan
from mellanrum.rooms.stage.course import Course, course_of
from mellanrum.rooms.take_home.links import open_link
from mellanrum.rooms.views.live_room import the_engine

TABLE = "table"


class Reader(NamedTuple):
    """`anonymous` is the name they write under by exercise, where it is anonymous; `ticket` the hash of theirs, empty by a link."""

    room: Room
    participant: Participant
    anonymous: dict[str, str]
    ticket: str = ""

    def author_in(self, exercise: str) -> str:
        return self.anonymous.get(exercise, self.participant.id)

    @property
    def authors(self) -> frozenset[str]:
        return frozenset((self.participant.id, *self.anonymous.values()))


def link_cookie(room_id: str) -> str:
    """Sent to that room's own pages alone, so its path tells the room once more."""
    return f"{'__Secure-' if settings.CONFIG.is_https else ''}mr-mine-{room_id}"


def reader_of(request: HttpRequest, room_id: str) -> Reader | str:
    """Who this is; else why there is no page: `table` for a phone that many share, empty for a stranger."""
    by_ticket = _by_ticket(request, room_id)
    return by_ticket if isinstance(by_ticket, Reader) else _by_link(request, room_id) or by_ticket


def _by_ticket(request: HttpRequest, room_id: str) -> Reader | str:
    token = ticket_from(request, room_id, Ticket.Kind.PARTICIPANT)
    if not token:
        return ""
    tickets = Ticket.objects.select_related("participant", "room__gathering__programme")
    found = tickets.filter(hash=token_hash(token), room=room_id, expires_at__gt=int(time.time())).first()
    if found is None or found.kind == Ticket.Kind.TABLE:
        return TABLE if found else ""
    if found.kind != Ticket.Kind.PARTICIPANT or found.participant is None:
        return ""
    return Reader(found.room, found.participant, _anonymous(found.room, token), found.hash)


def _by_link(request: HttpRequest, room_id: str) -> Reader | None:
    opened = open_link(request.COOKIES.get(link_cookie(room_id), ""))
    if opened is None or opened[0].participant.room_id != room_id:
        return None
    link, anonymous = opened
    return Reader(link.participant.room, link.participant, anonymous)


def _anonymous(room: Room, token: str) -> dict[str, str]:
    key = the_engine().server_key
    return {name: anonymous_author(key, token, name) for name in anonymous_exercises(course_of(read_plan(room.plan)))}


def anonymous_exercises(course: Course) -> list[str]:
    return [name for name, placed in course.exercises.items() if placed.definition.anonymous]
