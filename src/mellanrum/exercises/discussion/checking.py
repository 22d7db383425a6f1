"""What belongs to a definition: the check behind the gate, and what a client is told it may send."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import msgspec
from django.utils.translation import gettext as _

from mellanrum.exercises.discussion.contributions import (
    KINDS,
    Belong,
    Come,
    Enter,
    Met,
    Pen,
    Photo,
    Prompt,
    Show,
    Sit,
    Wish,
    Write,
)
from mellanrum.exercises.discussion.definition import ALLOW, MOST_TABLES, Definition, fields_of
from mellanrum.exercises.discussion.tables import key_of

NUMBERS = [str(number) for number in range(1, MOST_TABLES + 1)]
NOTHING: dict[str, Any] = {"not": {}}


def check(definition: Definition, kind: str, data: Any) -> str | None:
    """The field that does not fit the definition, or None."""
    if not _is_asked(definition, kind):
        return kind
    is_placed = isinstance(data, Pen | Show | Write) or (isinstance(data, Sit | Photo) and data.table.strip())
    if is_placed and not _is_table(definition, data.table):
        return "table"
    match data:
        case Wish(subject=subject) if subject not in _wishes(definition):
            return "subject"
        case Write(field=field) | Enter(field=field) if field not in _fields(definition):
            return "field"
        case Photo(picture=picture) if picture.endswith("\n"):
            return "picture"
        case Prompt(number=number) if number > len(definition.prompts):
            return "number"
    return None


def slot(kind: str, data: Any) -> Hashable | None:
    """Of what one person says of themselves, or writes in a field, the last counts."""
    match data:
        case Sit() | Come() | Belong() | Met():
            return kind
        case Wish(place=place):
            return (kind, place)
        case Write(table=table, field=field):
            return (kind, table, field)
        case Enter(field=field):
            return (kind, field)
    return kind if kind == "called" else None


def example(definition: Definition, kind: str) -> tuple[str, dict[str, Any]] | None:
    """A contribution of that kind that can be sent as it stands; None where the definition takes none."""
    if not _is_asked(definition, kind):
        return None
    table = _("Hemtjänst norr") if definition.way == "units" else "1"
    text = _("Mandatet måste gälla mellan förvaltningarna, inte i dem.")
    examples: dict[str, dict[str, Any]] = {
        "sit": {"table": table},
        "come": {"yes": "1"},
        "wish": {"place": "first", "subject": next(iter(_wishes(definition)), "")},
        "belong": {"organisation": _("Fabelå kommun")},
        "met": {"seats": ["abcdefgh.1.4"]},
        "called": {"name": _("Asta")},
        "pen": {"table": table, "do": "take"},
        "write": {"table": table, "field": "box", "text": text},
        "photo": {"picture": f"{'a' * 26}.webp", "caption": _("Vårt blad"), "table": table},
        "enter": {"field": "box", "text": text},
        "form": {"seed": "first-1"},
        "move": {"who": "0" * 12, "table": table},
        "prompt": {"number": 1},
        "show": {"table": table},
        "tables": {"count": definition.tables},
    }
    return kind, examples[kind]


def schema(definition: Definition, kind: str) -> dict[str, Any]:
    """JSON Schema of `data` for this very definition."""
    found: dict[str, Any] = msgspec.json.schema(KINDS[kind])["$defs"][KINDS[kind].__name__]
    found = {key: value for key, value in found.items() if key != "title"} | {"additionalProperties": False}
    narrowed = {name: _narrowed(definition, kind, name, one) for name, one in found["properties"].items()}
    return found | {"properties": narrowed}


def _narrowed(definition: Definition, kind: str, name: str, shape: dict[str, Any]) -> dict[str, Any]:
    if not _is_asked(definition, kind):
        return NOTHING
    if name == "table" and definition.way != "units":
        return {"type": "string", "enum": NUMBERS[: definition.tables] if definition.way == "self" else NUMBERS}
    if name == "table":
        return shape | {"pattern": r"^[A-Za-zÅÄÖåäö0-9][A-Za-zÅÄÖåäö0-9 ]{0,40}$"}
    if name == "subject":
        return {"type": "string", "enum": list(_wishes(definition))}
    if name == "field":
        return {"type": "string", "enum": list(_fields(definition))}
    return shape | {"maximum": len(definition.prompts)} if kind == "prompt" else shape


def _is_asked(definition: Definition, kind: str) -> bool:
    """Whether this definition takes that kind at all."""
    asked = {
        **dict.fromkeys(("come", "form", "move"), definition.is_formed),
        "wish": definition.way == "interest",
        **dict.fromkeys(("belong", "met"), definition.way == "mixed"),
        "called": definition.names,
        **dict.fromkeys(("pen", "write", "photo", "enter", "show"), definition.sheet),
        "prompt": bool(definition.prompts),
        "tables": definition.way == "self",
    }
    return asked.get(kind, True)


def _is_table(definition: Definition, table: str) -> bool:
    """A unit's name can be read by everybody: no characters that hide or turn the direction."""
    return bool(key_of(definition, table)) and table.isprintable()


def _wishes(definition: Definition) -> tuple[str, ...]:
    return (*(subject.id for subject in definition.subjects), "")


def _fields(definition: Definition) -> tuple[str, ...]:
    return (*fields_of(definition), *([ALLOW] if definition.quotes else []))
