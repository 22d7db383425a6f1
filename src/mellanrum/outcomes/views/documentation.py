"""The documentation page, for the team in a browser and for tools through the API."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import acts_of, current_person
from mellanrum.outcomes.access import gathering_by_ticket
from mellanrum.outcomes.documentation import Documentation, documentation_for, rooms_that_count
from mellanrum.outcomes.finality import Finality, finality_of, known_of
from mellanrum.outcomes.html import sections_as_html
from mellanrum.outcomes.sections import LONG, sections_of
from mellanrum.outcomes.standing import Standing, standing_of
from mellanrum.outcomes.when import when
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.models import Room


class WaysOn(msgspec.Struct, frozen=True):
    """What the page offers besides reading; nothing of it for guests. `problem` is why the last step was not taken."""

    may_save: bool = False
    may_edit: bool = False
    may_run: bool = False
    cockpit: str = ""
    open_link: str = ""
    open_until: datetime | None = None
    standing: Standing | None = None
    finality: Finality | None = None
    problem: str = ""
    is_preliminary: bool = False
    for_members: bool = False


READING = WaysOn()


@require_safe
def documentation(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme; who runs it can finalise it here."""
    return team_page(request, gathering_for(request, gathering_id))


@never_cache
@require_safe
def documentation_api(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same page for a crew ticket (header or cookie) as well as for a signed-in person."""
    by_ticket = gathering_by_ticket(request, gathering_id)
    if by_ticket is None and "Authorization" in request.headers:
        raise Http404  # who shows a ticket is judged by it
    return documentation_page(request, by_ticket or gathering_for(request, gathering_id))


def team_page(request: HttpRequest, gathering: Gathering, *, problem: str = "", status: int = 200) -> HttpResponse:
    """The page with the ways on that the person has."""
    acts = acts_of(current_person(request), gathering.programme)
    ways = WaysOn(may_save=True, may_edit="change" in acts, problem=problem, for_members=True)
    if "run" in acts:
        ways = msgspec.structs.replace(ways, finality=finality_of(gathering), **way_of(gathering))
    return documentation_page(request, gathering, ways, status=status)


def documentation_page(request: HttpRequest, gathering: Gathering, ways: WaysOn = READING, *, status: int = 200) -> HttpResponse:
    """The page, in the document's language: the same bytes for everybody but for the ways on."""
    document = documentation_for(gathering, for_members=ways.for_members)
    return page_of(request, gathering, document, ways, status=status)


def page_of(
    request: HttpRequest,
    gathering: Gathering,
    document: Documentation,
    ways: WaysOn = READING,
    *,
    status: int = 200,
    is_rehearsal: bool = False,
) -> HttpResponse:
    """That document as a page."""
    sections = sections_of(document.passages, document.under)
    with translation.override(document.head.language):
        context = {
            "gathering": gathering,
            "head": document.head,
            "when": when(document.head),
            "sections": sections_as_html(sections),
            "is_long": len(sections) > LONG,
            "is_final": document.is_final,
            "is_rehearsal": is_rehearsal,
            "is_empty": document.is_empty,
            **msgspec.structs.asdict(ways),
        }
        response = render(request, "outcomes/pages/documentation.html", context, status=status)
    response.headers["Content-Language"] = document.head.language
    return response


def way_of(gathering: Gathering, *, language: str | None = None) -> dict[str, Any]:
    """How far the documentation has come, for who runs the programme, in its language or the one given; on every such page."""
    with translation.override(language or gathering.programme.language):
        standing = standing_of(known_of(gathering))
    room = rooms_that_count(gathering).filter(kind=Room.Kind.MEETING).order_by("-created_at").first()
    link = rooms_that_count(gathering).filter(kind=Room.Kind.LASTING, closed_at=None).order_by("-created_at").first()
    return {
        "standing": standing,
        "may_run": True,
        "cockpit": reverse("cockpit", args=[room.id]) if room else "",
        "open_link": reverse("lasting", args=[link.id]) if link else "",
        "open_until": link.closes_at if link else None,
    }
