"""The fields of an editor in templates: `{% load editing %}`. Each takes its path in the definition and its label.

Limits, values and problems come from `fields` (`exercise_kit/fields.py`), which `draw_editor` gives to every `editor.html`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import template
from django.template.defaultfilters import capfirst

from mellanrum.exercise_kit.fields import Fields, Row

register = template.Library()
OFFER = "offer_"


@register.inclusion_tag("exercise_kit/editor-field.html", takes_context=True)
def edit(context: Any, path: str, label: str, *, hint: str = "", lines: int = 1, unit: str = "") -> dict[str, Any]:
    """One text, number or yes/no. `lines` is how many a text usually has, `unit` what a number counts."""
    return {"field": context["fields"].field(path), "label": label, "hint": hint, "lines": lines, "unit": unit}


@register.inclusion_tag("exercise_kit/editor-choice.html", takes_context=True)
def choose(context: Any, path: str, label: str, *, hint: str = "", **options: str) -> dict[str, Any]:
    """One of a few as chips, `value=label` each; for a yes/no `yes=… no=…`."""
    field = context["fields"].field(path)
    if field.kind == "yes":
        options = {"1": options["yes"], "0": options["no"]}
        chosen = "1" if field.is_on else "0"
    else:
        chosen = str(field.value)
    return {"field": field, "label": label, "hint": hint, "options": [(value, text, value == chosen) for value, text in options.items()]}


@register.inclusion_tag("exercise_kit/editor-rows.html", takes_context=True)
def rows(
    context: Any, path: str, label: str, *, one: str, hint: str = "", spare: int = 3, lines: int = 1, **columns: str
) -> dict[str, Any]:
    """A list, a row each, with `column=label` for the fields of a row; without columns the rows are plain texts.

    `one` is what a row is called. Empty rows are dropped, the number before a row is where it is wanted. `offer_id=text` offers a
    row with that id and text to tick, as long as the list has none.
    """
    fields: Fields = context["fields"]
    offered = {key.removeprefix(OFFER): text for key, text in columns.items() if key.startswith(OFFER)}
    kept = {key: text for key, text in columns.items() if not key.startswith(OFFER)} or {"": capfirst(one)}
    there, offers = _offering(fields, path, offered, spare)
    drawn = [(row, [(fields.cell(path, row, key), text) for key, text in kept.items()]) for row in there]
    told: dict[str, Any] = {"name": f"d.{path}", "label": label, "one": one, "hint": hint, "lines": lines}
    told["most"] = fields.most_rows(path)
    told["is_movable"] = sum(row.before is not None for row in there) > 1
    return {**told, "rows": drawn, "offers": offers, "problem": fields.problem(path)}


@register.inclusion_tag("exercise_kit/editor-picks.html", takes_context=True)
def picks(context: Any, path: str, label: str, *, own: str, hint: str = "", **known: str) -> dict[str, Any]:
    """A list of rows with `id` and `text` as chips: those there are, those everybody knows (`id=text`), and one to write oneself."""
    fields: Fields = context["fields"]
    there, offers = _offering(fields, path, known, 1, is_first=True)
    chips = [(row, _standing(row), bool(fields.cell(path, row, "text").value)) for row in there if row.before is not None] + offers
    own_rows = [(row, fields.cell(path, row, "text")) for row in there if row.before is None]
    written = [one for one in own_rows if one[1].value] or own_rows[:1]
    return {
        "name": f"d.{path}",
        "label": label,
        "hint": hint,
        "chips": chips,
        "own": own,
        "written": written,
        "problem": fields.problem(path),
    }


def _offering(
    fields: Fields, path: str, known: dict[str, str], spare: int, *, is_first: bool = False
) -> tuple[list[Row], list[tuple[Row, str, bool]]]:
    """The rows to write in, and (row, text, is ticked) of those on offer, which come after the spare ones or `is_first`."""
    there = fields.rows(path, spare + len(known))
    posted = [row for row in there if row.identity in known and row.before is None]
    missing = [identity for identity in known if identity not in {row.identity for row in there}]
    free = [row for row in there if row.is_spare]
    cut = len(missing) if is_first else len(free) - len(missing)
    blank, places = (free[cut:], free[:cut]) if is_first else (free[: max(0, cut)], free[max(0, cut) :])
    offers = [(row, known[row.identity], bool(fields.cell(path, row, "text").value)) for row in posted]
    offers += [(replace(row, identity=identity), known[identity], False) for row, identity in zip(places, missing, strict=False)]
    return [row for row in there if not row.is_spare and row not in posted] + blank[:spare], offers


def _standing(row: Row) -> str:
    """What a chip says: its text as it was before the form, for an unticked one sends none."""
    text = row.before.get("text") if isinstance(row.before, dict) else ""
    return text or (row.node.below["text"].text if row.node and "text" in row.node.below else "") or row.identity
