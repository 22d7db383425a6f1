"""Pairing a projector: the page that shows the code, and the cockpit's form that confirms it."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mellanrum.accounts.access import current_person, is_signed_in
from mellanrum.rooms.access import hall_for
from mellanrum.rooms.actions import CREW_SECONDS, mint_ticket
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.views.live_room import the_engine

LONGEST = 20  # six digits and the spaces somebody may type


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """For the computer by the projector: nobody signs in there."""
    return render(request, "rooms/pages/pairing.html")


@require_POST
def pair(request: HttpRequest, room_id: str) -> HttpResponse:
    """Let the projector with that code show this room, and tell in the cockpit how it went."""
    room = hall_for(request, room_id, "run")
    went = _pair(request, room, request.POST.get("code", "")[:LONGEST])
    return HttpResponseRedirect(f"{reverse('cockpit', args=[room.id])}?pairing={went}")


def _pair(request: HttpRequest, room: Room, code: str) -> str:
    """`paired`, `wrong` or `too-fast`. The ticket is the person's: when their role ends, so does the screen."""
    engine, person = the_engine(), current_person(request)
    pairings = engine.pairings
    found = engine.wait(pairings.find(str(person.pk if person else ""), code))
    if isinstance(found, str):
        return found
    ticket = mint_ticket(room, Ticket.Kind.PROJECTOR, user=person, is_signed_in=partial(is_signed_in, request), is_paired=True)
    return "paired" if engine.wait(pairings.confirm(found, room.id, ticket, CREW_SECONDS)) else "wrong"
