"""What each audience sees of the words, and when."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from mellanrum.exercise_kit.document import Figure
from mellanrum.exercises.words.audiences import MOST, crew, own, phone, projector
from mellanrum.exercises.words.definition import do_and_stop
from mellanrum.exercises.words.harvest import harvest
from mellanrum.exercises.words.tests.cast import DEFINITION, HIDDEN, folded, give, phase, room, word
from mellanrum.exercises.words.views import OwnView

WORDS = room("tid", "mod", "tid")


def test_a_live_cloud_grows_on_the_wall_and_not_on_phones():
    state = folded(WORDS)
    assert [one.text for one in projector(DEFINITION, state, "write").clouds[0].words] == ["tid", "mod"]
    assert phone(DEFINITION, state, "write") == phone(DEFINITION, folded([]), "write")


def test_a_hidden_cloud_waits_for_the_result():
    state = folded(WORDS)
    assert projector(HIDDEN, state, "write") == projector(HIDDEN, folded([]), "write")
    assert projector(HIDDEN, state, "closed").clouds == ()
    for view in (projector, phone):
        assert view(HIDDEN, state, "result").clouds[0].given == 3
        assert view(HIDDEN, folded([*WORDS, phase(9, "result"), phase(10, "closed")]), "closed").clouds[0].people == 3


def test_nothing_is_new_when_it_is_over():
    assert any(one.is_new for one in projector(DEFINITION, folded(WORDS), "write").clouds[0].words)
    shown = folded([*WORDS, phase(9, "result")])
    assert not any(one.is_new for one in projector(DEFINITION, shown, "result").clouds[0].words)


def test_the_order_of_appearing_is_told_apart_from_the_ranking():
    cloud = projector(DEFINITION, folded(room("mod", "tid", "tid")), "write").clouds[0]
    assert [(one.text, one.place) for one in cloud.words] == [("tid", "tid"), ("mod", "mod")]
    assert cloud.order == ("mod", "tid")


def test_merging_correcting_and_another_form_leave_the_places_as_they_were():
    words = room("mod", "tilliten", "mera tid", "tid", "fika")
    before = projector(DEFINITION, folded(words), "write").clouds[0]
    acts = [give(10, "crew:1", "merge", source="mera tid", into="tid"), give(11, "crew:1", "correct", key="mod", text="civilkurage")]
    more = [word(12, "p9", "Tillit"), word(13, "p10", "tillit")]
    after = projector(DEFINITION, folded([*words, *acts, *more]), "write").clouds[0]
    assert after.order == before.order
    assert {one.text: one.place for one in after.words} == {"tillit": "tillit", "tid": "tid", "civilkurage": "mod", "fika": before.order[4]}


def test_crew_finds_what_to_hide_and_nobody_by_name():
    seen = crew(DEFINITION, folded(WORDS), "write").clouds[0].words
    assert [(one.text, one.count, one.written) for one in seen] == [
        ("tid", 2, (("gift-3", "tid"), ("gift-1", "tid"))),
        ("mod", 1, (("gift-2", "mod"),)),
    ]


def test_a_wall_lists_no_more_than_it_can_hold():
    cloud = projector(DEFINITION, folded(room(*(f"ord nummer {number}" for number in range(200)))), "write").clouds[0]
    assert (len(cloud.words), cloud.more) == (MOST, 200 - MOST)


def test_my_words_are_mine():
    state = folded([word(1, "a", "tid", 2), word(2, "b", "mod")])
    assert own(DEFINITION, state, "a") == OwnView((("trust", "2", "tid"),))
    assert own(DEFINITION, state, "stranger") == OwnView()


def test_the_pair_of_questions_has_two_clouds():
    pair = do_and_stop()
    state = folded([word(1, "a", "fråga", prompt="do"), word(2, "a", "fråga", prompt="stop")], pair)
    assert [(cloud.prompt, cloud.given) for cloud in projector(pair, state, "write").clouds] == [("do", 1), ("stop", 1)]


def test_the_documentation_gets_a_picture_and_the_ranking():
    assert harvest(DEFINITION, folded(WORDS), "words-4") == ()
    (passage,) = harvest(DEFINITION, folded([*WORDS, phase(9, "closed")]), "words-4")
    (figure,) = passage.blocks
    assert isinstance(figure, Figure)
    assert (passage.key, passage.source) == ("words-4/trust", "3 bidrag från 3 personer, moment 4")
    assert figure.table.rows == (("tid", "2"), ("mod", "1"))
    assert [text.text for text in ET.fromstring(figure.svg).iter("{http://www.w3.org/2000/svg}text")] == ["tid", "mod"]
