"""What the cockpit offers when the room is late: asked for when somebody wants it, reckoned at that moment, changed by an act alone."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.rooms.access import hall_for
from mellanrum.rooms.stage.offers import offer_view
from mellanrum.rooms.views.live_room import live_room

PREFIX = "m-"
MOST = 600
_IS_LENGTH = re.compile(r"[0-9]{1,3}").fullmatch


@never_cache
@require_safe
def replan(request: HttpRequest, room_id: str) -> HttpResponse:
    """The proposal as a fragment; lengths in the query (`m-<block>=27`) are somebody's own instead."""
    room = hall_for(request, room_id, "run")
    live = live_room(room.id)
    snapshot, by_hand = live.snapshot, lengths_in(request.GET)
    view = offer_view(snapshot.course, snapshot.stage, live.now_ms(), by_hand or None)
    return render(request, "rooms/fragments/replan-offer.html", {"offer": view})


def lengths_in(query: QueryDict) -> dict[str, int]:
    """What cannot be a length is passed over: the page's own buttons send nothing else."""
    given = {name.removeprefix(PREFIX): str(text) for name, text in query.items() if name.startswith(PREFIX)}
    return {key: min(MOST, int(text)) for key, text in given.items() if _IS_LENGTH(text)}
