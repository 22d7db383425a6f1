"""A deck of one's own: in every face with its credit, and never a picture from anywhere but this server."""

from __future__ import annotations

from typing import Any

import html5lib
import msgspec
import pytest

from mellanrum.exercise_kit.document import Quote, Text
from mellanrum.exercise_kit.examples import examples_of
from mellanrum.exercises.cards.contributions import Choose
from mellanrum.exercises.cards.definition import Definition, upgrade
from mellanrum.exercises.cards.exercise import EXERCISE
from mellanrum.exercises.cards.tests.cast import QUESTION, folded, give, phase
from mellanrum.exercises.cards.tests.faces import draw
from mellanrum.exercises.cards.views import OwnView

ADDRESS = "/pictures/" + "a" * 26 + ".webp"
CREDIT = "Bilder: Fabelå bildgrupp, CC BY 4.0."
OWN: Definition = next(one.definition for one in examples_of(EXERCISE) if one.name == "own-deck")


def deck(**changes: Any) -> dict[str, Any]:
    pictures = [{"id": f"p{number}", "name": "Bild", "src": ADDRESS} for number in range(2)]
    whole = {"id": "deck-1", "title": "Våra", "source": "Vi", "licence": "CC0", "pictures": pictures}
    return {"version": 2, "question": QUESTION, "deck": whole | changes}


def first(**changes: str) -> dict[str, Any]:
    pictures = deck()["deck"]["pictures"]
    return deck(pictures=[pictures[0] | changes, pictures[1]])


@pytest.mark.parametrize(
    "src",
    [
        "javascript:alert(1)",
        "https://spy.example/x.webp",
        "//spy.example/" + "a" * 26 + ".webp",
        "/pictures/../secret.key",
        "/pictures/" + "a" * 26 + ".svg",
        "/pictures/" + "a" * 26 + ".webp?x",
        "/pictures/" + "a" * 26 + ".webp\n",
        "x/pictures/" + "a" * 26 + ".webp",
        "/static/ui/deck/door.svg",
        "data:image/svg+xml,<svg onload=alert(1)>",
        "",
    ],
)
def test_a_picture_comes_from_here_or_not_at_all(src: str) -> None:
    assert msgspec.convert(first(src=ADDRESS), Definition)
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(first(src=src), Definition)


@pytest.mark.parametrize(
    "wrong",
    [
        first(name=""),
        first(name="å" * 121),
        first(id="p1"),
        first(id="<b>"),
        first(id=""),
        first(extra="x"),
        deck(title=""),
        deck(source=""),
        deck(licence=""),
        deck(pictures=[]),
        deck(pictures=deck()["deck"]["pictures"][:1]),
        deck(pictures=[{"id": f"p{number}", "name": "Bild", "src": ADDRESS} for number in range(61)]),
        deck(id=None),
        {"version": 2, "question": QUESTION, "deck": "mine"},
        {"version": 2, "question": QUESTION, "deck": ["house"]},
    ],
)
def test_a_deck_that_lacks_something_is_no_definition(wrong: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Definition)


def test_an_older_definition_has_the_house_s_deck() -> None:
    old = {"version": 1, "question": QUESTION, "deck": "house"}
    assert msgspec.convert(upgrade(1, old), Definition) == Definition(version=2, question=QUESTION)


@pytest.mark.parametrize(("face", "number"), [("participant", 3), ("projector", 3), ("paper", 3), ("entry", 3)])
def test_every_face_shows_the_pictures_by_name(face: str, number: int) -> None:
    root = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(draw(face, OWN, folded(definition=OWN), "choose"))
    images = list(root.iter("img"))
    assert len(images) == number
    assert images[0].get("src") == ADDRESS
    if face != "entry":
        assert images[1].get("alt") == "Trappa utan räcke"


@pytest.mark.parametrize("face", ["participant", "projector", "paper"])
def test_who_made_the_pictures_stands_where_they_are_shown(face: str) -> None:
    assert CREDIT in draw(face, OWN, folded(definition=OWN), "choose")
    assert "Bilder:" not in draw(face, Definition(version=2, question=QUESTION), folded(), "choose")


def test_one_s_own_picture_stays_beside_the_question() -> None:
    html = draw("participant", OWN, folded(definition=OWN), "alone", owner=OwnView("stairs"))
    assert 'value="stairs" checked' in html


def test_only_cards_of_this_deck_can_be_chosen() -> None:
    said = [EXERCISE.check(OWN, "choose", Choose(card)) for card in ("shore", "door", None)]
    assert said == [None, "card", None]


def test_the_documentation_names_the_picture_and_who_made_it() -> None:
    events = (give(1, "a", "choose", card="kiosk"), give(2, "a", "share", text="Luckan."), phase(3, "question"), phase(4, "plenary"))
    thoughts, cards = EXERCISE.harvest(OWN, folded(*events, definition=OWN), "cards-2")
    quote, credit = thoughts.blocks
    assert isinstance(quote, Quote)
    assert quote.picture
    assert (quote.picture.alt, quote.picture.src) == ("Stängd kiosk", "/pictures/" + "c" * 26 + ".webp")
    assert credit == Text(CREDIT)
    assert len(cards.blocks) == 1
    silent = EXERCISE.harvest(OWN, folded(*events[:1], phase(3, "question"), phase(4, "plenary"), definition=OWN), "cards-2")
    assert silent[0].blocks[-1] == Text(CREDIT)
    nobody = EXERCISE.harvest(OWN, folded(give(1, "a", "share", text="Utan bild."), phase(2, "plenary"), definition=OWN), "cards-2")
    assert [len(one.blocks) for one in nobody] == [1]
