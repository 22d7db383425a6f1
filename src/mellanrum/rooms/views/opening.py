"""Opening a gathering's room from its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mellanrum.programmes.access import gathering_for
from mellanrum.rooms.actions import open_room


@require_POST
def open_gathering(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Open the room, or find the one that is open, and go to its cockpit."""
    room = open_room(gathering_for(request, gathering_id, "run"))
    return HttpResponseRedirect(reverse("cockpit", args=[room.id]))
