"""What a block's notes leave to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.core.picture_files import picture_address
from mellanrum.exercise_kit.document import Block, Passage, Photo, Picture, Quote, Text
from mellanrum.exercises.notes.definition import Definition
from mellanrum.exercises.notes.state import Entry, State, in_order, is_table


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """What crew wants to take further, then everything else; none where nothing was written."""
    entries = in_order(state)
    starred = [one for one in entries if one.id in state.stars]
    others = [one for one in entries if one.id not in state.stars]
    return (
        *_passage(definition, f"{exercise}/kept", _kept(definition.agenda), starred),
        *_passage(definition, f"{exercise}/notes", _notes(definition.agenda), others),
    )


def _kept(heading: str) -> str:
    return _("Att ta vidare från ”%(heading)s”") % {"heading": heading} if heading else _("Att ta vidare från träffen")


def _notes(heading: str) -> str:
    """A block that participants knew nothing of has no name for those who read."""
    return _("Anteckningar från ”%(heading)s”") % {"heading": heading} if heading else _("Anteckningar från träffen")


def _passage(definition: Definition, key: str, title: str, entries: list[Entry]) -> Iterable[Passage]:
    """The whole room's first, then table by table, each with its lines before its photos."""
    if not entries:
        return ()
    ordered = sorted(entries, key=lambda one: (_place(one.who), bool(one.picture), one.seq))
    return (Passage(key, title, _source(definition, entries), tuple(_block(definition, one) for one in ordered)),)


def _place(who: str) -> tuple[int, int, str]:
    if is_table(who):
        return (1, int(who), "")
    return (2, 0, who) if who else (0, 0, "")


def _block(definition: Definition, one: Entry) -> Block:
    by = _("Bord %(number)s") % {"number": one.who} if is_table(one.who) else one.who
    if one.picture:
        alt = one.text or _("Foto från %(heading)s") % {"heading": definition.agenda or _("träffen")}
        return Photo(Picture(picture_address(one.picture), alt), one.text, by)
    return Quote(one.text, by) if by else Text(one.text)


def _source(definition: Definition, entries: list[Entry]) -> str:
    """Where it was noted, and how much."""
    photos = sum(bool(one.picture) for one in entries)
    lines = len(entries) - photos
    said = [
        _("Moment %(number)s") % {"number": definition.number} if definition.agenda else _("Träffen"),
        ngettext("%(lines)s rad", "%(lines)s rader", lines) % {"lines": lines} if lines else "",
        ngettext("%(photos)s foto", "%(photos)s foton", photos) % {"photos": photos} if photos else "",
    ]
    return ", ".join(part for part in said if part)
