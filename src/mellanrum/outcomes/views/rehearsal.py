"""A look at what the documentation of a rehearsal would be: nothing of it can be saved, edited or published."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.outcomes.documentation import documentation_of_rooms
from mellanrum.outcomes.views.documentation import page_of
from mellanrum.rooms.views.rehearsing import rehearsal_for


@never_cache
@require_safe
def rehearsal_documentation(request: HttpRequest, room_id: str) -> HttpResponse:
    """The harvest of that room alone, for who may run the gathering."""
    room = rehearsal_for(request, room_id)
    return page_of(request, room.gathering, documentation_of_rooms(room.gathering, [room]), is_rehearsal=True)
