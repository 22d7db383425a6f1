"""Paper for a gathering: what the team carries, what hangs on the door, what lies on the tables."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from mellanrum.core.ports import provided
from mellanrum.programmes.access import gathering_for
from mellanrum.programmes.agenda import agenda_of
from mellanrum.programmes.models import Block
from mellanrum.programmes.queries import RunSheetRow, run_sheet

# In the order in which they are wanted; `?only=` takes one of them.
PAPERS = ("pocket", "sheet", "material", "poster", "notes")
POCKET_ROOMY, POCKET_ROWS = 11, 15  # as large as in the drawing, and as small as is read at arm's length
SAYING, TOO_SHORT = 66, 24  # one line in the hand, and what is hardly worth one


class MaterialRow(msgspec.Struct, frozen=True):
    """A thing to bring, and the headings of the blocks that want it."""

    thing: str
    blocks: tuple[str, ...]


@require_safe
def paper(request: HttpRequest, gathering_id: int) -> HttpResponse:
    """Every paper of the gathering, or the one of `?only=`. For those who help: there are minutes and scripts in it."""
    gathering = gathering_for(request, gathering_id, "help")
    only = request.GET.get("only", "")
    if only and only not in PAPERS:
        raise Http404
    sheet = run_sheet(gathering)
    door = provided("door_of")
    context = {
        "gathering": gathering,
        "programme": gathering.programme,
        "sheet": sheet,
        "pocket": sheet.rows[:POCKET_ROWS],
        "is_full": len(sheet.rows) > POCKET_ROOMY,
        "more": max(0, len(sheet.rows) - POCKET_ROWS),
        "sayings": [(row, first_sentence(row.block.say)) for row in sheet.rows[:POCKET_ROWS] if row.block.say],
        "agenda": agenda_of(row.block for row in sheet.rows),
        "material": material_of(sheet.rows),
        "tables": [row for row in sheet.rows if row.block.kind == Block.Kind.TABLE and row.block.minutes],  # nobody writes while mingling
        "door": door(gathering) if door else None,
        "papers": (only,) if only else PAPERS,
        "only": only,
    }
    with translation.override(gathering.programme.language):
        return render(request, "programmes/pages/paper.html", context)


def material_of(rows: Iterable[RunSheetRow]) -> tuple[MaterialRow, ...]:
    """Every thing once, in the order in which it is first wanted."""
    wanted: dict[str, list[str]] = {}
    for row in rows:
        for thing in row.block.material:
            wanted.setdefault(thing, []).append(row.block.title)
    return tuple(MaterialRow(thing, tuple(blocks)) for thing, blocks in wanted.items())


def first_sentence(text: str) -> str:
    """What fits on a line in the hand: as many whole sentences as it holds, or the beginning, cut at a word."""
    text = " ".join(text.split())
    ends = [place + 1 for place, char in enumerate(text) if char in ".?!" and (place + 1 == len(text) or text[place + 1] == " ")]
    whole = max((end for end in (*ends, len(text)) if end <= SAYING), default=0)
    return text[:whole] if whole > TOO_SHORT or whole == len(text) else text[:SAYING].rsplit(" ", 1)[0] + " …"
