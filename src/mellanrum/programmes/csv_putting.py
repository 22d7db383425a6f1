"""A run sheet read from a table takes the place of the one there is, or comes behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.programmes.csv_sheets import Row
from mellanrum.programmes.differences import Snapshot
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import MOST_BLOCKS, check_open, new_key
from mellanrum.programmes.refusals import Full, Unfit
from mellanrum.programmes.reshaping import content_of
from mellanrum.programmes.undoing import put, snapshot


def put_rows(gathering: Gathering, rows: Sequence[Row], *, is_replacing: bool) -> int:
    """Replacing, a row that is called what a block is called is that block: its exercise stays. Raises Locked, Full, Unfit."""
    if any(row.problems for row in rows) or not rows:
        raise Unfit(_("Rätta raderna i filen först, och läs in den igen."))
    with transaction.atomic():
        check_open(gathering)
        before = snapshot(gathering)
        blocks = {} if is_replacing else dict(before.blocks)
        there = list(before.blocks.values()) if is_replacing else []
        for row in rows:
            content = _content(row, _taken(there, row.title))
            blocks[content["key"]] = content
        if len(blocks) > MOST_BLOCKS:
            raise Full(_("Körschemat rymmer %(most)s moment, och så många blir det inte plats för.") % {"most": MOST_BLOCKS})
        put(gathering, before, Snapshot(before.gathering, blocks))
    return len(rows)


def _taken(there: list[dict[str, Any]], title: str) -> dict[str, Any] | None:
    """Each block is one row's."""
    found = next((content for content in there if content["title"] == title), None)
    if found is not None:
        there.remove(found)
    return found


def _content(row: Row, block: dict[str, Any] | None) -> dict[str, Any]:
    content = dict(block) if block else content_of(Block(key=new_key(), phones=True, shown=False, agenda=""))
    values = dict(row.values)
    agenda = values.pop("agenda", None)
    if agenda is not None and agenda != (content["agenda"] if content["shown"] else ""):
        content["agenda"], content["shown"] = agenda, bool(agenda)
    if "away" in values:
        content["phones"] = not values.pop("away")
    return {**content, **values}
