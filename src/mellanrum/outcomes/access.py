"""Reading a gathering's documentation with a crew ticket instead of an account."""

from __future__ import annotations

from django.http import HttpRequest

from mellanrum.programmes.models import Gathering
from mellanrum.programmes.queries import gatherings_with_programme
from mellanrum.rooms.access import crew_ticket_from


def gathering_by_ticket(request: HttpRequest, gathering_id: int) -> Gathering | None:
    """The gathering, when the request carries a crew ticket of one of its rooms."""
    gathering = gatherings_with_programme().filter(pk=gathering_id).first()
    return gathering if gathering is not None and crew_ticket_from(request, gathering) else None
