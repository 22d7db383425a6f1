"""Paper: sheets to print before, and the page where a helper enters them, or the hands that were counted, after."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import blake2b
from html import unescape
from typing import Any

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from mellanrum.accounts.access import current_person
from mellanrum.core.clock import now_ms
from mellanrum.core.ids import random_id
from mellanrum.core.retention import FINAL_AFTER
from mellanrum.rooms.access import room_for
from mellanrum.rooms.fields import Given, contributions_of, parse_name
from mellanrum.rooms.live.items import Result
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import Holder
from mellanrum.rooms.models import Room, Ticket
from mellanrum.rooms.stage.gate import Item, shut
from mellanrum.rooms.stage.room_fold import ExerciseSnapshot
from mellanrum.rooms.views.live_room import Reader, give_from_page, live_room


@require_safe
def paper(request: HttpRequest, room_id: str) -> HttpResponse:
    """Every exercise of the run sheet as a sheet to print; types without one (a talk) have nothing to hand out."""
    room = room_for(request, room_id, "help")
    live = live_room(room.id)
    with translation.override(room.language):
        planned = (live.snapshot.exercises[name] for name in live.snapshot.course.exercises)
        sheets = [_draw(request, one, "paper.html") for one in planned if _has_face(one, "paper.html")]
        return render(request, "rooms/pages/paper.html", {"room": room, "gathering": room.gathering, "sheets": sheets})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, room_id: str, exercise: str) -> HttpResponse:
    """Enter one sheet, or counted hands; what is entered is marked as paper in the ledger."""
    room = room_for(request, room_id, "help")
    live = live_room(room.id)
    one = live.snapshot.exercises.get(exercise)
    if one is None or not _has_face(one, "entry.html"):
        raise Http404
    if request.method == "POST":
        return _take(request, room, live, one)
    return _page(request, room, live, one)


def _page(
    request: HttpRequest,
    room: Room,
    live: LiveRoom,
    one: ExerciseSnapshot,
    results: Sequence[Result] = (),
    sentence: str = "",
    status: int = 200,
) -> HttpResponse:
    saved = request.GET.get("saved", "")
    refused = [result for result in results if result.status == "refused"]
    now = one.placed.type.views["phone"](one.definition, one.state, one.phase)
    form = _draw(request, one, "entry.html", sheet=request.GET.get("sheet", "")[:40], submission=random_id(), now=now)
    closed = shut(live.snapshot, one.id, _kinds_in(form))
    context = {
        "room": room,
        "gathering": room.gathering,
        "exercise": one.id,
        "form": form,
        "saved": saved if len(saved) <= 40 else "",
        "shut": closed,
        "refused": list(dict.fromkeys(result.detail for result in refused)),
        "is_nothing": len(refused) == len(results),
        "sentence": sentence,
        "anonymous": one.definition.anonymous,
        "days": FINAL_AFTER.days,
    }
    return render(request, "rooms/pages/entry.html", context, status=status)


def _kinds_in(form: str) -> set[str]:
    """What the form sends: a field's name says it."""
    fields = (parse_name(unescape(name)) for name in re.findall(r' name="([^"]+)"', form))
    return {field.kind for field in fields if field}


def _has_face(one: ExerciseSnapshot, face: str) -> bool:
    return (settings.PACKAGE / one.placed.type.folder / face).is_file()


def _draw(request: HttpRequest, one: ExerciseSnapshot, face: str, **more: Any) -> SafeString:
    view = one.placed.type.views["phone"](one.definition, one.placed.type.empty(one.definition), one.placed.first_phase)
    context = {"view": view, "exercise": one.id, "cell": f"exercise-{one.id}", "definition": one.definition, **more}
    return mark_safe(get_template(f"exercises/{one.slug}/{face}").render(context, request))  # noqa: S308 - the fragments escape


def _take(request: HttpRequest, room: Room, live: LiveRoom, one: ExerciseSnapshot) -> HttpResponse:
    person = current_person(request)
    holder = Holder(
        hash="", room_id=room.id, kind=Ticket.Kind.CREW, name=f"crew:{person.pk if person else ''}", language="", expires_at=now_ms()
    )
    sheet = request.POST.get("sheet", "").strip() or None
    items = [
        Item(_item_id(request, given), one.id, given.kind, msgspec.Raw(msgspec.json.encode(given.data)), on_behalf=sheet)
        for given in contributions_of(((name, str(value)) for name, value in request.POST.items()), one.placed.type.contributions)
        if not given.is_blank
    ]
    if not items:
        return HttpResponseRedirect(request.path)
    said = give_from_page(live, Sender(holder, "", "paper", Reader()), items)
    if isinstance(said, str):
        return _page(request, room, live, one, sentence=str(PROBLEMS[said].detail), status=PROBLEMS[said].status)
    if any(result.status == "refused" for result in said):
        return _page(request, room, live, one, said)
    return HttpResponseRedirect(f"{request.path}?saved={sheet or len(said)}")


def _item_id(request: HttpRequest, given: Given) -> str:
    """From the form's own number and what is given, so that sending it twice counts once and mending it counts again."""
    said = f"{request.POST.get('submission', '')}\n{given.name}\n".encode() + msgspec.json.encode(given.data)
    return blake2b(said, digest_size=16).hexdigest()
