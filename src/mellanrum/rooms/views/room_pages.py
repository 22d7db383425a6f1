"""Cockpit and projector: pages that hand their browser a ticket, drawn with the cells that then keep them alive."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import current_person, is_signed_in
from mellanrum.exercise_kit.contract import Audience
from mellanrum.rooms.access import hall_for, room_for, room_on_screen, ticket_from
from mellanrum.rooms.actions import CREW_SECONDS, mint_ticket
from mellanrum.rooms.live.cells import cell_names
from mellanrum.rooms.live.render import draw_fragment
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.tickets import cookie_name
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.queries import is_valid_ticket
from mellanrum.rooms.views.live_room import live_room

NOTES = "exercise-notes-"  # they have a place of their own in the cockpit


@never_cache
@require_safe
def cockpit(request: HttpRequest, room_id: str) -> HttpResponse:
    """Where the crew runs the room."""
    room = room_for(request, room_id, "run")
    if room.kind == Room.Kind.LASTING:
        return HttpResponseRedirect(reverse("lasting", args=[room.pk]))
    return _room_page(request, room, "crew", Ticket.Kind.CREW, "rooms/pages/cockpit.html")


@never_cache
@require_safe
def projector(request: HttpRequest, room_id: str) -> HttpResponse:
    """What the hall sees."""
    room = hall_for(request, room_id, "help")
    with translation.override(room.language):
        return _room_page(request, room, "projector", Ticket.Kind.PROJECTOR, "rooms/pages/projector.html")


@never_cache
@require_safe
def screen(request: HttpRequest, room_id: str) -> HttpResponse:
    """What the hall sees, on a computer that was paired: its ticket is all it has."""
    room = room_on_screen(request, room_id)
    with translation.override(room.language):
        return _drawn(request, room, "projector", "rooms/pages/projector.html")


def _room_page(request: HttpRequest, room: Room, audience: Audience, kind: Ticket.Kind, template: str) -> HttpResponse:
    response = _drawn(request, room, audience, template)
    _keep_ticket(request, response, room, kind)
    return response


def _drawn(request: HttpRequest, room: Room, audience: Audience, template: str) -> HttpResponse:
    live = live_room(room.id)
    cells = draw_cells(live, audience)
    person = current_person(request)
    context = {
        "room": room,
        "me": f"crew:{person.pk}" if person else "",
        "title": room.gathering.title,
        "gathering": room.gathering,
        "programme": room.gathering.programme,
        "code": live.code,
        "pairing": request.GET.get("pairing", ""),  # how a projector's code went; the cockpit has the words
        "address": live.address,
        "stage": cells.get("stage", ""),
        "people": cells.get("people", ""),
        "tables": cells.get("tables", ""),
        "is_rehearsal": live.is_rehearsal,
        "rehearsal": cells.get("rehearsal", ""),
        "phone": f"/r/{live.code}#k={live.key}",
        "notes": _starting(cells, NOTES),
        "exercises": {name: html for name, html in _starting(cells, "exercise-").items() if not name.startswith(NOTES)},
        "projector_stage": cells.get("projector:stage", ""),
        "projector_exercises": _starting(cells, "projector:exercise-"),
    }
    return render(request, template, context)


def _starting(cells: dict[str, SafeString], prefix: str) -> dict[str, SafeString]:
    return {name: html for name, html in cells.items() if name.startswith(prefix)}


def draw_cells(live: LiveRoom, audience: Audience) -> dict[str, SafeString]:
    """Every cell of the audience as HTML, from the same fragments that the streams send."""
    names = (name for name in cell_names(live, audience) if name != "personal")
    # The fragments escape what people wrote; here they are only put together.
    return {name: mark_safe(draw_fragment(live, live.seen_by(audience, name), audience, name)) for name in names}  # noqa: S308


def _keep_ticket(request: HttpRequest, response: HttpResponse, room: Room, kind: Ticket.Kind) -> None:
    """Give this browser a ticket of that kind unless it has a valid one of the person's own. Raises Http404 when the room went."""
    held, person = ticket_from(request, room.id, kind), current_person(request)
    if held and is_valid_ticket(held, room, kind, person):
        return
    try:
        ticket = mint_ticket(room, kind, user=person, is_signed_in=partial(is_signed_in, request))
    except Room.DoesNotExist as gone:
        raise Http404 from gone
    response.set_cookie(
        cookie_name(room.id, kind, is_https=settings.CONFIG.is_https),
        ticket,
        max_age=CREW_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings.CONFIG.is_https,
    )
