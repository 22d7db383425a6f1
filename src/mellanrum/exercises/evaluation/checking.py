"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, get_args

from django.utils.translation import gettext as _

from mellanrum.exercises.evaluation.contributions import LONGEST, Rate, Reflect, Role, Write
from mellanrum.exercises.evaluation.definition import HIGH, LOW, Definition, Item, Question

ROLES = get_args(Role)
NOTHING: dict[str, Any] = {"not": {}}


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    match data:
        case Rate(item=item):
            return None if item in _ids(_items(definition)) else "item"
        case Write(question=question):
            return None if question in _ids(_asked(definition)) else "question"
        case Reflect(question=question):
            return None if question in _ids(_own(definition)) else "question"
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """A person rates a statement once and answers a question once; the team may say several things."""
    match data:
        case Rate(item=item):
            return (kind, item)
        case Write(question=question):
            return (kind, question)
    return None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    said = _("Mer tid vid borden.")
    found: dict[str, tuple[Sequence[Item | Question], dict[str, Any]]] = {
        "rate": (_items(definition), {"value": 4}),
        "write": (_asked(definition), {"text": said}),
        "reflect": (_own(definition), {"text": said, "role": "host"}),
    }
    things, data = found[kind]
    return (kind, {_place(kind): things[0].id, **data}) if things else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` for this very definition."""
    all_of: dict[str, Sequence[Item | Question]] = {"rate": _items(definition), "write": _asked(definition), "reflect": _own(definition)}
    things = all_of[kind]
    rest: dict[str, dict[str, Any]] = {
        "rate": {"value": {"type": "integer", "minimum": LOW, "maximum": HIGH}},
        "write": {"text": {"type": "string", "maxLength": LONGEST}},
        "reflect": {"text": {"type": "string", "minLength": 1, "maxLength": LONGEST}, "role": {"type": "string", "enum": list(ROLES)}},
    }
    place = {_place(kind): {"type": "string", "enum": _ids(things)} if things else NOTHING}
    properties = {**place, **rest[kind]}
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _place(kind: str) -> str:
    return "item" if kind == "rate" else "question"


def _ids(things: Sequence[Item | Question]) -> list[str]:
    return [one.id for one in things]


def _items(definition: Definition) -> tuple[Item, ...]:
    return () if definition.is_of_the_team else definition.items


def _asked(definition: Definition) -> tuple[Question, ...]:
    """What participants answer."""
    return () if definition.is_of_the_team else definition.questions


def _own(definition: Definition) -> tuple[Question, ...]:
    """What the team answers."""
    return definition.questions if definition.is_of_the_team else ()
