"""What counts of what people give, and what they see of it."""

from __future__ import annotations

import msgspec
import pytest

from mellanrum.exercise_kit.document import Picture, Quote, Table, Text
from mellanrum.exercises.cards.audiences import crew, own, phone, projector
from mellanrum.exercises.cards.checking import check
from mellanrum.exercises.cards.contributions import Choose, Count, Sign
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.harvest import harvest
from mellanrum.exercises.cards.tests.cast import NAMED, NAMELESS, QUESTION, folded, give, phase
from mellanrum.exercises.cards.views import OwnView


def test_the_last_picture_counts_and_can_be_taken_back() -> None:
    state = folded(give(1, "a", "choose", card="door"), give(2, "a", "choose", card="knot"), give(3, "b", "choose", card="door"))
    assert (own(NAMELESS, state, "a"), own(NAMELESS, state, "b").card) == (OwnView("knot"), "door")
    assert crew(NAMELESS, state, "choose").chosen == 2
    assert crew(NAMELESS, folded(give(1, "a", "choose", card="door"), give(2, "a", "choose", card=None)), "choose").chosen == 0


def test_a_thought_keeps_its_place_when_its_words_change() -> None:
    first, second = give(1, "a", "share", text="Ett"), give(2, "b", "share", text="Två")
    state = folded(first, second, give(3, "a", "share", text=" Ett igen "))
    assert [said.text for said in phone(NAMELESS, state, "plenary").thoughts] == ["Ett igen", "Två"]
    assert not phone(NAMELESS, folded(first, give(2, "a", "share", text="  ")), "plenary").thoughts


def test_a_thought_stands_with_its_picture_or_without() -> None:
    state = folded(give(1, "a", "choose", card="door"), give(2, "a", "share", text="Springan."), give(3, "b", "share", text="En sten."))
    seen = projector(NAMELESS, state, "plenary").thoughts
    assert [(said.text, said.card.src if said.card else "") for said in seen] == [("Springan.", "ui/deck/door.svg"), ("En sten.", "")]


def test_names_are_shown_only_where_people_may_give_one() -> None:
    events = (give(1, "a", "share", text="Springan."), give(2, "a", "sign", name="Saga"))
    assert phone(NAMED, folded(*events, definition=NAMED), "plenary").thoughts[0].by == "Saga"
    assert phone(NAMELESS, folded(*events), "plenary").thoughts[0].by == ""
    assert check(NAMED, "sign", Sign("Saga")) is None
    assert check(NAMELESS, "sign", Sign("Saga")) == "name"


def test_only_the_newest_thoughts_fit_and_the_rest_are_counted() -> None:
    state = folded(*(give(seq, f"p{seq}", "share", text=f"Tanke {seq}") for seq in range(1, 31)))
    wall, hand = projector(NAMELESS, state, "plenary"), phone(NAMELESS, state, "plenary")
    assert ([said.text for said in wall.thoughts], wall.more) == ([f"Tanke {seq}" for seq in range(25, 31)], 24)
    assert (len(hand.thoughts), hand.more) == (12, 18)


def test_cards_that_the_deck_lacks_are_refused() -> None:
    assert check(NAMELESS, "choose", Choose("unicorn")) == "card"
    assert check(NAMELESS, "count", Count("unicorn", 2)) == "card"
    assert check(NAMELESS, "choose", Choose(None)) is None


@pytest.mark.parametrize("wrong", [{}, {"question": ""}, {"question": "x", "deck": "other"}, {"question": "x", "minutes_alone": 0}])
def test_a_definition_that_lacks_something_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({"version": 1, **wrong}, Definition)


def test_harvest_has_thoughts_with_pictures_and_how_often_each_was_chosen() -> None:
    state = folded(
        give(1, "a", "choose", card="door"),
        give(2, "b", "choose", card="door"),
        give(3, "crew", "count", card="knot", n=4),
        phase(4, "question"),
        give(5, "a", "share", text="Springan."),
        phase(6, "plenary"),
    )
    thoughts, chosen = harvest(NAMELESS, state, "cards-2")
    assert (thoughts.heading, thoughts.source) == (QUESTION, "en delad tanke, moment 2")
    assert thoughts.blocks == (Quote("Springan.", picture=Picture("ui/deck/door.svg", "Dörr på glänt")),)
    assert chosen.source == "6 val, moment 2"
    assert [block.rows for block in chosen.blocks if isinstance(block, Table)] == [(("Knut", "4"), ("Dörr på glänt", "2"))]


def test_harvest_waits_for_the_plenary_or_the_end_and_never_tells_a_question_nobody_heard() -> None:
    chosen = give(1, "a", "choose", card="door")
    assert harvest(NAMELESS, folded(chosen, phase(2, "table")), "cards-2") == ()
    unasked = harvest(NAMELESS, folded(chosen, phase(2, "closed")), "cards-2")
    assert QUESTION not in str(unasked)
    asked = harvest(NAMELESS, folded(chosen, phase(2, "question"), phase(3, "closed")), "cards-2")
    assert asked[0].blocks[0] == Text(QUESTION)


def test_a_card_that_has_left_the_deck_leaves_no_picture_and_breaks_nothing() -> None:
    """The gate refuses such a card today; a ledger may hold one that a deck once had."""
    gifts = (give(1, "a", "choose", card="unicorn"), give(2, "a", "share", text="Springan."), give(3, "crew", "count", card="dragon", n=4))
    state = folded(*gifts, phase(4, "plenary"))
    assert [(said.text, said.card) for said in projector(NAMELESS, state, "plenary").thoughts] == [("Springan.", None)]
    (thoughts,) = harvest(NAMELESS, state, "cards-2")
    assert thoughts.blocks == (Quote("Springan."),)


def test_the_same_person_many_times_is_one() -> None:
    gifts = [
        give(seq, "a", kind, **data) for seq, (kind, data) in enumerate([("choose", {"card": "door"}), ("share", {"text": "Ja."})] * 50, 1)
    ]
    state = folded(*gifts)
    assert (crew(NAMELESS, state, "plenary").chosen, len(phone(NAMELESS, state, "plenary").thoughts)) == (1, 1)
