"""Who may do what in a room, for pages and for tools that carry a ticket."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from mellanrum.accounts.access import Act, current_person, may
from mellanrum.core.ids import token_hash
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.live.tickets import cookie_name
from mellanrum.rooms.models import Room, Ticket


def room_for(request: HttpRequest, room_id: str, act: Act) -> Room:
    """The room, its gathering loaded. Raises Http404 for strangers, PermissionDenied for a role that may only see it."""
    person = current_person(request)
    room = Room.objects.select_related("gathering__programme").filter(pk=room_id).first() if person else None
    if room is None or not may(person, "see", room.gathering.programme):
        raise Http404
    if not may(person, act, room.gathering.programme):
        raise PermissionDenied
    return room


def hall_for(request: HttpRequest, room_id: str, act: Act) -> Room:
    """The room where people meet. Raises Http404 also for what is open for days: that has a link, and neither wall, code nor tables."""
    room = room_for(request, room_id, act)
    if room.kind == Room.Kind.LASTING:
        raise Http404
    return room


def ticket_from(request: HttpRequest, room_id: str, kind: str) -> str | None:
    """The token this browser holds for the room, of that kind."""
    return request.COOKIES.get(cookie_name(room_id, kind, is_https=settings.CONFIG.is_https))


def room_on_screen(request: HttpRequest, room_id: str) -> Room:
    """The room whose projector ticket this browser holds, whoever sits there. Raises Http404 without one."""
    token = ticket_from(request, room_id, Ticket.Kind.PROJECTOR)
    valid = Ticket.objects.filter(room=room_id, kind=Ticket.Kind.PROJECTOR, expires_at__gt=int(time.time()))
    found = valid.select_related("room__gathering__programme").filter(hash=token_hash(token)).first() if token else None
    if found is None:
        raise Http404
    return found.room


def crew_ticket_from(request: HttpRequest, gathering: Gathering) -> Ticket | None:
    """A valid crew ticket of one of the gathering's rooms, from the Authorization header or a cookie."""
    scheme, _, bearer = request.headers.get("Authorization", "").partition(" ")
    tokens = [bearer.strip()] if scheme.lower() == "bearer" else []
    tokens += [token for room in gathering.rooms.all() if (token := ticket_from(request, room.id, "crew"))]
    hashes = [token_hash(token) for token in tokens]
    found = Ticket.objects.filter(hash__in=hashes, room__gathering=gathering, kind=Ticket.Kind.CREW, expires_at__gt=int(time.time()))
    return found.first()
