"""The documentation page, for the team in a browser and for tools through the API."""

from __future__ import annotations

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import acts_of, current_person
from mellanrum.outcomes.access import gathering_by_ticket
from mellanrum.outcomes.documentation import Documentation, documentation_for
from mellanrum.outcomes.finality import Finality, finality_of
from mellanrum.outcomes.html import passages_as_html
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering


class WaysOn(msgspec.Struct, frozen=True):
    """What the page offers besides reading; nothing of it for guests. `problem` is why the last step was not taken."""

    may_save: bool = False
    may_edit: bool = False
    finality: Finality | None = None
    problem: str = ""


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
    finality = finality_of(gathering) if "run" in acts else None
    ways = WaysOn(may_save=True, may_edit="change" in acts, finality=finality, problem=problem)
    return documentation_page(request, gathering, ways, status=status)


def documentation_page(request: HttpRequest, gathering: Gathering, ways: WaysOn = READING, *, status: int = 200) -> HttpResponse:
    """The page, in the document's language: the same bytes for everybody but for the ways on."""
    return page_of(request, gathering, documentation_for(gathering), ways, status=status)


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
    with translation.override(document.head.language):
        context = {
            "gathering": gathering,
            "head": document.head,
            "passages": passages_as_html(document.passages),
            "is_final": document.is_final,
            "is_rehearsal": is_rehearsal,
            **msgspec.structs.asdict(ways),
        }
        response = render(request, "outcomes/pages/documentation.html", context, status=status)
    response.headers["Content-Language"] = document.head.language
    return response
