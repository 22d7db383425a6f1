"""The planner's page: the run sheet to work in, and the inspector beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from mellanrum.core.clock import now
from mellanrum.programmes.block_lengths import purpose_of, reason_for
from mellanrum.programmes.fields import BLOCK_FIELDS, CHANGES, GATHERING_FIELDS, texts_of
from mellanrum.programmes.inspecting import exercise_context
from mellanrum.programmes.last_time import last_time
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planner import VIEWS, icon_names, kind_names, sheet_context
from mellanrum.programmes.planner_marks import part_names
from mellanrum.programmes.planner_rows import block_after, places_for
from mellanrum.programmes.planning import lasting_of, siblings_of
from mellanrum.programmes.refusals import Refused
from mellanrum.programmes.track_forms import track_forms

UNDO = "planner-undo"
PHONES_OUT = "phones"  # `?saved=` after an exercise that took the phones out
WHOLE = "programmes/pages/planner.html"
SHORTER = "shorter"  # after a block was made shorter than it should be
PARTS = {"sheet": "programmes/pages/planner-sheet.html", "inspector": "programmes/pages/planner-inspector.html"}


def planner(request: HttpRequest, gathering: Gathering) -> HttpResponse:
    """`?block=` opens one in the inspector, `?view=` is one of VIEWS, `?part=` is one of PARTS alone."""
    key = request.GET.get("block", "")
    part = PARTS.get(request.GET.get("part", ""))
    return _draw(request, gathering, key=key, template=part or WHOLE)


def refused_page(
    request: HttpRequest, gathering: Gathering, refused: Refused, *, key: str = "", given: Mapping[str, str] | None = None
) -> HttpResponse:
    """The page again, with what was written still in its fields and the sentence that says what to do."""
    given = {} if refused.reason == "locked" else given or {}
    return _draw(request, gathering, key=key, given=given, refused=refused, template=WHOLE)


def _draw(
    request: HttpRequest,
    gathering: Gathering,
    *,
    key: str,
    template: str,
    given: Mapping[str, str] | None = None,
    refused: Refused | None = None,
) -> HttpResponse:
    view = request.GET.get("view", "")
    context = {
        **sheet_context(request, gathering, view=view if view in VIEWS else "sheet", selected=key),
        "programme": gathering.programme,
        "siblings": lambda: siblings_of(gathering),  # only where the bar is drawn
        "may_run": True,  # whoever may change the plan may run it
        "refused": refused,
        "saved_at": now() if "saved" in request.GET else None,
        "given_told": phones_are_out() if request.GET.get("saved") == PHONES_OUT else "",
        "undo": _take_undo(request, gathering),
    }
    context |= _last_time(gathering, given=given or {}, refused=refused) if template == WHOLE else {}
    context |= _inspector(request, context["run_sheet"].rows, gathering, key=key, given=given or {}, refused=refused)
    return render(request, template, context, status=refused.status if refused else 200)


def _inspector(
    request: HttpRequest, rows: Any, gathering: Gathering, *, key: str, given: Mapping[str, str], refused: Refused | None
) -> dict[str, Any]:
    """The block that is open, or the gathering itself; `was` is what the form starts from."""
    block: Block | None = next((row.block for row in rows if row.block.key == key), None)
    mine = [name for name in GATHERING_FIELDS if name not in CHANGES]
    stored = texts_of(block, BLOCK_FIELDS) if block else texts_of(gathering, GATHERING_FIELDS, *mine)
    texts = {**stored, **{name: text for name, text in given.items() if name in stored}}
    problems = {problem.field: problem.text for problem in refused.problems} if refused else {}
    theirs = {conflict.field: {"text": conflict.theirs} for conflict in refused.conflicts} if refused else {}
    return {
        "selected": block,
        "texts": texts,
        "problems": problems,
        "theirs": theirs,
        "track_forms": track_forms(texts, problems, theirs) if block else (),
        "why_told": reason_for(block) if block and request.GET.get("saved") == SHORTER else "",
        "parts": part_names(),
        "is_missing": bool(key) and block is None and refused is None,
        "was": msgspec.json.encode(stored).decode(),
        "purpose": purpose_of(block) if block else "",
        "places": places_for(block, rows) if block else (),
        "following": block_after(block, rows) if block else None,
        "kinds": kind_names(),
        "icons": icon_names(),
        "lasting": tuple(row for row in lasting_of(gathering) if block is None or row.block == block.key),
        **(exercise_context(block, refused=refused, form=dict(request.POST.lists())) if block else {}),
    }


def _last_time(gathering: Gathering, *, given: Mapping[str, str], refused: Refused | None) -> dict[str, Any]:
    """What was heard the last time, and what the team changes; `changes_was` is what that form starts from."""
    stored = texts_of(gathering, GATHERING_FIELDS, *CHANGES)
    conflicts = {conflict.field: {"text": conflict.theirs} for conflict in refused.conflicts} if refused else {}
    problems = {problem.field: problem.text for problem in refused.problems} if refused else {}
    return {
        "last_time": last_time(gathering),
        "changes": {**stored, **{name: text for name, text in given.items() if name in stored}},
        "changes_was": msgspec.json.encode(stored).decode(),
        "changes_problem": problems.get("changes", ""),
        "changes_theirs": conflicts.get("changes"),
    }


def phones_are_out() -> str:
    return _("Tillagd. Telefonerna är framme i momentet nu, så att alla kan svara.")


def exercise_part(request: HttpRequest, gathering: Gathering, block: Block, refused: Refused) -> str:
    """The exercise's part of the inspector with what was written and what is missing, for the page's script."""
    context = {"gathering": gathering, "block": block, **exercise_context(block, refused=refused, form=dict(request.POST.lists()))}
    return render_to_string("programmes/pages/planner-exercise.html", context, request)


def _take_undo(request: HttpRequest, gathering: Gathering) -> dict[str, str] | None:
    """What was removed by the form before this page; told once."""
    kept = request.session.get(UNDO)
    if not isinstance(kept, dict) or kept.get("gathering") != gathering.pk:
        return None
    del request.session[UNDO]
    return kept
