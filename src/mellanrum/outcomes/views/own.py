"""What editors put into a documentation themselves: passages, and links to material."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from mellanrum.outcomes import editing, linking
from mellanrum.outcomes.documentation import harvested_documentation
from mellanrum.outcomes.editing import NotSaved
from mellanrum.outcomes.models import MaterialLink, OwnPassage
from mellanrum.outcomes.views.editing import STATUS, back_to, editing_page, lines_of, number_of
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.models import Gathering

AFTER = "after:"


@require_POST
def own(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """A new passage of the editors' own."""
    gathering = gathering_for(request, gathering_id, "change")
    fields = _own_fields(request, gathering)
    try:
        made = editing.write_passage(gathering, **fields)
    except NotSaved as refused:
        return editing_page(request, gathering, problem=f"own-{refused.reason}", new=fields, status=400)
    return back_to(gathering, f"own-{made.pk}")


@require_POST
def own_change(request: HttpRequest, gathering_id: int, own_id: int) -> HttpResponse:
    """Change it, or remove it when the button `remove` was pressed."""
    gathering = gathering_for(request, gathering_id, "change")
    found = get_object_or_404(OwnPassage, pk=own_id, gathering=gathering)
    if "remove" in request.POST:
        editing.remove_passage(found)
        return back_to(gathering, "own")
    fields = _own_fields(request, gathering, kept=found.after)
    try:
        editing.rewrite_passage(found, **fields, seen=number_of(request.POST.get("seen", "")))
    except NotSaved as refused:
        return editing_page(request, gathering, problem=f"own-{refused.reason}", new=fields, status=STATUS.get(refused.reason, 400))
    return back_to(gathering, f"own-{found.pk}")


@require_POST
def link(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """A new link to material or a recording."""
    gathering = gathering_for(request, gathering_id, "change")
    fields = _link_fields(request)
    try:
        made = linking.add_link(gathering, **fields)
    except NotSaved as refused:
        return editing_page(request, gathering, problem=f"link-{refused.reason}", new_link=fields, status=400)
    return back_to(gathering, f"link-{made.pk}")


@require_POST
def link_change(request: HttpRequest, gathering_id: int, link_id: int) -> HttpResponse:
    """Change it, or remove it when the button `remove` was pressed."""
    gathering = gathering_for(request, gathering_id, "change")
    found = get_object_or_404(MaterialLink, pk=link_id, gathering=gathering)
    if "remove" in request.POST:
        linking.remove_link(found)
        return back_to(gathering, "links")
    fields = _link_fields(request)
    try:
        linking.change_link(found, **fields, seen=number_of(request.POST.get("seen", "")))
    except NotSaved as refused:
        return editing_page(request, gathering, problem=f"link-{refused.reason}", new_link=fields, status=STATUS.get(refused.reason, 400))
    return back_to(gathering, f"link-{found.pk}")


def _own_fields(request: HttpRequest, gathering: Gathering, *, kept: str = "") -> dict[str, Any]:
    """`kept` is the passage it follows now: it may have gone, and come back."""
    form = request.POST
    place = form.get("place", "")
    after = place.removeprefix(AFTER) if place.startswith(AFTER) else ""
    known = {kept, *(passage.key for passage in harvested_documentation(gathering).passages)} if after else {""}
    return {
        "heading": _one_line(form.get("heading", "")),
        "text": lines_of(form.get("text", "")),
        "is_first": place == "first",
        "after": after if after in known else "",
    }


def _link_fields(request: HttpRequest) -> dict[str, Any]:
    return {name: _one_line(request.POST.get(name, "")) for name in ("title", "address", "about")}


def _one_line(text: str) -> str:
    return " ".join(lines_of(text).split())
