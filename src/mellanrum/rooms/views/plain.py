"""The room without JavaScript: the same fragments as plain forms, through the same `submit`."""

from __future__ import annotations

import time
from collections.abc import Hashable
from hashlib import blake2b
from operator import attrgetter
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mellanrum.core.ids import random_id, random_token
from mellanrum.exercise_kit.contract import Envelope, Exercise, Withdraw
from mellanrum.rooms.access import ticket_from
from mellanrum.rooms.fields import Given, contributions_of
from mellanrum.rooms.live.cells import PREFIX, cell_names
from mellanrum.rooms.live.items import Join, Result
from mellanrum.rooms.live.joining import CLIENT_COOKIE, closed_door, knock, known_client, new_participant
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.render import draw_fragment
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.state import authors_of, reader_of
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import COOKIE_AGE, Holder, cookie_name
from mellanrum.rooms.live.visitor import Visitor, holder_of
from mellanrum.rooms.plan import STAGE
from mellanrum.rooms.stage.gate import Item
from mellanrum.rooms.stage.resting import resting
from mellanrum.rooms.views.live_room import Reader, give_from_page, live_room, the_engine


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest, code: str) -> HttpResponse:
    """Step in, see the room, give answers; every button loads a page."""
    engine = the_engine()
    room_id = engine.doors.by_code(code)
    found_inside = inside(request, room_id) if room_id else None
    if room_id and found_inside:  # whoever has a ticket is not held back at the door
        room, (holder, token) = live_room(room_id), found_inside
        take = _take if request.method == "POST" else _room
        return take(request, room, holder, token, code)
    client = known_client(request.COOKIES.get(CLIENT_COOKIE, ""))
    found = engine.wait(knock(engine, client, Join(code=code), line="page"))
    return _refused(request, code, found, client) if isinstance(found, str) else _door(request, found, code)


def inside(request: HttpRequest, room_id: str) -> tuple[Holder, str] | None:
    """Who holds the ticket in this browser's cookie for the room, with the token."""
    engine, token = the_engine(), ticket_from(request, room_id, "participant") or ""
    holder = engine.wait(holder_of(engine, Visitor(token, is_cookie=True), room_id, time.time())) if token else None
    return (holder, token) if holder else None


def _refused(request: HttpRequest, code: str, slug: str, client: str) -> HttpResponse:
    problem = PROBLEMS[slug]
    response = render(request, "rooms/pages/join.html", {"code": code, "error": problem.detail}, status=problem.status)
    response.set_cookie(CLIENT_COOKIE, client, max_age=3600, httponly=True, samesite="Lax")
    return response


def _door(request: HttpRequest, room: LiveRoom, code: str) -> HttpResponse:
    """Before stepping in. Nothing of the room is shown; a POST makes the visitor a participant."""
    shut = closed_door(room)
    if shut or request.method != "POST":
        context = {"code": code, "joined": False, "shut": shut or "", "sentence": PROBLEMS[shut].detail if shut else "", "room": room.id}
        return render(request, "rooms/pages/plain.html", context, status=PROBLEMS[shut].status if shut else 200)
    engine, token = the_engine(), random_token()
    language = translation.get_language() or room.language
    if engine.wait(new_participant(engine, room, token, Join(code=code, language=language))) is None:
        return render(request, "rooms/pages/plain.html", {"code": code, "joined": False, "sentence": PROBLEMS["busy"].detail}, status=503)
    response = HttpResponseRedirect(request.path)
    response.set_cookie(
        cookie_name(room.id, "participant", is_https=settings.CONFIG.is_https),
        token,
        max_age=COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.CONFIG.is_https,
    )
    return response


def _room(request: HttpRequest, room: LiveRoom, holder: Holder, token: str, code: str, results: list[Result] | None = None) -> HttpResponse:
    wait_for_the_fold()
    engine, audience = the_engine(), holder.listens_as("phone")
    names = [name for name in cell_names(room, audience) if name.startswith(PREFIX)]
    given = request.GET.get("saved", "")
    context = {
        "code": code,
        "joined": True,
        "room": room.id,
        "is_table": bool(holder.table),
        "is_big": "big" in request.GET,
        "stage": _draw(request, room, audience, "stage"),
        "agenda": _draw(request, room, audience, "agenda"),
        "table": _draw(request, room, audience, "table") if "table" in cell_names(room, audience) else "",
        "exercises": [_draw(request, room, audience, name, own=_own(room, holder, token, name), code=code) for name in names],
        "saved": int(given) if given.isdecimal() and len(given) < 4 else None,
        "resting": resting(room.snapshot, authors_of(engine, room.snapshot, holder, token)),
        "refused": [result for result in results or [] if result.status == "refused"],
    }
    return render(request, "rooms/pages/plain.html", context)


