"""The room without JavaScript: the same fragments as plain forms, through the same `submit`."""

from __future__ import annotations

import time
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
from mellanrum.rooms.access import ticket_from
from mellanrum.rooms.fields import Given, contributions_of
from mellanrum.rooms.live.cells import PREFIX, cell_names
from mellanrum.rooms.live.contributing import give
from mellanrum.rooms.live.items import Join, Result
from mellanrum.rooms.live.joining import CLIENT_COOKIE, closed_door, knock, new_participant
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.render import draw_fragment
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.state import authors_of
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import COOKIE_AGE, Holder, anonymous_author, cookie_name
from mellanrum.rooms.live.visitor import Visitor, holder_of
from mellanrum.rooms.stage.gate import Item
from mellanrum.rooms.views.live_room import Reader, the_engine


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def plain(request: HttpRequest, code: str) -> HttpResponse:
    """Step in, see the room, give answers; every button loads a page."""
    engine = the_engine()
    client = request.COOKIES.get(CLIENT_COOKIE) or random_id()
    room = engine.wait(knock(engine, client, Join(code=code)))
    if isinstance(room, str):
        return _refused(request, code, room, client)
    token = ticket_from(request, room.id, "participant") or ""
    holder = engine.wait(holder_of(engine, Visitor(token, is_cookie=True), room.id, time.time())) if token else None
    if holder is None:
        return _door(request, room, code)
    if request.method == "POST":
        return _take(request, room, holder, token, code)
    return _room(request, room, holder, token, code)


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
    _wait_for_the_fold()
    names = [name for name in cell_names(room, "phone") if name.startswith(PREFIX)]
    given = request.GET.get("saved", "")
    context = {
        "code": code,
        "joined": True,
        "room": room.id,
        "stage": _draw(request, room, "stage"),
        "exercises": [_draw(request, room, name, own=_own(room, token, name)) for name in names],
        "saved": int(given) if given.isdecimal() and len(given) < 4 else None,
        "refused": [result for result in results or [] if result.status == "refused"],
    }
    return render(request, "rooms/pages/plain.html", context)


def _wait_for_the_fold() -> None:
    """An answer is acknowledged after COMMIT; the page that follows shows it, so what was posted for folding comes first."""
    engine = the_engine()
    engine.wait(engine.ask(lambda: None))


def _draw(request: HttpRequest, room: LiveRoom, name: str, **more: Any) -> SafeString:
    return mark_safe(draw_fragment(room, room.snapshot, "phone", name, request=request, plain=True, **more))  # noqa: S308 - fragments escape


def _own(room: LiveRoom, token: str, name: str) -> msgspec.Struct:
    one = room.snapshot.exercises[name.removeprefix(PREFIX)]
    author = anonymous_author(the_engine().server_key, token, one.id) if one.definition.anonymous else _holder_name(room, token)
    return one.placed.type.own(one.definition, one.state, author)


def _holder_name(room: LiveRoom, token: str) -> str:
    engine = the_engine()
    holder = engine.wait(holder_of(engine, Visitor(token, is_cookie=True), room.id, time.time()))
    return holder.name if holder else ""


def _take(request: HttpRequest, room: LiveRoom, holder: Holder, token: str, code: str) -> HttpResponse:
    """Send what differs from what is stored; back to the page when it is durable."""
    engine = the_engine()
    items = _changed_items(request, room, holder, token)
    if not items:
        return HttpResponseRedirect(f"{request.path}?saved=0")
    said = engine.wait(give(engine, room, Sender(holder, token, "plain", Reader()), items))
    if isinstance(said, str):
        problem = PROBLEMS[said]
        context = {"code": code, "joined": True, "room": room.id, "sentence": problem.detail}
        return render(request, "rooms/pages/plain.html", context, status=problem.status)
    if any(result.status == "refused" for result in said):
        return _room(request, room, holder, token, code, said)
    return HttpResponseRedirect(f"{request.path}?saved={len(said)}")


def _changed_items(request: HttpRequest, room: LiveRoom, holder: Holder, token: str) -> list[Item]:
    """The fields that differ from what is stored. An id comes from what is sent and what it follows, so a form sent twice counts once."""
    one = room.snapshot.exercises.get(request.POST.get("exercise", ""))
    if one is None:
        return []
    authors = authors_of(the_engine(), room.snapshot, holder, token)
    mine = sorted((row for row in room.snapshot.rows.values() if row.author in authors and row.exercise == one.id), key=attrgetter("seq"))
    kind_of = one.placed.type
    latest = {kind_of.slot(row.kind, row.data): row.data for row in mine}
    follows = mine[-1].seq if mine else 0
    fields = ((name, str(value).replace("\r\n", "\n")) for name, value in request.POST.items())
    return [
        Item(_item_id(token, follows, given), one.id, given.kind, msgspec.Raw(msgspec.json.encode(given.data)))
        for given in contributions_of(fields, kind_of.contributions)
        if latest.get(slot := kind_of.slot(given.kind, given.data)) != given.data and not (given.is_blank and slot not in latest)
    ]


def _item_id(token: str, follows: int, given: Given) -> str:
    said = f"{token}\n{follows}\n{given.name}\n".encode() + msgspec.json.encode(given.data)
    return blake2b(said, digest_size=16).hexdigest()
