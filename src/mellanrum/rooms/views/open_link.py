"""What is open for days, for whoever has the link: what it is, the form, and afterwards the result. Every step works without scripts."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from mellanrum.core.ids import random_token
from mellanrum.rooms.lasting.queries import authors, heading_of, told_of
from mellanrum.rooms.live.items import Join, Result
from mellanrum.rooms.live.joining import closed_door, new_participant, surplus
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.render import draw_fragment
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.state import author_in, authors_of
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import COOKIE_AGE, Holder, cookie_name
from mellanrum.rooms.stage.resting import resting
from mellanrum.rooms.views.lasting_faces import exercise_of, form_of, result_of
from mellanrum.rooms.views.live_room import Reader, give_from_page, live_room, the_engine
from mellanrum.rooms.views.plain import changed_items, inside, wait_for_the_fold

PAGE = "rooms/pages/open-link.html"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, key: str) -> HttpResponse:
    """Before stepping in, inside, or closed. Raises Http404 for a key that opens nothing for days."""
    engine = the_engine()
    room_id = engine.doors.by_key(key)
    room = live_room(room_id) if room_id else None
    if room is None or room.snapshot.course.lasting is None:
        raise Http404
    found = inside(request, room.id)
    if request.method == "POST":
        return _take(request, room, *found) if found else _step_in(request, room)
    return _page(request, room, found)


def _step_in(request: HttpRequest, room: LiveRoom) -> HttpResponse:
    if closed_door(room):
        return _page(request, room, None)
    engine, token = the_engine(), random_token()
    newcomer = engine.wait(new_participant(engine, room, token, Join(language=translation.get_language() or room.language)))
    if newcomer is None:
        return _page(request, room, None, sentence=PROBLEMS["busy"].detail, status=503)
    response = HttpResponseRedirect(request.path)
    is_https = settings.CONFIG.is_https
    name = cookie_name(room.id, "participant", is_https=is_https)
    for old in surplus(request.COOKIES, name):
        response.delete_cookie(old, samesite="Lax")
    response.set_cookie(name, token, max_age=COOKIE_AGE, httponly=True, samesite="Lax", secure=is_https)
    return response


def _take(request: HttpRequest, room: LiveRoom, holder: Holder, token: str) -> HttpResponse:
    """A plain form: what differs goes through the same gate, which alone knows whether it is too late."""
    wait_for_the_fold()
    items = changed_items(request, room, holder, token)
    if not items:
        return HttpResponseRedirect(f"{request.path}?saved=0")
    said = give_from_page(room, Sender(holder, token, "plain", Reader()), items)
    if isinstance(said, str):
        return _page(request, room, (holder, token), sentence=PROBLEMS[said].detail, status=PROBLEMS[said].status)
    if any(result.status == "refused" for result in said):
        return _page(request, room, (holder, token), results=said)
    return HttpResponseRedirect(f"{request.path}?saved={len(said)}")


def _page(
    request: HttpRequest,
    room: LiveRoom,
    found: tuple[Holder, str] | None,
    *,
    sentence: Any = "",
    results: list[Result] | None = None,
    status: int = 200,
) -> HttpResponse:
    wait_for_the_fold()
    plan, one, given = room.snapshot.course.plan, exercise_of(room), request.GET.get("saved", "")
    context = {
        "room": room.id,
        "heading": heading_of(plan.blocks[0], plan.title),
        "plan": plan,
        "lasting": plan.lasting,
        "told": told_of(room.snapshot),
        "anonymous": one.definition.anonymous,
        "sentence": sentence,
        "has_own_page": found is not None and not found[0].table,
        "saved": int(given) if given.isdecimal() and len(given) < 4 else None,
        "refused": [result for result in results or [] if result.status == "refused"],
        **_state(request, room, found),
    }
    return render(request, PAGE, context, status=status)


def _state(request: HttpRequest, room: LiveRoom, found: tuple[Holder, str] | None) -> dict[str, Any]:
    """Which of its states the page is in: door, form, result or closed."""
    results = room.snapshot.course.plan.lasting.results if room.snapshot.course.plan.lasting else "never"
    if closed_door(room):
        is_shown = results != "never" and room.snapshot.stage.is_closed
        return {"is_closed": True, "result": result_of(request, room) if is_shown else None}
    if found is None:
        return {}
    holder, token = found
    mine = authors_of(the_engine(), room.snapshot, holder, token)
    if "result" in request.GET and results == "after":
        has_answered = not authors(room.snapshot, exercise_of(room).id).isdisjoint(mine)
        return {"joined": True, "asks_result": True, "result": result_of(request, room) if has_answered else None}
    return {
        "joined": True,
        "form": form_of(request, room, author_in(the_engine(), exercise_of(room), holder, token)),
        "stage": mark_safe(draw_fragment(room, room.snapshot, "phone", "stage", request=request)),  # noqa: S308 - fragments escape
        "resting": resting(room.snapshot, mine),
    }
