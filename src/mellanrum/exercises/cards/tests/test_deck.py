"""The deck that comes with the product: small, named in both languages, and nothing but drawings."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from django.utils import translation

from mellanrum.exercises.cards.deck import FOLDER, deck, picture
from mellanrum.ui.assets import the_assets

ALLOWED = {"svg", "rect", "circle", "ellipse", "path", "g", "clipPath"}
CARDS = deck("house").cards


def test_there_are_enough_pictures_and_each_stands_alone() -> None:
    assert len(CARDS) >= 24
    for names in ([card.id for card in CARDS], [card.sv for card in CARDS], [card.en for card in CARDS]):
        assert len(set(names)) == len(names)
        assert all(names)
    assert {path.stem for path in FOLDER.glob("*.svg")} == {card.id for card in CARDS}
    assert deck("house").licence == "EUPL-1.2"


def test_pictures_are_small_drawings_without_links_or_scripts() -> None:
    for card in CARDS:
        content = (FOLDER / f"{card.id}.svg").read_bytes()
        assert len(content) <= 2500
        root = ET.fromstring(content)
        assert {element.tag.split("}")[1] for element in root.iter()} <= ALLOWED
        assert root.get("viewBox") == "0 0 120 150"
        assert not any(
            name.endswith("href") or name == "style" or name.startswith("on") for element in root.iter() for name in element.attrib
        )
        assert the_assets().url(card.src)


def test_names_follow_the_language() -> None:
    door = picture("house", "door")
    assert door
    with translation.override("en-gb"):
        assert door.name == "Door ajar"
    with translation.override("sv"):
        assert door.name == "Dörr på glänt"
    assert picture("house", "nothing") is None
    assert picture("house", None) is None
