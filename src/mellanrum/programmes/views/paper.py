"""Paper for a gathering: what the team carries, what hangs on the door, what lies on the tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from mellanrum.core.ports import provided
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.agenda import agenda_of
from mellanrum.programmes.duties import duties_of, material_of
from mellanrum.programmes.models import Block
from mellanrum.programmes.planner_marks import ShownTrack, part_names, shown_tracks
from mellanrum.programmes.queries import RunSheetRow, run_sheet

# In the order in which they are wanted; `?only=` takes one of them.
PAPERS = ("pocket", "sheet", "material", "poster", "notes")
POCKET_LINES = 20  # with headings and tracks among them, closer still
POCKET_ROOMY, POCKET_ROWS = 11, 15  # as large as in the drawing, and as small as is read at arm's length
SAYING, TOO_SHORT = 66, 24  # one line in the hand, and what is hardly worth one


@require_safe
def paper(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Every paper of the gathering, or the one of `?only=`. For those who help: there are minutes and scripts in it."""
    gathering = gathering_for(request, gathering_id, "help")
    only = request.GET.get("only", "")
    if only and only not in PAPERS:
        raise Http404
    sheet = run_sheet(gathering)
    door = provided("door_of")
    meeting = [row for row in sheet.rows if row.is_meeting]
    context = {
        "gathering": gathering,
        "programme": gathering.programme,
        "sheet": sheet,
        "rows": paper_rows(sheet.rows),
        **_pocket(paper_rows(sheet.rows)),
        "sayings": [(row, first_sentence(row.block.say)) for row in sheet.rows[:POCKET_ROWS] if row.block.say and row.is_meeting],
        "agenda": agenda_of(row.block for row in sheet.rows),
        "material": material_of(sheet.rows),
        "duties": duties_of(sheet.rows),
        "tables": [row for row in meeting if row.block.kind == Block.Kind.TABLE and row.block.minutes],  # nobody writes while mingling
        "door": door(gathering) if door else None,
        "papers": (only,) if only else PAPERS,
        "only": only,
    }
    with translation.override(gathering.programme.language):
        return render(request, "programmes/pages/paper.html", context)


def _pocket(rows: Sequence[PaperRow]) -> dict[str, Any]:
    """The rows for the pocket, how close they must stand, and how many found no place."""
    pocket = rows[:POCKET_ROWS]
    while _lines(pocket) > POCKET_LINES:
        pocket = pocket[:-1]
    lines = _lines(pocket)
    return {"pocket": pocket, "is_full": lines > POCKET_ROOMY, "is_tight": lines > POCKET_ROWS, "more": len(rows) - len(pocket)}


def _lines(rows: Sequence[PaperRow]) -> float:
    """How much of the card they take: a heading and a track are a little more than half a row each."""
    return len(rows) + sum(len(row.headings) + len(row.tracks) for row in rows) * 0.6


class PaperRow(msgspec.Struct, frozen=True):
    """A row with the headings above it: its section, and the part of the day where one begins and not all is meeting."""

    row: RunSheetRow
    headings: tuple[str, ...]
    tracks: tuple[ShownTrack, ...]


def paper_rows(rows: Sequence[RunSheetRow]) -> tuple[PaperRow, ...]:
    names, has_parts = part_names(), any(not row.is_meeting for row in rows)
    found = []
    for before, row in zip((None, *rows), rows, strict=False):
        begins = has_parts and (before is None or before.block.part != row.block.part)
        headings = ("" if row.is_meeting and row.block.section else names[row.block.part] if begins else "", row.block.section)
        found.append(PaperRow(row, tuple(heading for heading in headings if heading), shown_tracks(row.block)))
    return tuple(found)


def first_sentence(text: str) -> str:
    """What fits on a line in the hand: as many whole sentences as it holds, or the beginning, cut at a word."""
    text = " ".join(text.split())
    ends = [place + 1 for place, char in enumerate(text) if char in ".?!" and (place + 1 == len(text) or text[place + 1] == " ")]
    whole = max((end for end in (*ends, len(text)) if end <= SAYING), default=0)
    return text[:whole] if whole > TOO_SHORT or whole == len(text) else text[:SAYING].rsplit(" ", 1)[0] + " …"
