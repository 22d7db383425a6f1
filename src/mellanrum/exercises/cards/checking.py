"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.cards.contributions import Choose, Count, Sign
from mellanrum.exercises.cards.deck import deck, picture
from mellanrum.exercises.cards.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    match data:
        case Choose(card=str(card)) | Count(card=card):
            return None if picture(definition.deck, card) else "card"
        case Sign():
            return "name" if definition.anonymous else None
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """What replaces what: one picture, one thought, one name each; one count per card."""
    return (kind, data.card) if isinstance(data, Count) else kind


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    cards = deck(definition.deck).cards
    card = cards[min(3, len(cards) - 1)].id
    examples: dict[str, dict[str, Any]] = {
        "choose": {"card": card},
        "share": {"text": _("Dörren står öppen, men ingen har bett mig gå in.")},
        "count": {"card": card, "n": 2},
    }
    if not definition.anonymous:
        examples["sign"] = {"name": _("En vid fönstret")}
    return (kind, examples[kind]) if kind in examples else None


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` with the cards of this very definition. Nothing in it tells the question."""
    cards = [one.id for one in deck(definition.deck).cards]
    properties: dict[str, dict[str, Any]] = {
        "choose": {"card": {"enum": [*cards, None]}},
        "share": {"text": {"type": "string", "maxLength": 600}},
        "sign": {"name": {"not": {}} if definition.anonymous else {"type": "string", "maxLength": 80}},
        "count": {"card": {"enum": cards}, "n": {"type": "integer", "minimum": 0, "maximum": 9999}},
    }
    fields = properties[kind]
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
