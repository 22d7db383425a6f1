"""What the planner's forms do, for pages without scripts (post and redirect) and for the page's script (JSON) alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mellanrum.programmes.access import gathering_for, person_of
from mellanrum.programmes.block_lengths import reason_for
from mellanrum.programmes.fields import BLOCK_FIELDS, GATHERING_FIELDS, clean, texts_of
from mellanrum.programmes.lengths import read_length
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.planner import day_of
from mellanrum.programmes.planning import add_block, block_of, move_block, remove_block, restore_block, save_block, save_gathering
from mellanrum.programmes.preparing import give_exercise, prepare_exercise, take_exercise
from mellanrum.programmes.refusals import NotReadable, Problem, Refused
from mellanrum.programmes.undoing import noted
from mellanrum.programmes.views.planner import PHONES_OUT, SHORTER, UNDO, exercise_part, phones_are_out, refused_page

Told = dict[str, Any]
AT_EXERCISE = "exercise-h"  # where the editor stands on the page


@require_POST
def details(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """The gathering's own fields; `was` is JSON with the texts the form started from."""

    def step(gathering: Gathering) -> Told:
        given, was = _written(request)
        save_gathering(gathering, given=given, was=was)
        return {"values": texts_of(gathering, GATHERING_FIELDS)}

    return do(request, gathering_id, step)


@require_POST
def block(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Fields of a block, sent as `details` is."""

    def step(gathering: Gathering) -> Told:
        given, was = _written(request)
        saved = save_block(gathering, key, given=given, was=was)
        why = reason_for(saved, read_length(was["minutes"])) if "minutes" in was else ""
        return {"values": texts_of(saved, BLOCK_FIELDS), "key": key, **({"why": why, "saved": SHORTER} if why else {})}

    return do(request, gathering_id, step, key=key)


@require_POST
def add(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Fields `title`, `after` (the key it stands behind) and, from scripts, `key` and `texts` (JSON: what stands in its fields)."""
    title, after, key = (request.POST.get(name, "") for name in ("title", "after", "key"))

    def step(gathering: Gathering) -> Told:
        return {"key": add_block(gathering, title=title, key=key, after=after, texts=_texts(request.POST.get("texts", "{}"))).key}

    return do(request, gathering_id, step, kind="add")


@require_POST
def move(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Fields `before` and `after`: keys of the new neighbours, empty at the ends."""

    def step(gathering: Gathering) -> Told:
        move_block(gathering, key, before=request.POST.get("before", ""), after=request.POST.get("after", ""))
        return {"key": key}

    return do(request, gathering_id, step, key=key, kind="move")


@require_POST
def remove(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """Answers with `undo`, what `restore` wants back."""

    def step(gathering: Gathering) -> Told:
        title = block_of(gathering, key).title
        return keep_undo(request, gathering, {"undo": remove_block(gathering, key), "text": _("Borttaget: %(title)s") % {"title": title}})

    return do(request, gathering_id, step, key=key, kind="remove")


@require_POST
def restore(request: HttpRequest, gathering_id: int) -> HttpResponse:
    return do(request, gathering_id, lambda gathering: {"key": restore_block(gathering, request.POST.get("undo", "")).key}, kind="add")


@require_POST
def exercise(request: HttpRequest, gathering_id: int, key: str) -> HttpResponse:
    """With `type`: give the block that exercise, or take away the one it has. Else save the editor's fields; `was` is their digest."""

    def step(gathering: Gathering) -> Told:
        choice = request.POST.get("type")
        if choice:
            return {"key": key, "at": AT_EXERCISE, **_given(gathering, key, choice)}
        if choice is None:
            prepare_exercise(gathering, key, dict(request.POST.lists()), was=request.POST.get("was", ""))
            return {"key": key, "at": AT_EXERCISE}
        told = {"undo": take_exercise(gathering, key), "text": _("Övningen är borttagen ur momentet.")}
        return {"key": key, **keep_undo(request, gathering, told)}

    return do(request, gathering_id, step, key=key)


def _given(gathering: Gathering, key: str, choice: str) -> Told:
    """`text` tells that the phones have been taken out for it."""
    were_out = block_of(gathering, key).phones
    is_new = give_exercise(gathering, key, choice).phones and not were_out
    return {"text": phones_are_out(), "saved": PHONES_OUT} if is_new else {}


def keep_undo(request: HttpRequest, gathering: Gathering, told: Told) -> Told:
    """A page without scripts offers the undo when it comes back."""
    if not wants_json(request):
        request.session[UNDO] = {"gathering": gathering.pk, **told}
    return told


def do(
    request: HttpRequest,
    gathering_id: int,
    step: Callable[[Gathering], Told],
    *,
    key: str = "",
    kind: str = "",
    about: Sequence[str] = (),
    other: Gathering | None = None,
) -> HttpResponse:
    """Take the step for somebody who may, note what it changed, and tell what came of it in the way the page asked.

    `other` is the gathering that is changed where it is not this one; whoever may change the one may change the other.
    """
    gathering = gathering_for(request, gathering_id, "change")
    target, about = other or gathering, about or ([key] if key else [])
    ident, person = request.POST.get("change", ""), person_of(request)
    try:
        told, change = noted(target, lambda: step(gathering), user=person, kind=kind, about=about, ident=ident)
    except Refused as refused:
        return refused_answer(request, gathering, refused, key=key)
    if wants_json(request):
        noted_as = {"id": change.pk, "text": change.text, "url": reverse("undo-change", args=[target.pk])} if change else None
        return JsonResponse({**told, "change": noted_as, "day": day_of(gathering)})
    if change and told.get("text") and "undo" not in told:
        keep_undo(request, gathering, {"change": change.pk, "text": told["text"]})
    opened = told.get("key", "")
    query = urlencode({**({"block": opened} if opened else {}), "saved": told.get("saved", 1)})
    at = told.get("at") or (f"row-{opened}" if opened else "")
    return HttpResponseRedirect(f"{reverse('gathering', args=[gathering.pk])}?{query}{f'#{at}' if at else ''}")


def refused_answer(request: HttpRequest, gathering: Gathering, refused: Refused, *, key: str) -> HttpResponse:
    if not wants_json(request):
        return refused_page(request, gathering, refused, key=key, given=_changed(request))
    told: Told = {
        "reason": refused.reason,
        "text": str(refused),
        "problems": msgspec.to_builtins(refused.problems),
        "conflicts": msgspec.to_builtins(refused.conflicts),
    }
    if refused.reason == "exercise":
        told["html"] = exercise_part(request, gathering, block_of(gathering, key), refused)
    return JsonResponse(told, status=refused.status)


def _written(request: HttpRequest) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """What is given, and what it started from; only fields that say where they started are read. Raises NotReadable."""
    was = _texts(request.POST.get("was", ""))
    return {name: request.POST.get(name, "") for name in was}, was


def _texts(text: str) -> Mapping[str, str]:
    """Texts by field, from JSON. Raises NotReadable."""
    try:
        return msgspec.json.decode(text, type=dict[str, str])
    except msgspec.DecodeError as error:
        raise NotReadable(Problem("", _("Formuläret kom inte fram helt. Ladda om sidan och försök igen."))) from error


def _changed(request: HttpRequest) -> Mapping[str, str]:
    """What the person wrote themselves; what they left alone is shown as it is stored now."""
    try:
        given, was = _written(request)
    except NotReadable:
        return {}
    return {name: text for name, text in given.items() if clean(text) != clean(was[name])}


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")
