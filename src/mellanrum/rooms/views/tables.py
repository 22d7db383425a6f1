"""A phone that a table shares: its link, made once and shown once."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mellanrum.rooms.access import hall_for
from mellanrum.rooms.actions import mint_table
from mellanrum.rooms.live.qr import qr_path
from mellanrum.rooms.models import Room
from mellanrum.rooms.queries import next_table
from mellanrum.rooms.views.live_room import the_engine

MOST = 99


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tables(request: HttpRequest, room_id: str) -> HttpResponse:
    """Ask how many sit at the table; then the link to hand out, as text and as QR code."""
    room = hall_for(request, room_id, "run")
    if request.method != "POST":
        return _page(request, room)
    given = {name: request.POST.get(name, "").strip() for name in ("table", "people")}
    wrong = [name for name, text in given.items() if not _number(text)]
    if wrong or not room.code:
        return _page(request, room, given=given, wrong=wrong, status=400)
    table, people = (_number(text) for text in given.values())
    link = f"{the_engine().public_url}/r/{room.code}#t={mint_table(room, table, people)}"
    return _page(request, room, link=link, table=table, people=people, qr=qr_path(link))


def _number(text: str) -> int:
    """A number from 1 to MOST, or 0."""
    number = int(text) if text.isdecimal() and len(text) <= len(str(MOST)) else 0
    return number if number <= MOST else 0


def _page(request: HttpRequest, room: Room, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"room": room, "gathering": room.gathering, "is_wrong": status == 400, "most": MOST, "next_table": next_table(room)}
    return render(request, "rooms/pages/tables.html", {**context, **more}, status=status)
