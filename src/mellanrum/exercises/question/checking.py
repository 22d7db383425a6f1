"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.question.contributions import LONGEST, LONGEST_NAME, THEMING, Text, Turn, Vote
from mellanrum.exercises.question.definition import Definition

REF = {"type": "string", "pattern": r"^[1-9][0-9]{0,15}$"}
REF_OR_NONE = {"type": "string", "pattern": r"^([1-9][0-9]{0,15})?$"}
NAME = {"type": "string", "minLength": 1, "maxLength": LONGEST_NAME}
NEVER: dict[str, Any] = {"not": {}}


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """Why it cannot belong to the definition, or None."""
    if isinstance(data, Text) and int(data.slot) > definition.per_person:
        return _("Du har redan skrivit alla dina svar. Ändra ett av dem i stället.")
    if isinstance(data, Vote) and not definition.votes:
        return _("Här går det inte att rösta. Skriv ett eget svar i stället.")
    if isinstance(data, Turn) and not definition.is_qa:
        return _("På en vägg besvaras inget. Lägg svaret i ett tema i stället.")
    if kind in THEMING and definition.is_qa:
        return _("Frågor till den som talar har inga teman. Välj Nu eller Besvarad i stället.")
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """A person's texts replace each other place by place, and a vote the one before for the same text; acts of the crew replace nothing."""
    if isinstance(data, Text):
        return (kind, data.slot)
    return (kind, data.ref) if isinstance(data, Vote) else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none.

    The text that is pointed at is the first one of a room in which nothing else was said before.
    """
    ref = "2" if definition.is_qa else "3"
    examples: dict[str, dict[str, Any]] = {
        "text": {"slot": "1", "text": _("Att vi möts innan det brådskar.")},
        "approve": {"id": "gift-0000000000000000000003"},
    }
    if definition.votes:
        examples["vote"] = {"ref": ref, "on": "yes"}
    if definition.is_qa:
        examples["turn"] = {"ref": ref, "to": "now"}
    else:
        examples |= {
            "theme": {"name": _("Tid")},
            "rename": {"theme": "1", "name": _("Tid tillsammans")},
            "sort": {"ref": ref, "theme": "1"},
            "order": {"theme": "1", "before": ""},
            "drop": {"theme": "1"},
        }
    return (kind, examples[kind]) if kind in examples else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` for this very definition."""
    slots = [str(number) for number in range(1, definition.per_person + 1)]
    properties: dict[str, dict[str, Any]] = {
        "text": {"slot": {"enum": slots}, "text": {"type": "string", "maxLength": LONGEST}},
        "vote": {"ref": REF if definition.votes else NEVER, "on": {"enum": ["", "yes"]}},
        "approve": {"id": {"type": "string", "minLength": 1, "maxLength": 64}},
        "turn": {"ref": REF if definition.is_qa else NEVER, "to": {"enum": ["now", "answered", "queue"]}},
        "theme": {"name": NAME},
        "rename": {"theme": REF, "name": NAME},
        "sort": {"ref": REF, "theme": REF_OR_NONE},
        "order": {"theme": REF, "before": REF_OR_NONE},
        "drop": {"theme": REF},
    }
    fields = properties[kind]
    if kind in THEMING and definition.is_qa:
        fields = dict.fromkeys(fields, NEVER)
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
