"""The rows of the planner's run sheet, as texts ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from mellanrum.programmes.fields import BLOCK_FIELDS, texts_of
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planner_marks import below_of, data_of, head_of
from mellanrum.programmes.queries import RunSheetRow
from mellanrum.programmes.stencil import draw_rows
from mellanrum.ui.templatetags.ui import icon

IN_THE_ROW = ("title", "minutes", "responsible", "shown")
TEMPLATE = "programmes/pages/planner-row.html"
NAMES = (
    *("key", "kind", "length", "phones", "sel", "current", "was", "begins", "minutes", "icon"),
    *("title", "responsible", "material", "checked", "eye", "move_label", "open_label", "data", "head", "below", "last"),
)


def row_labels() -> dict[str, str]:
    """The names of a row's handle and link; the page's script puts new titles into them."""
    return {"move_label": _("Flytta {title}"), "open_label": _("Öppna {title}")}


def drawn_rows(
    rows: Sequence[RunSheetRow],
    page: Mapping[str, Any],
    *,
    gathering: Gathering,
    selected: str,
    last: Mapping[str, tuple[int, int]] | None = None,
) -> SafeString:
    """`page` is what the template needs beside the rows; `last` the minutes it took last time, and those planned, by key."""
    labels = row_labels()
    eyes = {shown: SafeString(render_to_string("programmes/pages/planner-eye.html", {"shown": shown})) for shown in (True, False)}
    picture = cache(icon)
    told = {key: _last_words(*minutes) for key, minutes in (last or {}).items()}
    values = (
        {
            **_texts(row, labels, is_selected=row.block.key == selected),
            "head": head_of(row, before),
            "below": below_of(row, gathering),
            "last": told.get(row.block.key, ""),
        }
        for before, row in zip((None, *rows), rows, strict=False)
    )
    complete = ({**value, "icon": picture(value["icon"]), "eye": eyes[bool(value["checked"])]} for value in values)
    return draw_rows(TEMPLATE, page, complete, names=NAMES)


def _texts(row: RunSheetRow, labels: Mapping[str, str], *, is_selected: bool) -> dict[str, Any]:
    block = row.block
    texts = texts_of(block, BLOCK_FIELDS, *IN_THE_ROW)
    return {
        **texts,
        **{name: label.replace("{title}", block.title) for name, label in labels.items()},
        "key": block.key,
        "kind": block.kind,
        "icon": block.icon,
        "length": block.minutes,
        "begins": begins_of(row),
        "material": ", ".join(str(line) for line in block.material),
        "was": msgspec.json.encode(texts).decode(),
        "phones": SafeString(" data-phones" if block.phones else ""),
        "sel": " sel" if is_selected else "",
        "current": SafeString(' aria-current="true"' if is_selected else ""),
        "checked": SafeString(" checked" if texts["shown"] else ""),
        "data": data_of(row),
    }


def _last_words(took: int, planned: int) -> SafeString:
    words = _("Förra gången %(took)s min (plan %(planned)s)") % {"took": took, "planned": planned}
    return format_html('<p class="last">{}</p>', words)


def begins_of(row: RunSheetRow) -> str:
    return localtime(row.starts_at).strftime("%H.%M") if row.starts_at else row.begins


def places_for(block: Block, rows: Sequence[RunSheetRow]) -> list[tuple[str, str]]:
    """Where the block may be moved to, as (key of what stands behind it, words)."""
    words = _("före {title}")
    others = [row.block for row in rows if row.block.key != block.key]
    return [*((other.key, words.replace("{title}", other.title[:60])) for other in others), ("", _("sist"))]


def block_after(block: Block, rows: Sequence[RunSheetRow]) -> Block | None:
    keys = [row.block.key for row in rows]
    place = keys.index(block.key) + 1
    return rows[place].block if place < len(rows) else None
