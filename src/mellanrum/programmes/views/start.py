"""The start page of a signed-in person, and making a programme from a template there."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.views.decorators.http import require_POST, require_safe

from mellanrum.accounts.access import current_person
from mellanrum.core.clock import now
from mellanrum.programmes.actions import create_programme_from_template
from mellanrum.programmes.queries import next_gathering, programmes_for
from mellanrum.programmes.templates import TemplateProblem, library, library_template


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """For signed-in people only; `urls.py` shows strangers the door of the rooms instead."""
    return _start_page(request)


@require_POST
def from_template(request: HttpRequest) -> HttpResponse:
    """Fields `template` (a name of the library) and, if wanted, `day` (ISO date)."""
    person = current_person(request)
    if person is None:
        return HttpResponseNotFound()
    try:
        template = library_template(request.POST.get("template", ""))
        first_day = parse_date(request.POST.get("day", ""))
    except TemplateProblem as problem:
        return _start_page(request, problem=str(problem))
    except ValueError:  # looks like a date but is none, as 2026-02-31
        first_day = None
    programme = create_programme_from_template(template, owner=person, first_day=first_day)
    gathering = programme.gatherings.get(position=1)
    return HttpResponseRedirect(reverse("gathering", args=[gathering.pk]))


def _start_page(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    person = current_person(request)
    rows = programmes_for(person) if person else ()
    context = {
        "person": person,
        "programmes": rows,
        "next_gathering": next_gathering(rows, moment=now()),
        "templates": library(),
        "problem": problem,
    }
    return render(request, "programmes/pages/start.html", context, status=400 if problem else 200)
