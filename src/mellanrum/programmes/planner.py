"""What the planner's page shows: the rows with their times and forms, the four kinds of attention, what stands in the inspector."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import msgspec
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.translation import gettext as _

from mellanrum.programmes.access import person_of
from mellanrum.programmes.agenda import agenda_of
from mellanrum.programmes.fields import BLOCK_FIELDS, texts_of
from mellanrum.programmes.held_lengths import held_lengths
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planner_marks import day_warning
from mellanrum.programmes.planner_rows import IN_THE_ROW, drawn_rows, row_labels
from mellanrum.programmes.planning import MOST_BLOCKS, rooms_of
from mellanrum.programmes.queries import RunSheet, run_sheet

OF_THE_DAY = ("part", "fixed", "least", "most", "section")
VIEWS = ("sheet", "agenda", "exercises")


class Share(msgspec.Struct, frozen=True):
    """One kind of attention: its part of the day, and where its bar begins and how long it is, in percent as SVG reads them."""

    kind: str
    name: str
    minutes: int
    at: str
    size: str


def kind_names() -> dict[str, str]:
    return {"listen": _("Lyssna"), "alone": _("Tänka själv"), "table": _("Vid bord"), "all": _("Alla hörs")}


def icon_names() -> dict[str, str]:
    """The symbols one may choose among, by name in the sprite."""
    return {
        "circle-notch": _("Ring"),
        "hand-waving": _("Vinkande hand"),
        "chat-circle-text": _("Pratbubbla"),
        "cards": _("Kort"),
        "microphone-stage": _("Mikrofon"),
        "megaphone-simple": _("Megafon"),
        "users": _("Två personer"),
        "users-three": _("Flera personer"),
        "coffee": _("Kaffekopp"),
        "person-arms-spread": _("Person som sträcker på sig"),
        "sliders-horizontal": _("Reglage"),
        "list-dashes": _("Lista"),
        "note-pencil": _("Penna"),
        "lightbulb-bold": _("Lampa"),
        "question": _("Frågetecken"),
        "hourglass-medium": _("Timglas"),
        "footprints": _("Fotspår"),
        "plant": _("Planta"),
        "play": _("Film"),
        "flag-bold": _("Flagga"),
        "star": _("Stjärna"),
        "map-pin": _("Kartnål"),
    }


def shares_of(sheet: RunSheet) -> tuple[Share, ...]:
    """The kinds in the order of their names, whatever the order in the day."""
    minutes = dict(sheet.kinds)
    found: list[Share] = []
    at = 0.0
    for kind, name in kind_names().items():
        part = minutes.get(kind, 0)
        size = 100 * part / sheet.minutes if part else 0.0
        found.append(Share(kind, name, part, f"{at:.3f}", f"{size:.3f}"))
        at += size
    return tuple(found)


def sheet_context(request: HttpRequest, gathering: Gathering, *, view: str = "sheet", selected: str = "") -> dict[str, Any]:
    """What the list shows."""
    sheet, rooms = run_sheet(gathering), rooms_of(gathering)
    page = {
        "is_open": not rooms,
        "is_fixed": view != "sheet",
        "blocks_url": reverse("add-block", args=[gathering.pk]),
        "csrf_token": get_token(request),
    }
    last = held_lengths(gathering, person_of(request))
    shown = [row for row in sheet.rows if view != "exercises" or row.block.exercise]
    return {
        **page,
        **row_labels(),
        "gathering": gathering,
        "run_sheet": sheet,
        "rows": lambda: drawn_rows(shown, page, gathering=gathering, selected=selected, last=last.blocks),  # only where the list is drawn
        "is_empty": not shown,
        "begins": _unix_ms(sheet.starts_at),
        "day_warning": day_warning(sheet),
        "shares": shares_of(sheet),
        "agenda": agenda_of(row.block for row in sheet.rows),
        "exercise_count": sum(bool(row.block.exercise) for row in sheet.rows),
        "view": view,
        "last_over": last.over,
        "last_under": -(last.over or 0),
        "rooms": rooms,
        "is_full": len(sheet.rows) >= MOST_BLOCKS,
    }


def day_of(gathering: Gathering) -> dict[str, Any]:
    """The day as the page's script keeps it: the order, and what the times and the bar are made of."""
    sheet = run_sheet(gathering)
    rows = [{"key": row.block.key, "kind": row.block.kind, "phones": row.block.phones, **_row_texts(row.block)} for row in sheet.rows]
    return {"start": _unix_ms(sheet.starts_at), "rows": rows, "exercises": sum(bool(row.block.exercise) for row in sheet.rows)}


def _unix_ms(at: datetime | None) -> int | None:
    return int(at.timestamp() * 1000) if at else None


def _row_texts(block: Block) -> dict[str, Any]:
    return {**texts_of(block, BLOCK_FIELDS, *IN_THE_ROW, *OF_THE_DAY), "length": block.minutes}
