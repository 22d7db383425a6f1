"""Several blocks changed by one form of the page's script."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.lengths import LONGEST
from mellanrum.programmes.marking import assign_marked, copy_marked, head_marked, lengthen_marked, move_marked, remove_marked
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.planning import MOST_BLOCKS
from mellanrum.programmes.refusals import NotReadable, Problem
from mellanrum.programmes.views.planning import Told, do

Shape = TypeVar("Shape")
KINDS = {"move": "move", "remove": "remove", "copy": "copy"}


@require_POST
def marked(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Field `keys` is a JSON list; `act` one of move (`before`, `after`), remove, responsible and section (`text`), minutes (`by`, and
    `was` as JSON by key), copy (`to`, a gathering of the same programme).
    """
    keys, act = _read(request.POST.get("keys", ""), list[str]) or [], request.POST.get("act", "")
    gathering = gathering_for(request, gathering_id, "change")
    other = _other(gathering, request.POST.get("to", "")) if act == "copy" else None
    about = keys[:MOST_BLOCKS]

    def step(gathering: Gathering) -> Told:
        count = _act(request, gathering, about, act, other)
        return {"text": _words(act) % {"count": count, "title": other.title if other else ""}, "keys": about}

    return do(request, gathering_id, step, kind=KINDS.get(act, ""), about=about, other=other)


def _act(request: HttpRequest, gathering: Gathering, keys: list[str], act: str, other: Gathering | None) -> int:
    post, text = request.POST, request.POST.get("text", "")
    if act == "move":
        return move_marked(gathering, keys, before=post.get("before", ""), after=post.get("after", ""))
    if act == "remove":
        return remove_marked(gathering, keys)
    if act == "responsible":
        return assign_marked(gathering, keys, text)
    if act == "section":
        return head_marked(gathering, keys, text)
    if act == "minutes":
        return lengthen_marked(gathering, keys, _minutes(post.get("by", "")), was=_read(post.get("was", ""), dict[str, int]) or {})
    if other is not None:
        return copy_marked(gathering, keys, to=other)
    raise NotReadable(Problem("", _("Formuläret kom inte fram helt. Ladda om sidan och försök igen.")))


def _words(act: str) -> str:
    return {
        "move": _("Flyttade: %(count)s moment."),
        "remove": _("Borttagna: %(count)s moment."),
        "responsible": _("Ansvarig är satt för %(count)s moment."),
        "section": _("Avsnittet är satt för %(count)s moment."),
        "minutes": _("Längden är ändrad för %(count)s moment."),
        "copy": _("Kopierade till ”%(title)s”: %(count)s moment."),
    }.get(act, "")


def _minutes(text: str) -> int:
    try:
        by = int(text) if len(text) < 6 and text.lstrip("+-−").isascii() else 0
    except ValueError:
        by = 0
    if not by or abs(by) > LONGEST:
        raise NotReadable(Problem("by", _("Skriv hur många minuter, till exempel 5 eller -5.")))
    return by


def _other(gathering: Gathering, number: str) -> Gathering:
    """Another gathering of the same programme. Raises Http404."""
    others = gathering.programme.gatherings.exclude(pk=gathering.pk).select_related("programme")
    found = others.filter(pk=number).first() if number.isascii() and number.isdigit() and len(number) < 15 else None
    if found is None:
        raise Http404
    return found


def _read(text: str, shape: type[Shape]) -> Shape | None:
    try:
        return msgspec.json.decode(text, type=shape)
    except msgspec.DecodeError:
        return None
