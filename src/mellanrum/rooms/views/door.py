"""The door for those who type: a field for the code, and the sentence about what happens to answers."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mellanrum.core.retention import CREW_TICKET, FINAL_AFTER, OWN_LINK, TICKET
from mellanrum.rooms.live.items import Join
from mellanrum.rooms.live.joining import CLIENT_COOKIE, knock, known_client
from mellanrum.rooms.live.problems import PROBLEMS
from mellanrum.rooms.views.live_room import the_engine

REVIEWED = date(2026, 11, 20)  # the day somebody last went through the statement: what it says has to be true then


@require_safe
def join(request: HttpRequest) -> HttpResponse:
    """The field for the code; with a code that opens a room, on to it."""
    code = request.GET.get("code", "").strip()
    if not code:
        return render(request, "rooms/pages/join.html", {"code": "", "error": ""})
    engine = the_engine()
    client = known_client(request.COOKIES.get(CLIENT_COOKIE, ""))
    room = engine.wait(knock(engine, client, Join(code=code[:40]), line="page"))
    if isinstance(room, str):
        problem = PROBLEMS[room]
        response = render(request, "rooms/pages/join.html", {"code": code[:40], "error": problem.detail}, status=problem.status)
        response.set_cookie(CLIENT_COOKIE, client, max_age=3600, httponly=True, samesite="Lax")
        return response
    return HttpResponseRedirect(f"/r/{room.code}")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is stored, who sees what, and the honest limits."""
    times = {"final": FINAL_AFTER.days, "ticket": TICKET.days, "crew": int(CREW_TICKET.total_seconds() // 3600), "link": OWN_LINK.days}
    return render(request, "rooms/pages/privacy.html", {"times": times})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible all this is, what is known to fall short, and whom to tell."""
    config = settings.CONFIG
    context = {
        "organisation": config.organisation,
        "contact": config.contact,
        "is_address": _is_address(config.contact),
        "reviewed": REVIEWED,
    }
    return render(request, "rooms/pages/accessibility.html", context)


def _is_address(contact: str) -> bool:
    try:
        validate_email(contact)
    except ValidationError:
        return False
    return True
