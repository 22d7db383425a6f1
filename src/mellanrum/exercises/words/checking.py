"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from django.utils.translation import gettext as _

from mellanrum.exercises.words.contributions import LONGEST, Word
from mellanrum.exercises.words.definition import Definition


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    if not isinstance(data, Word):
        return None
    if all(prompt.id != data.prompt for prompt in definition.prompts):
        return "prompt"
    return None if int(data.slot) <= definition.per_person else "slot"


def slot(kind: str, data: Any) -> Hashable | None:
    """A person's words replace each other place by place; acts of the crew replace nothing."""
    return (data.prompt, data.slot) if isinstance(data, Word) else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands."""
    word = _("tillit")
    examples: dict[str, dict[str, Any]] = {
        "word": {"prompt": definition.prompts[0].id, "slot": "1", "text": word},
        "merge": {"from": _("mera tid"), "into": _("tid")},
        "correct": {"key": _("tillitt"), "text": word},
        "unmerge": {"key": word},
    }
    return kind, examples[kind]


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` with the questions and places of this very definition."""
    shown = {"type": "string", "minLength": 1, "maxLength": LONGEST}
    properties: dict[str, dict[str, Any]] = {
        "word": {
            "prompt": {"enum": [prompt.id for prompt in definition.prompts]},
            "slot": {"enum": [str(place) for place in range(1, definition.per_person + 1)]},
            "text": {"type": "string", "maxLength": LONGEST},
        },
        "merge": {"from": shown, "into": shown},
        "correct": {"key": shown, "text": shown},
        "unmerge": {"key": shown},
    }
    fields = properties[kind]
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}
