"""What counts as the same word, and what crew can do about it."""

from __future__ import annotations

import msgspec
import pytest

from mellanrum.exercises.words.checking import check
from mellanrum.exercises.words.contributions import KINDS, Word
from mellanrum.exercises.words.state import EMPTY
from mellanrum.exercises.words.tests.cast import DEFINITION, folded, found, give, ranking, room, word


def test_inflections_meet_and_the_most_used_form_is_shown():
    assert ranking(room("tilliten", "Tillit", "tillit", "tillit!", "tid")) == [("tillit", 4), ("tid", 1)]
    assert ranking(room("Gränserna", "gränser", "gränserna")) == [("gränser", 3)]


def test_phrases_stay_whole():
    assert ranking(room("Att hålla det vi lovat.", "att hålla  det vi lovat", "att hålla löften")) == [
        ("att hålla det vi lovat", 2),
        ("att hålla löften", 1),
    ]


def test_of_two_forms_as_common_the_shortest_in_small_letters_is_shown():
    assert ranking(room("Tiden", "tiden", "Tid", "tid")) == [("tid", 4)]
    assert ranking(room("tid", "Tid", "tiden", "Tiden")) == [("tid", 4)]


def test_a_person_counts_once_however_often_they_write_it():
    assert ranking([word(1, "a", "tid"), word(2, "a", "tiden", 2), word(3, "b", "tid")]) == [("tid", 2)]


def test_the_last_word_in_a_place_counts_and_empty_takes_back():
    assert ranking([word(1, "a", "tid"), word(2, "a", "mod")]) == [("mod", 1)]
    assert folded([word(1, "a", "tid"), word(2, "a", "  ")]) == EMPTY
    assert folded([word(1, "a", "")]) == EMPTY


def test_merged_words_are_one_until_they_are_parted():
    words = room("mer tid", "mera tid", "tid")
    merged = [*words, give(10, "crew:1", "merge", source="mera tid", into="mer tid")]
    assert ranking(merged) == [("mer tid", 2), ("tid", 1)]
    chained = [*merged, give(11, "crew:1", "merge", source="mer tid", into="tid")]
    assert ranking(chained) == [("tid", 3)]
    assert ranking([*chained, give(12, "crew:1", "unmerge", key="tid")]) == [("mer tid", 1), ("mera tid", 1), ("tid", 1)]


def test_merging_round_in_a_circle_ends_at_the_last():
    words = room("mod", "tid", "tid")
    there = give(10, "crew:1", "merge", source="mod", into="tid")
    assert ranking([*words, there, give(11, "crew:1", "merge", source="tid", into="mod")]) == [("mod", 3)]
    assert ranking([*words, give(10, "crew:1", "merge", source="mod", into="mod")]) == [("tid", 2), ("mod", 1)]


def test_a_corrected_word_joins_what_it_becomes():
    words = room("tillitt", "tillit", "tillit")
    assert ranking([*words, give(10, "crew:1", "correct", key="tillitt", text="Tillit")]) == [("Tillit", 3)]
    assert ranking([*room("tid"), give(10, "crew:1", "correct", key="tid", text="mera tid")]) == [("mera tid", 1)]


def test_what_is_new_is_lit_until_six_more_have_come():
    texts = ["mod", "tid", "fika", "humor", "tålamod", "ro", "skratt"]
    assert [group.text for group in found(room(*texts)).groups if group.is_new] == texts[1:]


@pytest.mark.parametrize(
    "text", ["🔥🔥", "❤️", "…", "<b>fet</b>", "الثقة", "доверие och tillit", "a" * 80, "\u202ebakvänt", "\x1b", "1", "-"]
)
def test_whatever_people_write_is_a_word(text):
    assert [count for _text, count in ranking(room(text, text))] == [2]


def test_ten_thousand_identical_words():
    assert ranking(room(*["tid"] * 10_000)) == [("tid", 10_000)]


def test_what_does_not_belong_is_refused():
    assert check(DEFINITION, "word", Word("trust", "3", "tid")) is None
    assert check(DEFINITION, "word", Word("trust", "4", "tid")) == "slot"
    assert check(DEFINITION, "word", Word("elsewhere", "1", "tid")) == "prompt"
    for data in ({"prompt": "trust", "slot": "1", "text": "a" * 81}, {"prompt": "trust", "slot": "0", "text": "a"}):
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(data, KINDS["word"])
