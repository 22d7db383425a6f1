"""Saving fields that several people may be writing in: each brings the text it started from, and nobody's words are overwritten unseen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.programmes.fields import Field, Unreadable, clean, texts_of
from mellanrum.programmes.refusals import Conflict, InConflict, NotReadable, Problem

Texts = Mapping[str, str]


def put(thing: Any, fields: Mapping[str, Field], *, given: Texts, was: Texts) -> list[str]:
    """Set on `thing` what differs between `given` and `was`; returns the attributes to save. All of it or nothing.

    Raises NotReadable when a text cannot be its field, and InConflict when a field holds neither what the person began with
    nor what they want.
    """
    wanted = {name: text for name, text in given.items() if name in fields and clean(text) != clean(was.get(name, ""))}
    values = _values(fields, wanted)
    stored = texts_of(thing, fields)
    conflicts = tuple(
        Conflict(field=name, yours=wanted[name], theirs=stored[name])
        for name in wanted
        if stored[name] not in {_canonical(fields[name], was.get(name, "")), _canonical(fields[name], wanted[name])}
    )
    if conflicts:
        raise InConflict(_("Någon annan har ändrat här medan du skrev. Välj vilken text som ska gälla."), conflicts)
    for name, value in values.items():
        attribute = fields[name].attribute
        setattr(thing, attribute, fields[name].merged(getattr(thing, attribute), value))
    return list(dict.fromkeys(fields[name].attribute for name in values))


def _values(fields: Mapping[str, Field], wanted: Texts) -> dict[str, Any]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, text in wanted.items():
        try:
            values[name] = fields[name].read(text)
        except Unreadable as error:
            problems.append(Problem(field=name, text=str(error)))
    if problems:
        raise NotReadable(*problems)
    return values


def _canonical(field: Field, text: str) -> str:
    """The text as the form would show it after saving: `10` and `10 min` are the same length."""
    try:
        return field.write(_Holding(field.attribute, field.merged([], field.read(text))))
    except Unreadable:
        return clean(text)


class _Holding:
    """Stands in for the thing whose field is written."""

    def __init__(self, attribute: str, value: Any) -> None:
        setattr(self, attribute, value)

    @property
    def heading(self) -> bool:
        """What the eye shows, which is not an attribute of its own."""
        return bool(getattr(self, "shown", False))
