"""Copying, dividing and joining blocks, and taking a change back: forms and scripts as in `planning`."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mellanrum.programmes.access import gathering_for, person_of
from mellanrum.programmes.fields import GATHERING_FIELDS, texts_of
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.planner import day_of
from mellanrum.programmes.refusals import Refused
from mellanrum.programmes.reshaping import duplicate_block, join_block, split_block
from mellanrum.programmes.undoing import undo
from mellanrum.programmes.views.planning import Told, do, refused_answer, wants_json


@require_POST
def duplicate(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Field `key`, from scripts: what the copy is to be called."""

    def step(gathering: Gathering) -> Told:
        copy = duplicate_block(gathering, key, made=request.POST.get("key", ""))
        return {"key": copy.key, "text": _("En kopia av ”%(title)s” står efter.") % {"title": copy.title}}

    return do(request, gathering_id, step, key=key, kind="duplicate")


@require_POST
def split(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Field `key`, from scripts: what the second half is to be called."""

    def step(gathering: Gathering) -> Told:
        first, second = split_block(gathering, key, made=request.POST.get("key", ""))
        said = _("”%(title)s” är delat: %(first)s min och %(second)s min.")
        return {"key": key, "text": said % {"title": first.title, "first": first.minutes, "second": second.minutes}}

    return do(request, gathering_id, step, key=key, kind="split")


@require_POST
def join(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Field `next`: the key of the block that it is to be joined with."""

    def step(gathering: Gathering) -> Told:
        block = join_block(gathering, key, following_key=request.POST.get("next", ""))
        said = _("Ihopslaget: ”%(title)s”, %(minutes)s min.")
        return {"key": key, "text": said % {"title": block.title, "minutes": block.minutes}}

    return do(request, gathering_id, step, key=key, kind="join")


@require_POST
def undo_change(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Field `undo`: the change that is taken back."""
    gathering = gathering_for(request, gathering_id, "change")
    try:
        change = undo(gathering, request.POST.get("undo", ""), user=person_of(request))
    except Refused as refused:
        return refused_answer(request, gathering, refused, key="")
    if wants_json(request):
        said = _("Ångrat: %(what)s.") % {"what": change.text}
        keys = list(change.difference.get("blocks", {}))
        details = texts_of(gathering, GATHERING_FIELDS)
        return JsonResponse({"text": said, "keys": keys, "details": details, "day": day_of(gathering)})
    return HttpResponseRedirect(f"{reverse('gathering', args=[gathering.pk])}?saved=1")
