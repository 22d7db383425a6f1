"""What one person takes home from an open question: their own texts, and how many say the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercises.question.audiences import own
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.harvest import too
from mellanrum.exercises.question.state import NO_TEXTS, State, Written
from mellanrum.exercises.question.wall import Said, wall


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """In the order of the form. Texts come in the language that is active."""
    found = wall(definition, state)
    shown = {said.words: said for said in found.shown} if state.shown else {}
    names, mine = dict(found.themes), state.texts.get(author, NO_TEXTS)
    written = [mine[slot] for slot, _text in own(definition, state, author).texts]
    return Keepsake(definition.question, tuple(_line(definition, one, shown.get(str(one.seq)), names) for one in written))


def _line(definition: Definition, mine: Written, said: Said | None, names: dict[str, str]) -> Kept:
    asked = _("Din fråga") if definition.is_qa else _("Ditt svar")
    if said is None:
        return Kept(asked, mine.text, is_written=True)
    told = [names.get(said.theme, ""), _("Besvarad") if said.standing else "", too(said.votes) if said.votes else ""]
    return Kept(asked, mine.text, is_written=True, room=", ".join(filter(None, told)) or _("Rummet fick se det."))
