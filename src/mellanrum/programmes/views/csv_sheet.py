"""The run sheet as a file for a spreadsheet, and one read from such a file: looked at first, then put in."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.csv_cells import LARGEST, NoCsv, read_rows, write_rows
from mellanrum.programmes.csv_putting import put_rows
from mellanrum.programmes.csv_sheets import Row, rows_of, table_of
from mellanrum.programmes.exporting import name_of
from mellanrum.programmes.models import Gathering
from mellanrum.programmes.planning import rooms_of
from mellanrum.programmes.queries import run_sheet
from mellanrum.programmes.refusals import Unfit
from mellanrum.programmes.views.planning import Told, do

KEPT = "planner-csv"  # in the session, between the look and the step


@require_safe
def csv_out(request: HttpRequest, gathering_id: int) -> HttpResponse:
    gathering = gathering_for(request, gathering_id, "help")
    content = write_rows(table_of(run_sheet(gathering)))
    name = f'attachment; filename="{name_of(gathering.title)}.csv"'
    return HttpResponse(content, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


@require_http_methods(["GET", "HEAD", "POST"])
def csv_in(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """POST with `file` shows what it holds; with `step` (replace or append) and its `digest` puts it in."""
    gathering = gathering_for(request, gathering_id, "change")
    if request.method != "POST":
        return _page(request, gathering)
    if "step" in request.POST:
        return _put(request, gathering_id)
    try:
        content = _sent(request)
        rows = rows_of(read_rows(content))
    except NoCsv as problem:
        return _page(request, gathering, problem=str(problem), status=400)
    digest = hashlib.sha256(content).hexdigest()[:24]
    request.session[KEPT] = {"gathering": gathering.pk, "digest": digest, "content": base64.b64encode(content).decode()}
    return _page(request, gathering, rows=rows, digest=digest)


def _sent(request: HttpRequest) -> bytes:
    file = request.FILES.get("file")
    if file is None:
        raise NoCsv(_("Välj en fil först."))
    return bytes(file.read(LARGEST + 1))


def _put(request: HttpRequest, gathering_id: int) -> HttpResponse:
    kept = request.session.get(KEPT)

    def step(gathering: Gathering) -> Told:
        wanted = (gathering.pk, request.POST.get("digest", ""))
        if not isinstance(kept, dict) or (kept.get("gathering"), kept.get("digest")) != wanted:
            raise Unfit(_("Filen är inte kvar. Välj den igen."))
        rows = rows_of(read_rows(base64.b64decode(kept["content"])))
        count = put_rows(gathering, rows, is_replacing=request.POST.get("step") == "replace")
        return {"text": _("Inläst: %(count)s moment.") % {"count": count}}

    answer = do(request, gathering_id, step, kind="csv")
    if answer.status_code < 400:
        request.session.pop(KEPT, None)
    return answer


def _page(
    request: HttpRequest, gathering: Gathering, *, rows: list[Row] | None = None, digest: str = "", problem: str = "", status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "gathering": gathering,
        "rows": rows,
        "digest": digest,
        "problem": problem,
        "is_whole": rows is not None and not any(row.problems for row in rows),
        "minutes": sum(row.values.get("minutes", 0) for row in rows or ()),
        "is_open": not rooms_of(gathering),
    }
    return render(request, "programmes/pages/csv-in.html", context, status=status)
