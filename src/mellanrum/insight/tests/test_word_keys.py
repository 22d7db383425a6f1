"""Which Swedish forms are the same word."""

from __future__ import annotations

import unicodedata
from itertools import combinations, product
from pathlib import Path

import pytest

from mellanrum.insight.words import key_of, normal, surface

# A line is a family: forms of one word stand together, and between bars stand words that a reader tells apart.
FAMILIES = [[part.split() for part in line.split("|")] for line in (Path(__file__).parent / "word_families.txt").read_text().splitlines()]
INFLECTED = [pair for family in FAMILIES for forms in family for pair in combinations(forms, 2)]
DERIVED = [(one, other) for family in FAMILIES for a, b in combinations(family, 2) for one, other in product(a, b)]


def test_inflections_of_a_word_share_a_key():
    assert len(INFLECTED) > 500
    assert [(one, other) for one, other in INFLECTED if key_of(one) != key_of(other)] == []


def test_derivations_are_words_of_their_own():
    assert len(DERIVED) > 500
    assert [(one, other) for one, other in DERIVED if key_of(one) == key_of(other)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("medborgardialoger", "medborgardialogen"),  # the dictionary knows the last part alone
        ("Gnisselmöten", "gnisselmötet"),
        ("samskapandet", "samskapande"),
        ("flurvar", "flurven"),  # and here nothing at all
    ],
)
def test_words_that_no_dictionary_has_meet_too(one: str, other: str):
    assert key_of(one) == key_of(other)


def test_different_words_do_not():
    assert len({key_of(word) for word in ("tid", "mod", "mål", "mal", "mår", "här", "har", "tillit", "vilja")}) == 9


def test_case_punctuation_and_the_way_letters_are_composed_do_not_matter():
    assert key_of("Öppna kalendrar!") == key_of("öppna  kalendrar") == key_of(unicodedata.normalize("NFD", "öppna kalendrar"))
    assert normal("Lyssna – klart, du.") == "lyssna klart du"
    assert normal("IT-stöd") == "it-stöd"


def test_what_has_no_letters_keeps_itself():
    assert key_of("❤️") == key_of("❤")
    assert key_of("👩‍🚒") != key_of("👩")
    assert normal("…") == "…"
    assert normal("\u200f") == "\u200f"


def test_what_is_shown_has_nothing_hanging_at_its_ends():
    assert (surface(" ”Mera  tid!” "), surface("…")) == ("Mera tid", "…")
