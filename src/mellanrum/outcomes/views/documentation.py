"""The documentation page, for the team in a browser and for tools through the API."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from mellanrum.outcomes.access import gathering_by_ticket
from mellanrum.outcomes.documentation import documentation_for
from mellanrum.outcomes.html import passages_as_html
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering


@require_safe
def documentation(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """For everybody who may see the programme."""
    return _page(request, gathering_for(request, gathering_id))


@never_cache
@require_safe
def documentation_api(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The same page for a crew ticket (header or cookie) as well as for a signed-in person."""
    by_ticket = gathering_by_ticket(request, gathering_id)
    if by_ticket is None and "Authorization" in request.headers:
        raise Http404  # who shows a ticket is judged by it
    return _page(request, by_ticket or gathering_for(request, gathering_id))


def _page(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    document = documentation_for(gathering)
    with translation.override(document.head.language):
        context = {
            "gathering": gathering,
            "head": document.head,
            "passages": passages_as_html(document.passages),
            "is_final": document.is_final,
        }
        response = render(request, "outcomes/pages/documentation.html", context)
    response.headers["Content-Language"] = document.head.language
    return response
