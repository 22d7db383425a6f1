"""The decks of pictures that come with the product, and what each picture is called."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import msgspec
from django.utils.translation import get_language

from mellanrum import ui

FOLDER = Path(ui.__file__).parent / "static" / "ui" / "deck"


class Picture(msgspec.Struct, frozen=True):
    """One picture with its names; `src` is its static file."""

    id: str
    sv: str
    en: str

    @property
    def name(self) -> str:
        """What it is called in the active language."""
        return self.en if (get_language() or "").startswith("en") else self.sv

    @property
    def src(self) -> str:
        return f"ui/deck/{self.id}.svg"


class Deck(msgspec.Struct, frozen=True):
    """A `deck.json`: pictures in the order they are laid out, with the licence they may be used under."""

    id: str
    title: dict[str, str]
    licence: str
    source: str
    cards: tuple[Picture, ...]


@cache
def deck(name: str) -> Deck:
    """The deck a definition names; decks of one's own will be found here, too."""
    found = msgspec.json.decode((FOLDER / "deck.json").read_bytes(), type=Deck)
    if found.id != name:
        raise LookupError(name)
    return found


def picture(deck_name: str, card: str | None) -> Picture | None:
    """That picture of the deck; None when there is none."""
    return next((one for one in deck(deck_name).cards if one.id == card), None)
