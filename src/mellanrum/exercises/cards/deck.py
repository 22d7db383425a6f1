"""The decks of pictures: the house's, which comes with the product, and those a definition carries."""

from __future__ import annotations

from functools import cache, lru_cache
from pathlib import Path

import msgspec
from django.utils.translation import get_language

from mellanrum import ui
from mellanrum.exercise_kit.decks import OwnDeck

FOLDER = Path(ui.__file__).parent / "static" / "ui" / "deck"


class Picture(msgspec.Struct, frozen=True):
    """One picture with its names; `address` is that of an uploaded one."""

    id: str
    sv: str
    en: str
    address: str = ""

    @property
    def name(self) -> str:
        """What it is called in the active language."""
        return self.en if (get_language() or "").startswith("en") else self.sv

    @property
    def src(self) -> str:
        """A static file's name, or a path of this server that begins with a slash."""
        return self.address or f"ui/deck/{self.id}.svg"


class Deck(msgspec.Struct, frozen=True):
    """A `deck.json`: pictures in the order they are laid out, with the licence they may be used under.

    `credit` names who made them; empty for the house's own, which need none.
    """

    id: str
    title: dict[str, str]
    licence: str
    source: str
    cards: tuple[Picture, ...]
    credit: str = ""


def deck(chosen: str | OwnDeck) -> Deck:
    """The deck of a definition. Raises LookupError for a name that is not the house's."""
    return _own(chosen) if isinstance(chosen, OwnDeck) else _house(chosen)


def picture(chosen: str | OwnDeck, card: str | None) -> Picture | None:
    """That picture of the deck; None when there is none."""
    return next((one for one in deck(chosen).cards if one.id == card), None)


@cache
def _house(name: str) -> Deck:
    found = msgspec.json.decode((FOLDER / "deck.json").read_bytes(), type=Deck)
    if found.id != name:
        raise LookupError(name)
    return found


@lru_cache(maxsize=64)
def _own(carried: OwnDeck) -> Deck:
    """A picture of one's own has the one name it was given, whatever the language."""
    cards = tuple(Picture(one.id, one.name, one.name, one.src) for one in carried.pictures)
    titles = {"sv": carried.title, "en": carried.title}
    return Deck(carried.id, titles, carried.licence, carried.source, cards, f"{carried.source}, {carried.licence}")
