"""The page of one gathering: the planner for those who plan, the run sheet for those who help, the agenda for those who read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from mellanrum.accounts.access import acts_of, current_person
from mellanrum.core.ports import provided
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.agenda import agenda_of
from mellanrum.programmes.queries import run_sheet
from mellanrum.programmes.views.planner import planner


@require_safe
def gathering(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """`run_sheet` is None for those who only read: the minutes and the script are the team's."""
    found = gathering_for(request, gathering_id)
    acts = acts_of(current_person(request), found.programme)
    if "change" in acts:
        return planner(request, found)
    sheet = run_sheet(found)
    rooms = provided("rooms_of")
    context = {
        "gathering": found,
        "programme": found.programme,
        "run_sheet": sheet if "help" in acts else None,
        "agenda": agenda_of(row.block for row in sheet.rows),
        "rooms": rooms(found) if rooms else (),
        "may_run": "run" in acts,
    }
    return render(request, "programmes/pages/gathering.html", context)
