"""The tracks of a block as fields of the inspector."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from mellanrum.programmes.day_fields import track_name
from mellanrum.programmes.tracks import KEYS


class TrackField(msgspec.Struct, frozen=True):
    """One field: its text, what is wrong with it, what somebody else wrote there."""

    name: str
    label: str
    hint: str
    text: str
    problem: str
    other: Any
    is_short: bool
    is_rows: bool


class TrackForm(msgspec.Struct, frozen=True):
    number: int
    is_used: bool
    fields: tuple[TrackField, ...]


def track_forms(texts: Mapping[str, str], problems: Mapping[str, str], theirs: Mapping[str, Any]) -> tuple[TrackForm, ...]:
    """All there can be, in order; the page shows those in use and the next."""
    return tuple(_form(number, key, texts, problems, theirs) for number, key in enumerate(KEYS, 1))


def _form(number: int, key: str, texts: Mapping[str, str], problems: Mapping[str, str], theirs: Mapping[str, Any]) -> TrackForm:
    labels = {
        "title": (_("Vad spåret heter"), ""),
        "place": (_("Plats"), ""),
        "responsible": (_("Ansvarig"), ""),
        "rows": (_("Delar"), _("en per rad: 20 min (minst 10) Samtal")),
    }
    fields = tuple(
        TrackField(
            name=(name := track_name(key, part)),
            label=label,
            hint=hint,
            text=texts[name],
            problem=problems.get(name, ""),
            other=theirs.get(name),
            is_short=part in {"place", "responsible"},
            is_rows=part == "rows",
        )
        for part, (label, hint) in labels.items()
    )
    return TrackForm(number, any(field.text for field in fields), fields)
