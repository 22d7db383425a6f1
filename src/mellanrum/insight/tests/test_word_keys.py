"""Which Swedish forms are the same word."""

from __future__ import annotations

import unicodedata

import pytest

from mellanrum.insight.words import key_of, normal, surface

SAME = [
    "tillit tilliten Tilliten tillitens",
    "möte möten mötet mötena",
    "gräns gränser gränserna",
    "organisation organisationer organisationen organisationernas",
    "kollega kollegor kollegorna",
    "beslut besluten beslutet",
    "chef chefer cheferna",
    "barn barnen barnens",
    "åtgärd åtgärder åtgärderna",
    "kalender kalendrar kalendrarna",
    "upphandlingsregler upphandlingsreglerna",
]


@pytest.mark.parametrize("forms", SAME)
def test_forms_of_a_word_share_a_key(forms):
    assert len({key_of(form) for form in forms.split()}) == 1


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
