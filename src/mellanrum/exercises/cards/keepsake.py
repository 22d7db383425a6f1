"""What one person takes home from picture cards: their picture, and what they shared."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from mellanrum.exercise_kit.contract import Keepsake, Kept
from mellanrum.exercise_kit.document import Picture
from mellanrum.exercises.cards.audiences import own
from mellanrum.exercises.cards.deck import picture
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.state import State


def keepsake(definition: Definition, state: State, author: str) -> Keepsake:
    """The question is told once it has been asked. Texts come in the language that is active."""
    title = definition.question if state.is_asked else _("Bildkort")
    return Keepsake(title, tuple(_lines(definition, state, author)))


def _lines(definition: Definition, state: State, author: str) -> Iterator[Kept]:
    mine = own(definition, state, author)
    card = picture(definition.deck, mine.card)
    if card:
        yield Kept(_("Din bild"), card.name, picture=Picture(card.src, card.name))
    if mine.text:
        signed = mine.name if not definition.anonymous else ""
        room = _("Rummet fick se det.") if state.is_shown else ""
        yield Kept(_("Din tanke"), mine.text, label=signed, is_written=True, room=room)
