"""The documentation page, for the team in a browser and for tools through the API."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from mellanrum.accounts.access import current_person, may
from mellanrum.outcomes.access import gathering_by_ticket
from mellanrum.outcomes.documentation import documentation_for
from mellanrum.outcomes.finality import Finality, finalise_gathering, finality_of
from mellanrum.outcomes.html import passages_as_html
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering
from mellanrum.rooms.finalising import StillOpen
from mellanrum.rooms.ledger.rows import LedgerUnavailable


@require_safe
def documentation(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme; who runs it can finalise it here."""
    return _team_page(request, gathering_for(request, gathering_id))


@require_POST
def finalise(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Finalise the gathering's rooms, once and for good; `sure` has to be said."""
    gathering = gathering_for(request, gathering_id, "run")
    if request.POST.get("sure") != "yes":
        return _team_page(request, gathering, problem="sure", status=400)
    try:
        finalise_gathering(gathering, actor=current_person(request))
    except StillOpen:
        return _team_page(request, gathering, problem="open", status=409)
    except (LedgerUnavailable, TimeoutError):
        return _team_page(request, gathering, problem="busy", status=503)
    return HttpResponseRedirect(reverse("documentation", args=[gathering.pk]))


@never_cache
@require_safe
def documentation_api(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same page for a crew ticket (header or cookie) as well as for a signed-in person."""
    by_ticket = gathering_by_ticket(request, gathering_id)
    if by_ticket is None and "Authorization" in request.headers:
        raise Http404  # who shows a ticket is judged by it
    return _page(request, by_ticket or gathering_for(request, gathering_id))


def _team_page(request: HttpRequest, gathering: Gathering, *, problem: str = "", status: int = 200) -> HttpResponse:
    can_run = may(current_person(request), "run", gathering.programme)
    return _page(request, gathering, finality_of(gathering) if can_run else None, problem=problem, status=status)


def _page(
    request: HttpRequest, gathering: Gathering, finality: Finality | None = None, *, problem: str = "", status: int = 200
) -> HttpResponse:
    """The same bytes for everybody, but for what only who runs the programme is asked at the end (`finality`)."""
    document = documentation_for(gathering)
    with translation.override(document.head.language):
        context = {
            "gathering": gathering,
            "head": document.head,
            "passages": passages_as_html(document.passages),
            "is_final": document.is_final,
            "finality": finality,
            "problem": problem,
        }
        response = render(request, "outcomes/pages/documentation.html", context, status=status)
    response.headers["Content-Language"] = document.head.language
    return response
