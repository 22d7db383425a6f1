"""Opening a gathering's room from its page."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from mellanrum.core.clock import now
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.actions import open_room
from mellanrum.rooms.models import Room

EARLY = timedelta(hours=12)  # whoever opens longer ahead than this may have meant to rehearse


@require_POST
def open_gathering(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Open the room, or find the one that is open, and go to its cockpit. Days ahead it asks first; `sure` is the answer."""
    gathering = gathering_for(request, gathering_id, "run")
    if "sure" not in request.POST and _is_early(gathering):
        return render(request, "rooms/pages/open-early.html", {"gathering": gathering})
    room = open_room(gathering)
    return HttpResponseRedirect(reverse("cockpit", args=[room.id]))


def _is_early(gathering: Gathering) -> bool:
    if gathering.starts_at is None or gathering.starts_at - now() <= EARLY:
        return False
    return not gathering.rooms.filter(kind=Room.Kind.MEETING, closed_at=None).exists()
