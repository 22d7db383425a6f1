"""What one person takes home from a table talk: the sheet of their table."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.discussion.audiences import table_name
from mellanrum.exercises.discussion.definition import Definition, fields_of, label_of
from mellanrum.exercises.discussion.tables import BLANK, State, table_of


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """Texts come in the language that is active."""
    key = table_of(state, author)
    if not key:
        return Keepsake(definition.question)
    sheet = state.sheets.get(key, BLANK)
    lines = tuple(
        Kept(_("Ert blad"), one.text.strip(), label_of(field), is_written=one.author == author)
        for field in fields_of(definition)
        for one in sheet.fields.get(field, ())
        if one.text.strip()
    )
    return Keepsake(definition.question, (Kept(_("Du satt vid"), table_name(state, key)), *lines))
