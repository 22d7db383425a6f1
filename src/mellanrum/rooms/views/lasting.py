"""For the crew: open an exercise for days, see how it goes, move its end, close it and open it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from urllib.parse import quote, urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mellanrum.accounts.access import current_person, is_signed_in
from mellanrum.accounts.models import User
from mellanrum.core.clock import now
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.fields import Unreadable
from mellanrum.programmes.models import Block
from mellanrum.programmes.preparing import can_last
from mellanrum.rooms.access import room_for, ticket_from
from mellanrum.rooms.actions import CREW_SECONDS, mint_ticket
from mellanrum.rooms.lasting.actions import Final, NothingToGive, close_now, move_end, open_for_days
from mellanrum.rooms.lasting.queries import heading_of, told_of
from mellanrum.rooms.lasting.reading import read_wishes
from mellanrum.rooms.lasting.times import read_until, suggested
from mellanrum.rooms.ledger.rows import LedgerUnavailable
from mellanrum.rooms.live.loading import way_in
from mellanrum.rooms.live.qr import qr_path
from mellanrum.rooms.live.tickets import cookie_name
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.queries import is_valid_ticket
from mellanrum.rooms.views.lasting_faces import for_crew
from mellanrum.rooms.views.live_room import live_room, the_engine
from mellanrum.rooms.views.plain import wait_for_the_fold

BUSY = (LedgerUnavailable, TimeoutError)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_lasting(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Ask until when, who sees the result and how to welcome people; then on to the page with the link."""
    gathering = gathering_for(request, gathering_id, "run")
    block = gathering.blocks.filter(key=key).first()
    if block is None or not can_last(block):
        raise Http404
    if request.method != "POST":
        return _form(request, block, _first_wishes(request, block))
    given = {name: request.POST.get(name, "") for name in ("day", "time", "results", "asked_by", "welcome")}
    wishes, problems = read_wishes(given, now=now())
    if wishes is None:
        return _form(request, block, given, problems=problems, status=400)
    try:
        room = open_for_days(block, until=wishes.until, lasting=wishes.lasting, user=_person(request))
    except NothingToGive:
        raise Http404 from None
    except BUSY:
        return _form(request, block, given, problems={"": _busy()}, status=503)
    return HttpResponseRedirect(reverse("lasting", args=[room.pk]))


def _first_wishes(request: HttpRequest, block: Block) -> dict[str, str]:
    until = timezone.localtime(suggested(now()))
    return {**_written(until), "results": "closing", "asked_by": _person(request).name or block.gathering.programme.title, "welcome": ""}


def _written(moment: datetime) -> dict[str, str]:
    """As the browser's own fields have it."""
    return {"day": moment.strftime("%Y-%m-%d"), "time": moment.strftime("%H:%M")}


def _form(
    request: HttpRequest, block: Block, given: Mapping[str, str], *, problems: Mapping[str, str] | None = None, status: int = 200
) -> HttpResponse:
    context = {"moment": block, "gathering": block.gathering, "given": given, "problems": problems or {}, "today": timezone.localdate()}
    return render(request, "rooms/pages/lasting-open.html", context, status=status)


@never_cache
@require_safe
def lasting(request: HttpRequest, room_id: str) -> HttpResponse:
    """The link to send, how many have answered, and what they have given so far."""
    room = _lasting_room(request, room_id)
    response = _page(request, room)
    held = ticket_from(request, room.id, Ticket.Kind.CREW)
    if not (held and is_valid_ticket(held, room, Ticket.Kind.CREW, current_person(request))):
        token = mint_ticket(room, Ticket.Kind.CREW, user=_person(request), is_signed_in=partial(is_signed_in, request))
        name, secure = cookie_name(room.id, Ticket.Kind.CREW, is_https=settings.CONFIG.is_https), settings.CONFIG.is_https
        response.set_cookie(name, token, max_age=CREW_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response


@require_POST
def move_lasting(request: HttpRequest, room_id: str) -> HttpResponse:
    """Another time to close; what is closed opens again until then."""
    room = _lasting_room(request, room_id)
    given = {name: request.POST.get(name, "") for name in ("day", "time")}
    try:
        until = read_until(given["day"], given["time"], now=now(), opened_at=room.created_at)
        move_end(room, until, user=_person(request))
    except Unreadable as problem:
        return _page(request, room, given=given, problem=str(problem), status=400)
    except Final:
        return _page(request, room, given=given, problem=_("Dokumentationen är slutförd, så det går inte att öppna igen."), status=409)
    except BUSY:
        return _page(request, room, given=given, problem=_busy(), status=503)
    return HttpResponseRedirect(reverse("lasting", args=[room.pk]))


@require_POST
def close_lasting(request: HttpRequest, room_id: str) -> HttpResponse:
    """Close it now; what is on its way within half a minute still counts."""
    room = _lasting_room(request, room_id)
    try:
        close_now(room, user=_person(request))
    except BUSY:
        return _page(request, room, problem=_busy(), status=503)
    return HttpResponseRedirect(reverse("lasting", args=[room.pk]))


def _page(
    request: HttpRequest, room: Room, *, given: Mapping[str, str] | None = None, problem: str = "", status: int = 200
) -> HttpResponse:
    live = live_room(room.id)
    wait_for_the_fold()
    snapshot = live.snapshot
    plan, told = snapshot.course.plan, told_of(snapshot)
    heading = heading_of(plan.blocks[0], plan.title)
    link = f"{the_engine().public_url}{way_in(room)}"
    until = timezone.localtime(told.closes_at if told.closes_at and not told.closed_at else suggested(now()))
    context = {
        "room": room,
        "gathering": room.gathering,
        "heading": heading,
        "told": told,
        "lasting": plan.lasting,
        "is_final": live.is_final,
        "link": link,
        "qr": qr_path(link),
        "mail": _letter(heading, link, plan.lasting.welcome if plan.lasting else "", told.closes_at, room.language),
        "given": given or _written(until),
        "problem": problem,
        "so_far": for_crew(request, live),
    }
    return render(request, "rooms/pages/lasting.html", context, status=status)


def _letter(heading: str, link: str, welcome: str, closes_at: datetime | None, language: str) -> dict[str, str]:
    """Ready to send: subject, text, and both as an address that opens a mail program."""
    with translation.override(language):
        text = render_to_string(
            "rooms/pages/lasting-mail.txt", {"link": link, "welcome": welcome, "closes_at": closes_at, "heading": heading}
        )
    lines = "\r\n".join(text.strip().split("\n"))
    return {
        "subject": heading,
        "text": text.strip(),
        "address": f"mailto:?{urlencode({'subject': heading, 'body': lines}, quote_via=quote)}",
    }


def _lasting_room(request: HttpRequest, room_id: str) -> Room:
    room = room_for(request, room_id, "run")
    if room.kind != Room.Kind.LASTING:
        raise Http404
    return room


def _person(request: HttpRequest) -> User:
    person = current_person(request)
    if person is None:
        raise Http404
    return person


def _busy() -> str:
    return _("Det gick inte att spara just nu. Försök igen om en liten stund.")
