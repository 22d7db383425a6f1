"""Reading decks: what a definition may carry, and where a deck is used."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db.models import QuerySet
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mellanrum.core.picture_files import picture_address
from mellanrum.core.ports import provided
from mellanrum.exercise_kit.decks import FEWEST, OwnDeck, OwnPicture
from mellanrum.exercise_kit.registry import registry
from mellanrum.programmes.models import Block, Deck, Gathering, Programme

HOUSE = "house"
LICENCES: dict[str, Promise] = {
    Deck.Licence.CC0: _("CC0, fria att använda"),
    Deck.Licence.CC_BY: _("CC BY 4.0"),
    Deck.Licence.CC_BY_SA: _("CC BY-SA 4.0"),
    Deck.Licence.OWN: _("Egna bilder, används med tillstånd"),
    Deck.Licence.OTHER: _("Annat, skriv vad som gäller"),
}


class DeckChoice(msgspec.Struct, frozen=True):
    """A deck that can be chosen: `value` is what goes into a definition's `deck`."""

    id: str
    title: str
    value: dict[str, Any]


class DeckRow(msgspec.Struct, frozen=True):
    """A deck in a list: the first pictures' addresses, how many there are, how many lack a name, and in how many blocks it is used."""

    deck: Deck
    first: tuple[str, ...]
    pictures: int
    nameless: int
    used: int


class DeckBlock(msgspec.Struct, frozen=True):
    """A block that sets out from pictures. `deck` is the chosen deck's id; `is_open`: its room has begun, so it stays as it is."""

    block: Block
    gathering: Gathering
    deck: str
    is_open: bool


def decks_for(programme: Programme) -> tuple[DeckChoice, ...]:
    """The programme's own decks that can be used, in two queries. The house's is not among them: its value is `"house"`."""
    found = ((deck, deck_value(deck)) for deck in programme.decks.prefetch_related("pictures"))
    return tuple(DeckChoice(deck.key, deck.title, value) for deck, value in found if value is not None)


def deck_value(deck: Deck) -> dict[str, Any] | None:
    """The deck as a definition carries it; None while fewer than two of its pictures have a name."""
    named = [one for one in deck.pictures.all() if one.name]
    if len(named) < FEWEST:
        return None
    with translation.override(deck.programme.language):  # it will be read in the room, not by whoever prepares
        licence = licence_text(deck)
    pictures = tuple(OwnPicture(one.file.partition(".")[0], one.name, picture_address(one.file)) for one in named)
    value: dict[str, Any] = msgspec.to_builtins(OwnDeck(deck.key, deck.title, deck.source, licence, pictures))
    return value


def licence_text(deck: Deck) -> str:
    """What may be done with the pictures, in words."""
    if deck.licence == Deck.Licence.OTHER:
        return deck.licence_note
    label = str(LICENCES[deck.licence])
    return f"{label}, {deck.licence_note}" if deck.licence_note else label


def deck_rows(programme: Programme) -> tuple[DeckRow, ...]:
    """Every deck of the programme, in four queries however many there are."""
    blocks = deck_blocks(programme)
    rows = []
    for deck in programme.decks.prefetch_related("pictures"):
        pictures = list(deck.pictures.all())
        first = tuple(picture_address(one.file) for one in pictures[:4])
        nameless = sum(not one.name for one in pictures)
        rows.append(DeckRow(deck, first, len(pictures), nameless, sum(one.deck == deck.key for one in blocks)))
    return tuple(rows)


def deck_blocks(programme: Programme) -> tuple[DeckBlock, ...]:
    """The programme's blocks whose exercise has a deck, in the order of the gatherings; two queries."""
    opened = opened_in(programme)
    return tuple(
        DeckBlock(block, block.gathering, _deck_of(block), block.gathering_id in opened)
        for block in blocks_with_deck().filter(gathering__programme=programme).order_by("gathering__position", "position")
    )


def blocks_with_deck() -> QuerySet[Block]:
    """Blocks whose exercise type has a `deck` in its definition, whichever type that is."""
    types = [slug for slug, found in registry().items() if "deck" in found.definition.__struct_fields__]
    return Block.objects.filter(exercise__in=types).select_related("gathering")


def opened_in(programme: Programme) -> frozenset[int]:
    """Ids of gatherings whose room has been opened."""
    rooms: frozenset[int] = (provided("gatherings_with_rooms") or (lambda _programme: frozenset()))(programme)
    return rooms


def _deck_of(block: Block) -> str:
    chosen = block.definition.get("deck", HOUSE)
    return str(chosen.get("id", "")) if isinstance(chosen, dict) else str(chosen)
