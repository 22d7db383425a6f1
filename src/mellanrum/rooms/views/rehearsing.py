"""Rehearsing a gathering: the page that begins it, and what the cockpit of a rehearsal has beside that of a meeting."""

from __future__ import annotations

from typing import Any, get_args

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.accounts.access import current_person
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.access import room_for
from mellanrum.rooms.models import Room
from mellanrum.rooms.rehearsal.actions import (
    FEWEST,
    MOST,
    MOST_ROOMS,
    USUAL,
    AlreadyRehearsed,
    By,
    TooManyRehearsals,
    begin,
    end,
    forward,
    walk,
)
from mellanrum.rooms.views.live_room import live_room, the_engine


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rehearse(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Ask how many made-up people come; then the cockpit of a rehearsal that has begun."""
    gathering = gathering_for(request, gathering_id, "run")
    if request.method != "POST":
        return _page(request, gathering)
    people = _number(request.POST.get("people", ""))
    if people is None:
        told = _("Skriv ett tal från %(fewest)s till %(most)s.") % {"fewest": FEWEST, "most": MOST}
        return _page(request, gathering, wrong=told, status=400)
    try:
        room = begin(the_engine(), gathering, people=people, user=current_person(request).pk)  # type: ignore[union-attr]  # checked above
    except AlreadyRehearsed:
        return _page(request, gathering, status=409)
    except TooManyRehearsals:
        told = _("Servern har redan %(most)s repetitioner igång. Vänta tills någon av dem är avslutad och försök igen.")
        return _page(request, gathering, told=told % {"most": MOST_ROOMS}, status=409)
    return HttpResponseRedirect(reverse("cockpit", args=[room.id]))


def rehearsal_for(request: HttpRequest, room_id: str) -> Room:
    """The rehearsal, for who may run the gathering. Raises Http404 for a room that is none."""
    room = room_for(request, room_id, "run")
    if room.kind != Room.Kind.REHEARSAL:
        raise Http404
    return room


@require_POST
def forward_rehearsal(request: HttpRequest, room_id: str) -> HttpResponse:
    """Move its time ahead: `by` is minutes, or `end` for the end of the current block."""
    room = rehearsal_for(request, room_id)
    by = request.POST.get("by", "")
    if by not in get_args(By):
        return HttpResponseBadRequest(_("Så långt går det inte att spola."))
    forward(the_engine(), live_room(room.id), by)  # type: ignore[arg-type]  # one of them
    return HttpResponseRedirect(reverse("cockpit", args=[room.id]))


@require_POST
def walk_rehearsal(request: HttpRequest, room_id: str) -> HttpResponse:
    """Let it go through the whole run sheet by itself (`on` is 1), or stop that."""
    room = rehearsal_for(request, room_id)
    walk(room, on=request.POST.get("on") == "1")
    return HttpResponseRedirect(reverse("cockpit", args=[room.id]))


@require_POST
def end_rehearsal(request: HttpRequest, room_id: str) -> HttpResponse:
    """Delete it with everything in it, and go back to the gathering."""
    room = rehearsal_for(request, room_id)
    end(room)
    return HttpResponseRedirect(f"{reverse('rehearse', args=[room.gathering_id])}?over")


def _number(text: str) -> int | None:
    number = int(text) if text.isdecimal() and text.isascii() and len(text) <= len(str(MOST)) else 0
    return number if FEWEST <= number <= MOST else None


def _page(request: HttpRequest, gathering: Gathering, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {
        "gathering": gathering,
        "programme": gathering.programme,
        "there": gathering.rooms.filter(kind=Room.Kind.REHEARSAL).first(),
        "people": request.POST.get("people", "")[:9] if status == 400 else USUAL,
        "fewest": FEWEST,
        "most": MOST,
        "is_over": "over" in request.GET,
    }
    return render(request, "rooms/pages/rehearse.html", {**context, **more}, status=status)
