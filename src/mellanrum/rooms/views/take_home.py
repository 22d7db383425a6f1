"""A participant's own page, its link, its letter, and leaving no trace. Whoever has neither ticket nor link finds nothing."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mellanrum.accounts.actions import NotAnAddress
from mellanrum.core.clock import now
from mellanrum.core.mail import can_send_mail
from mellanrum.core.retention import OWN_LINK
from mellanrum.rooms.live.leaving import leave_no_trace
from mellanrum.rooms.live.tickets import cookie_name
from mellanrum.rooms.models import Room
from mellanrum.rooms.take_home.letter import send_home
from mellanrum.rooms.take_home.links import TooMany, mint_link, open_link
from mellanrum.rooms.take_home.page import take_home_of
from mellanrum.rooms.take_home.reader import TABLE, Reader, link_cookie, reader_of
from mellanrum.rooms.views.live_room import the_engine

PAGE = "rooms/pages/take-home.html"


@never_cache
@require_safe
def by_code(request: HttpRequest, code: str) -> HttpResponse:
    """The way there from the room's own address; the code may lead to another room one day, so the page has the room's name."""
    room_id = the_engine().doors.by_code(code)
    reader = reader_of(request, room_id) if room_id else ""
    return _nothing(request, reader) if isinstance(reader, str) else HttpResponseRedirect(reverse("mine", args=[room_id]))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest) -> HttpResponse:
    """The door for a link: its secret stands after #, and is posted once for a cookie. `left` tells that nothing is left."""
    if request.method != "POST":
        return _private(render(request, "rooms/pages/take-home-door.html", {"left": "left" in request.GET}))
    token = request.POST.get("key", "").strip().rpartition("=")[2]
    opened = open_link(token)
    if opened is None:
        return _private(render(request, "rooms/pages/take-home-door.html", {"is_wrong": True}, status=404))
    room_id = opened[0].participant.room_id
    place = reverse("mine", args=[room_id])
    response = _private(HttpResponseRedirect(place))
    # Until the browser is closed: it may be somebody else's.
    response.set_cookie(link_cookie(room_id), token, path=place, httponly=True, samesite="Lax", secure=settings.CONFIG.is_https)
    return response


@never_cache
@require_safe
def mine(request: HttpRequest, room_id: str) -> HttpResponse:
    reader = reader_of(request, room_id)
    if isinstance(reader, str):
        return _nothing(request, reader)
    return _page(request, reader, is_sent="sent" in request.GET)


@never_cache
@require_POST
def link(request: HttpRequest, room_id: str) -> HttpResponse:
    """Make a link and show it in this answer, once. Not by a link itself."""
    reader = reader_of(request, room_id)
    if isinstance(reader, str) or not _may_send(reader):
        return _nothing(request)
    try:
        token = mint_link(reader.participant, reader.anonymous)
    except TooMany:
        return _page(request, reader, problem="links", status=429)
    return _page(request, reader, link=f"{the_engine().public_url}/mine#t={token}", until=timezone.localtime(now() + OWN_LINK))


@never_cache
@require_POST
def mail(request: HttpRequest, room_id: str) -> HttpResponse:
    """Send the letter; not by a link, so that nobody who was given one can send it on from here."""
    reader = reader_of(request, room_id)
    if isinstance(reader, str) or not _may_send(reader):
        return _nothing(request)
    email = request.POST.get("email", "")[:300]
    if not can_send_mail():
        return _page(request, reader, problem="no-mail", status=503)
    try:
        send_home(reader, email, base=the_engine().public_url)
    except NotAnAddress:
        return _page(request, reader, problem="address", email=email, status=400)
    except TooMany:
        return _page(request, reader, problem="letters", email=email, status=429)
    return HttpResponseRedirect(f"{reverse('mine', args=[room_id])}?sent")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, room_id: str) -> HttpResponse:
    """Asked once, then done: all of it, by ticket or by link."""
    reader = reader_of(request, room_id)
    if isinstance(reader, str):
        return _nothing(request, reader)
    if request.method != "POST":
        return _private(render(request, "rooms/pages/take-home-leave.html", {"room": reader.room}))
    engine = the_engine()
    hashes = reader.participant.ticket_set.values_list("hash", flat=True)
    holder = engine.wait(engine.holder(hashes[0])) if hashes else None
    room = engine.wait(engine.room(room_id))
    if room is None or not engine.wait(leave_no_trace(engine, room, reader.participant.id, holder, reader.authors), 30.0):
        return _private(render(request, "rooms/pages/take-home-leave.html", {"room": reader.room, "is_busy": True}, status=503))
    response = _private(HttpResponseRedirect(f"{reverse('mine-link')}?left"))
    response.delete_cookie(cookie_name(room_id, "participant", is_https=settings.CONFIG.is_https), path="/")
    response.delete_cookie(link_cookie(room_id), path=reverse("mine", args=[room_id]))
    return response


def _may_send(reader: Reader) -> bool:
    """Not who came by a link; and of a rehearsal nothing leaves the room."""
    return bool(reader.ticket) and reader.room.kind != Room.Kind.REHEARSAL


def _page(request: HttpRequest, reader: Reader, *, status: int = 200, **more: Any) -> HttpResponse:
    context = {"page": take_home_of(reader), "room": reader.room, "can_mail": can_send_mail(), **more}
    context |= {"may_send": _may_send(reader), "is_by_link": not reader.ticket}
    return _private(render(request, PAGE, context, status=status))


def _nothing(request: HttpRequest, why: str = "") -> HttpResponse:
    """The same for every room, there or not: who has no ticket learns nothing."""
    return _private(render(request, "rooms/pages/take-home-nothing.html", {"is_table": why == TABLE}, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = "same-origin"
    return response
