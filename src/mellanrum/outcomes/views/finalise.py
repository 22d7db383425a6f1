"""Finalising a documentation, from its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from mellanrum.accounts.access import current_person
from mellanrum.outcomes.finality import finalise_gathering
from mellanrum.outcomes.views.documentation import team_page
from mellanrum.programmes.access import gathering_for
from mellanrum.rooms.finalising import StillOpen
from mellanrum.rooms.ledger.rows import LedgerUnavailable


@require_POST
def finalise(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Finalise the gathering's rooms, once and for good; `sure` has to be said."""
    gathering = gathering_for(request, gathering_id, "run")
    if request.POST.get("sure") != "yes":
        return team_page(request, gathering, problem="sure", status=400)
    try:
        finalise_gathering(gathering, actor=current_person(request))
    except StillOpen:
        return team_page(request, gathering, problem="open", status=409)
    except (LedgerUnavailable, TimeoutError):
        return team_page(request, gathering, problem="busy", status=503)
    return HttpResponseRedirect(reverse("documentation", args=[gathering.pk]))
