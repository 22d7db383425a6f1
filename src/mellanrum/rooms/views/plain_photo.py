"""A table's photo without JavaScript: a plain form with a file, drawn anew and given through the same `submit`."""

from __future__ import annotations

from hashlib import blake2b

import msgspec
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from mellanrum.core.picture_files import NotStored
from mellanrum.core.pictures import NotAPicture
from mellanrum.rooms.live.items import Result
from mellanrum.rooms.live.picture_desk import bring, remember
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.live.room import LiveRoom
from mellanrum.rooms.live.submitting import Sender
from mellanrum.rooms.live.tickets import Holder
from mellanrum.rooms.stage.gate import Item
from mellanrum.rooms.views.live_room import Reader, give_from_page, live_room, the_engine
from mellanrum.rooms.views.plain import inside

PHOTO = "photo"


@never_cache
@require_POST
def photo(request: HttpRequest, code: str) -> HttpResponse:
    """Store the file and name it in the block's notes; back to the room when both are durable. Raises Http404 for who is no table."""
    room_id = the_engine().doors.by_code(code)
    found = inside(request, room_id) if room_id else None
    if room_id is None or found is None or not found[0].may_bring_pictures:
        raise Http404
    room, (holder, token) = live_room(room_id), found
    sent = request.FILES.get("photo")
    if sent is None or not holder.pictures.take():
        slug = "not-a-picture" if sent is None else "too-fast"
        return _sorry(request, room, code, PROBLEMS[slug].detail, PROBLEMS[slug].status)
    try:
        brought = bring(settings.CONFIG.data, sent.read())
    except (NotAPicture, NotStored) as error:
        return _sorry(request, room, code, error.reason, 400)
    remember(settings.CONFIG.data, room, brought.picture)
    said = _give(request, room, holder, token, brought.picture)
    if isinstance(said, str):
        return _sorry(request, room, code, PROBLEMS[said].detail, PROBLEMS[said].status)
    if said[0].status == "refused":
        return _sorry(request, room, code, said[0].detail or "", 400)
    return HttpResponseRedirect(f"/r/{code}/plain?saved=1")


def _give(request: HttpRequest, room: LiveRoom, holder: Holder, token: str, picture: str) -> list[Result] | str:
    data = {"picture": picture, "caption": request.POST.get("caption", "").strip()[:300]}
    name = blake2b(f"{token}\n{picture}".encode(), digest_size=16).hexdigest()
    item = Item(name, request.POST.get("exercise", "")[:40], PHOTO, msgspec.Raw(msgspec.json.encode(data)))
    return give_from_page(room, Sender(holder, token, "plain", Reader()), [item])


def _sorry(request: HttpRequest, room: LiveRoom, code: str, sentence: str | Promise, status: int) -> HttpResponse:
    context = {"code": code, "joined": True, "room": room.id, "sentence": sentence}
    return render(request, "rooms/pages/plain.html", context, status=status)