def wait_for_the_fold() -> None:
    """An answer is acknowledged after COMMIT; the page that follows shows it, so what was posted for folding comes first."""
    engine = the_engine()
    engine.wait(engine.ask(lambda: None))


def _draw(request: HttpRequest, room: LiveRoom, audience: str, name: str, **more: Any) -> SafeString:
    return mark_safe(draw_fragment(room, room.snapshot, audience, name, request=request, plain=True, **more))  # noqa: S308 - fragments escape


def _own(room: LiveRoom, holder: Holder, token: str, name: str) -> msgspec.Struct:
    one = room.snapshot.exercises[name.removeprefix(PREFIX)]
    return one.placed.type.own(one.definition, one.state, reader_of(the_engine(), one, holder, token))


def _take(request: HttpRequest, room: LiveRoom, holder: Holder, token: str, code: str) -> HttpResponse:
    """Send what differs from what is stored; back to the page when it is durable."""
    wait_for_the_fold()  # else what changed is told by what was there before the last form
    items = changed_items(request, room, holder, token)
    if not items:
        return _back(request, 0)
    said = give_from_page(room, Sender(holder, token, "plain", Reader()), items)
    if isinstance(said, str):
        problem = PROBLEMS[said]
        context = {"code": code, "joined": True, "room": room.id, "sentence": problem.detail}
        return render(request, "rooms/pages/plain.html", context, status=problem.status)
    if any(result.status == "refused" for result in said):
        return _room(request, room, holder, token, code, said)
    return _back(request, len(said))


def _back(request: HttpRequest, saved: int) -> HttpResponse:
    """To the page, as large as it was."""
    return HttpResponseRedirect(f"{request.path}?saved={saved}{'&big' if 'big' in request.GET else ''}")


def changed_items(request: HttpRequest, room: LiveRoom, holder: Holder, token: str) -> list[Item]:
    """The fields that differ from what is stored. An id comes from what is sent and what it follows, so a form sent twice counts once."""
    if request.POST.get("exercise") == STAGE:
        return _call(request, room, holder)
    one = room.snapshot.exercises.get(request.POST.get("exercise", ""))
    if one is None:
        return []
    authors = authors_of(the_engine(), room.snapshot, holder, token)
    mine = sorted((row for row in room.snapshot.rows.values() if row.author in authors and row.exercise == one.id), key=attrgetter("seq"))
    kind_of, latest = one.placed.type, _latest(one.placed.type, mine)
    follows = mine[-1].seq if mine else 0
    fields = ((name, str(value).replace("\r\n", "\n")) for name, value in request.POST.items())
    return [
        Item(_item_id(token, follows, given), one.id, given.kind, msgspec.Raw(msgspec.json.encode(given.data)))
        for given in contributions_of(fields, kind_of.contributions)
        if latest.get(slot := kind_of.slot(given.kind, given.data)) != given.data and not (given.is_blank and slot not in latest)
    ]


def _call(request: HttpRequest, room: LiveRoom, holder: Holder) -> list[Item]:
    """A table that calls, or no longer; the same button pressed twice is one call."""
    is_on = request.POST.get("call") == "on"
    if "call" not in request.POST or is_on == (holder.table in room.snapshot.stage.calls):
        return []
    return [Item(random_id(), STAGE, "call", msgspec.Raw(msgspec.json.encode({"on": is_on})))]


def _latest(kind_of: Exercise, mine: list[Envelope]) -> dict[Hashable, Any]:
    """What stands last in each slot; what was taken back is not there."""
    taken_back = {row.data.id for row in mine if isinstance(row.data, Withdraw)}
    latest: dict[Hashable, Any] = {}
    for row in mine:
        slot = kind_of.slot(row.kind, row.data)
        latest[slot] = row.data
        if row.id in taken_back:
            del latest[slot]
    return latest


def _item_id(token: str, follows: int, given: Given) -> str:
    said = f"{token}\n{follows}\n{given.name}\n".encode() + msgspec.json.encode(given.data)
    return blake2b(said, digest_size=16).hexdigest()
