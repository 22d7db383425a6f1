"""The start page of a signed-in person, and making a programme from a template there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from mellanrum.accounts.access import current_person
from mellanrum.core.clock import now
from mellanrum.core.ports import provided
from mellanrum.programmes.actions import create_empty_programme, create_programme_from_template
from mellanrum.programmes.fields import read_day
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.needs import LEADS, needs_of
from mellanrum.programmes.queries import ProgrammeRow, next_gathering, programmes_for, run_sheet, stones_of, unassigned_blocks
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
    except TemplateProblem as problem:
        return _start_page(request, problem=str(problem))
    programme = create_programme_from_template(template, owner=person, first_day=read_day(request.POST.get("day", "")))
    gathering = programme.gatherings.get(position=1)
    return HttpResponseRedirect(reverse("gathering", args=[gathering.pk]))


@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    """A programme to write from the beginning; its one gathering's planner opens."""
    person = current_person(request)
    if person is None:
        return HttpResponseNotFound()
    programme = create_empty_programme(owner=person, language=get_language() or "sv")
    return HttpResponseRedirect(reverse("gathering", args=[programme.gatherings.get().pk]))


def _newest_rooms(rows: tuple[ProgrammeRow, ...]) -> Mapping[int, Any]:
    """By gathering; one query."""
    newest = provided("newest_rooms")
    return newest(_numbers(rows)) if newest and rows else {}


def _numbers(rows: tuple[ProgrammeRow, ...]) -> list[int]:
    return [gathering.pk for row in rows for gathering in row.gatherings]


def _around(upcoming: Gathering | None, rows: tuple[ProgrammeRow, ...], rooms: Mapping[int, Any], moment: datetime) -> dict[str, Any]:
    """What waits for the person, and what there is to know of the next gathering; three queries at most."""
    needs = needs_of(rows, rooms, unassigned_blocks(_numbers(rows)), moment=moment, read=_read(rooms))
    role = next((row.role for row in rows if upcoming in row.gatherings), "")
    sheet = run_sheet(upcoming) if upcoming and role != "viewer" else None  # minutes are the team's
    room = rooms.get(upcoming.pk) if upcoming else None
    return {"needs": needs, "run_sheet": sheet, "room": room, "may_run": role in LEADS}


def _read(rooms: Mapping[int, Any]) -> frozenset[int]:
    """The gatherings whose documentation is final, or public: somebody has read it. Asked for only where a room is closed."""
    closed = [number for number, room in rooms.items() if room.closed_at]
    published = provided("published_among")
    final = frozenset(number for number, room in rooms.items() if room.finalised_at)
    return final | (published(closed) if published and closed else frozenset())


def _start_page(request: HttpRequest, *, problem: str = "") -> HttpResponse:
    person = current_person(request)
    rows, moment = programmes_for(person) if person else (), now()
    rooms = _newest_rooms(rows)
    held = frozenset(number for number, room in rooms.items() if room.closed_at)
    upcoming = next_gathering(rows, moment=moment, held=held)
    context = {
        "person": person,
        "programmes": [(row, stones_of(row, moment=moment, held=held)) for row in rows],
        "next_gathering": upcoming,
        **(_around(upcoming, rows, rooms, moment) if rows else {}),
        "templates": sorted(library(), key=lambda one: one.language != get_language()),  # those in the reader's language first
        "problem": problem,
    }
    return render(request, "programmes/pages/start.html", context, status=400 if problem else 200)
