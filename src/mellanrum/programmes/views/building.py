"""The page of blocks to take from, putting blocks by, and a whole gathering out of a template."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from mellanrum.programmes.access import gathering_for, person_of, programme_for
from mellanrum.programmes.actions import add_gatherings_from_template
from mellanrum.programmes.building import OWN, TEMPLATES, Wish, drop_saved, insert, readable, save_blocks, stock
from mellanrum.programmes.fields import read_day
from mellanrum.programmes.lengths import read_length
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.planner import kind_names
from mellanrum.programmes.planning import MOST_BLOCKS, rooms_of
from mellanrum.programmes.refusals import Refused
from mellanrum.programmes.templates import TemplateProblem, library, library_template
from mellanrum.programmes.views.planning import Told, do

MOST_GATHERINGS = 60


@require_http_methods(["GET", "HEAD", "POST"])
def blocks(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Search with `q`, `kind`, `minutes`, `source`; POST puts those in `pick` behind `after`."""
    if request.method == "POST":
        return _insert(request, gathering_id)
    return _page(request, gathering_for(request, gathering_id, "change"))


def _insert(request: HttpRequest, gathering_id: int) -> HttpResponse:
    person, picks = person_of(request), request.POST.getlist("pick")[:MOST_BLOCKS]

    def step(gathering: Gathering) -> Told:
        new = insert(gathering, person, picks, after=request.POST.get("after", ""))
        return {"key": new[0].key, "text": _("Tillagda: %(count)s moment.") % {"count": len(new)}}

    return do(request, gathering_id, step, kind="add")


def _page(request: HttpRequest, gathering: Gathering, *, problem: str = "", status: int = 200) -> HttpResponse:
    asked, person = request.GET, person_of(request)
    sources = readable(person, besides=gathering)
    source = asked.get("source") or (OWN if gathering.programme.saved_blocks.exists() else TEMPLATES)
    minutes = read_length(asked.get("minutes", "")) if asked.get("minutes") else None
    wish = Wish(words=asked.get("q", "")[:100], kind=asked.get("kind", ""), minutes=minutes, source=source)
    found, is_more = stock(gathering, person, wish)
    context: dict[str, Any] = {
        "gathering": gathering,
        "wish": wish,
        "sources": [(str(one.pk), one.title, one.programme.title) for one in sources],
        "found": found,
        "is_more": is_more,
        "kinds": kind_names(),
        "after": asked.get("after", ""),
        "is_own": source == OWN,
        "is_open": not rooms_of(gathering),
        "templates": library(),
        "problem": problem,
    }
    return render(request, "programmes/pages/blocks.html", context, status=status)


@require_POST
def save(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Field `key`, once for each block that is put by."""
    gathering = gathering_for(request, gathering_id, "change")
    try:
        save_blocks(gathering, request.POST.getlist("key"))
    except Refused as refused:
        return _page(request, gathering, problem=str(refused), status=refused.status)
    return HttpResponseRedirect(f"{reverse('gathering-blocks', args=[gathering.pk])}?source={OWN}")


@require_POST
def drop(request: HttpRequest, gathering_id: int, number: int) -> HttpResponse:
    gathering = gathering_for(request, gathering_id, "change")
    drop_saved(gathering.programme, number)
    return HttpResponseRedirect(f"{reverse('gathering-blocks', args=[gathering.pk])}?source={OWN}")


@require_POST
def add_gathering(request: HttpRequest, programme_id: int) -> HttpResponse:
    """Fields `template` (a name of the library) and, if wanted, `day`: its gatherings come last in the programme."""
    programme = programme_for(request, programme_id, "change")
    try:
        template = library_template(request.POST.get("template", ""))
        if programme.gatherings.count() + len(template.gatherings) > MOST_GATHERINGS:
            raise TemplateProblem(_("Programmet rymmer %(most)s träffar.") % {"most": MOST_GATHERINGS})
    except TemplateProblem as problem:
        return render(request, "programmes/pages/blocks-problem.html", {"programme": programme, "problem": str(problem)}, status=400)
    first, *_rest = add_gatherings_from_template(template, programme=programme, first_day=read_day(request.POST.get("day", "")))
    return HttpResponseRedirect(reverse("gathering", args=[first.pk]))
