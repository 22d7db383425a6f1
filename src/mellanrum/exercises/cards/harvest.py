"""What picture cards leave to the documentation. Texts come in the language that is active."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mellanrum.exercise_kit.document import Block, Passage, Picture, Quote, Table, Text
from mellanrum.exercise_kit.sources import source_of
from mellanrum.exercises.cards.audiences import thought
from mellanrum.exercises.cards.deck import deck
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.state import State


def harvest(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """Passages in reading order; none before the room has shared or the exercise is closed, or when nobody gave anything."""
    if not state.is_shown:
        return ()
    return (*_thoughts(definition, state, exercise), *_chosen(definition, state, exercise))


def _thoughts(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """Shared thoughts with their pictures, in nobody's order."""
    if not state.shared:
        return ()
    order = sorted(state.shared.items(), key=lambda row: blake2b(row[1].id.encode(), digest_size=8).digest())
    quotes = tuple(_quote(definition, state, author) for author, _one in order)
    said = ngettext("en delad tanke", "%(count)s delade tankar", len(quotes)) % {"count": len(quotes)}
    blocks = (*quotes, *(_credit(definition) if _shows_pictures(state) else ()))
    return (Passage(f"{exercise}/thoughts", _heading(definition, state), source_of(exercise, said), blocks),)


def _quote(definition: Definition, state: State, author: str) -> Quote:
    said = thought(definition, state, author)
    return Quote(said.text, said.by, Picture(said.card.src, said.card.name) if said.card else None)


def _chosen(definition: Definition, state: State, exercise: str) -> tuple[Passage, ...]:
    """How often each picture was chosen, in phones, on paper and counted in the room together."""
    counts = Counter(state.chosen.values()) + Counter(dict(state.counted.items()))
    rows = tuple((one.name, str(counts[one.id])) for one in deck(definition.deck).cards if counts[one.id])
    if not rows:
        return ()
    table = Table(_("Valda bilder"), (_("Bild"), _("Antal")), tuple(sorted(rows, key=lambda row: -int(row[1]))))
    lead: list[Block] = [Text(definition.question)] if state.is_asked and not state.shared else []
    credit = () if _shows_pictures(state) else _credit(definition)  # once is enough
    people = sum(int(count) for _name, count in rows)
    said = ngettext("ett val", "%(count)s val", people) % {"count": people}
    return (Passage(f"{exercise}/cards", _("Bilderna vi valde"), source_of(exercise, said), (*lead, table, *credit)),)


def _shows_pictures(state: State) -> bool:
    """Whether a thought stands beside its picture."""
    return any(author in state.chosen for author in state.shared)


def _credit(definition: Definition) -> tuple[Block, ...]:
    """Who made the pictures, where they are somebody's."""
    credit = deck(definition.deck).credit
    return (Text(_("Bilder: %(credit)s.") % {"credit": credit}),) if credit else ()


def _heading(definition: Definition, state: State) -> str:
    return definition.question if state.is_asked else _("Tankar utifrån bilder")
