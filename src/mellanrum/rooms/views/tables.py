"""A phone that a table shares: its link, made once and shown once."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mellanrum.rooms.access import room_for
from mellanrum.rooms.actions import mint_table
from mellanrum.rooms.live.qr import qr_path
from mellanrum.rooms.models import Room
from mellanrum.rooms.views.live_room import the_engine

MOST = 99


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, room_id: str) -> HttpResponse:
    """Ask how many sit at the table; then the link to hand out, as text and as QR code."""
    room = room_for(request, room_id, "run")
    if request.method != "POST":
        return _page(request, room)
    given = request.POST.get("people", "").strip()
    people = int(given) if given.isdecimal() and len(given) <= len(str(MOST)) else 0
    if not 1 <= people <= MOST or not room.code:
        return _page(request, room, given=given, status=400)
    link = f"{the_engine().public_url}/r/{room.code}#t={mint_table(room, people)}"
    return _page(request, room, given=given, link=link, people=people)


def _page(request: HttpRequest, room: Room, *, given: str = "", link: str = "", people: int = 0, status: int = 200) -> HttpResponse:
    context = {"room": room, "gathering": room.gathering, "given": given, "link": link, "people": people, "is_wrong": status == 400}
    qr = qr_path(link) if link else None
    return render(request, "rooms/pages/tables.html", {**context, "qr": qr, "most": MOST}, status=status)
