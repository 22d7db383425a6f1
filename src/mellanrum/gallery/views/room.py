"""The room's own states, on phones and on the wall."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mellanrum.exercise_kit.registry import registry
from mellanrum.gallery.access import for_developers
from mellanrum.gallery.finding import language_asked_for, show_asked_for
from mellanrum.gallery.hanging import Frame
from mellanrum.gallery.places import PLACES
from mellanrum.gallery.room import STATES, RoomState
from mellanrum.gallery.views.types import chosen
from mellanrum.ui.middleware import FRAMED_POLICY, FRAMING_POLICY


@for_developers
def room_page(request: HttpRequest) -> HttpResponse:
    show, language = show_asked_for(request), language_asked_for()
    theme = "dark" if show == "dark" else "light"
    frames = [_frame(state, theme, language) for state in STATES.values()]
    context = {"types": registry().values(), "frames": frames, "is_room": True, **chosen(show, language)}
    response = render(request, "gallery/pages/room.html", context)
    response.headers["Content-Security-Policy"] = FRAMING_POLICY
    return response


@for_developers
def room_state(request: HttpRequest, state: str) -> HttpResponse:
    """One state alone, as a page of its surface."""
    found = STATES.get(state)
    if found is None:
        raise Http404
    place = PLACES[found.surface]
    theme = request.GET.get("theme", "")
    context = {"place": place, "title": found.title, "theme": theme if theme in place.themes else place.themes[0], **found.context}
    response = render(request, f"gallery/faces/room-{found.surface}.html", context)
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    return response


def _frame(state: RoomState, theme: str, language: str) -> Frame:
    place = PLACES[state.surface]
    address = f"{reverse('gallery-room-state', kwargs={'state': state.key})}?{urlencode({'theme': theme, 'lang': language})}"
    return Frame(place, address, theme if theme in place.themes else place.themes[0], "", state.title)
