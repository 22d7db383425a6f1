"""What counts in a rating: the last answer, what is taken back, hands, and other people's order not at all."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Event
from mellanrum.exercises.scale.audiences import crew, own, phone, projector, result
from mellanrum.exercises.scale.state import EMPTY, State, answered, bar
from mellanrum.exercises.scale.tests.cast import DEFINITION, folded, give, rate, reveal, room, take_back
from mellanrum.exercises.scale.views import Bar, OwnView


def values(state: State) -> dict[str, int | str]:
    return {author: value for author, (value, _seq) in bar(state, "know", "me").items()}


def test_the_last_rating_counts_and_null_takes_it_back():
    assert values(folded(rate(1, "a", 2), rate(2, "a", 4), rate(3, "b", "dk"))) == {"a": 4, "b": "dk"}
    assert folded(rate(1, "a", 2), rate(2, "a", None)) == EMPTY
    assert folded(rate(1, "a", None)) == EMPTY


def test_withdrawing_an_older_rating_leaves_the_one_that_stands():
    first, second = rate(1, "a", 2), rate(2, "a", 4)
    assert values(folded(first, second, take_back(3, first))) == {"a": 4}
    assert folded(first, second, take_back(3, second)) == EMPTY
    assert folded(first, take_back(2, first), take_back(3, first)) == EMPTY


def test_everything_can_be_withdrawn():
    for kind, data in (
        ("write", {"part": "hard", "text": "Tiden"}),
        ("group", {"group": "lead"}),
        ("count", {"item": "know", "subject": "me", "counts": [1, 2, 3, 4, 5]}),
    ):
        gift = give(1, "a", kind, **data)
        assert folded(gift) != EMPTY
        assert folded(gift, take_back(2, gift)) == EMPTY


def test_empty_text_and_no_group_take_back():
    assert folded(give(1, "a", "write", part="hard", text="Tiden"), give(2, "a", "write", part="hard", text="  ")) == EMPTY
    assert folded(give(1, "a", "group", group="lead"), give(2, "a", "group", group=None)) == EMPTY


def test_answered_counts_people_not_answers():
    state = folded(rate(1, "a", 2), rate(2, "a", 3, subject="organisation"), give(3, "b", "write", part="hard", text="Tiden"))
    assert answered(state) == 2
    assert crew(DEFINITION, state, "rate").answered == 2


def test_my_part_is_what_i_gave():
    state = folded(
        rate(1, "a", 2),
        rate(2, "a", "dk", "quarrel"),
        give(3, "a", "write", part="hard", text="Tiden"),
        give(4, "a", "group", group="lead"),
    )
    assert own(DEFINITION, state, "a") == OwnView((("know", "me", 2), ("quarrel", "me", "dk")), (("hard", "Tiden"),), "lead")
    assert own(DEFINITION, state, "stranger") == OwnView()


def test_the_numbers_of_a_bar():
    events: list[Event] = [rate(1, "a", 1), rate(2, "b", 3), rate(3, "c", 3), rate(4, "d", 5), rate(5, "e", "dk"), reveal(6)]
    found = result(DEFINITION, folded(*events))
    assert found.people == 5
    assert found.items[0].bars[0] == Bar("me", "Jag", (1, 0, 2, 0, 1), 4, 1, 3.0, 1.63)
    assert found.items[0].bars[1] == Bar("organisation", "Min organisation", (0, 0, 0, 0, 0), 0, 0, None, None)


def test_raised_hands_are_added_to_the_phones():
    hands = give(9, "crew:1", "count", item="know", subject="me", counts=[0, 0, 4, 2, 0])
    found = result(DEFINITION, folded(room(6), hands, reveal(10)))
    assert (found.people, found.items[0].bars[0].counts) == (12, (0, 0, 10, 2, 0))


def test_hands_alone_are_shown_however_few_phones_there_are():
    """The room saw the hands; adding two phones to them would show what the two answered."""
    hands = give(9, "crew:1", "count", item="know", subject="me", counts=[0, 0, 4, 2, 0])
    found = result(DEFINITION, folded(room(2, 5), hands, reveal(10)))
    assert (found.too_few, found.people, found.uncounted, found.items[0].bars[0].counts) == (False, 6, 2, (0, 0, 4, 2, 0))


def test_open_answers_come_with_the_result_in_nobodys_order():
    texts = [give(seq, f"p{seq}", "write", part="hard", text=f"text {seq}") for seq in range(1, 8)]
    state = folded(*texts)
    shown = projector(DEFINITION, state, "result").texts
    assert projector(DEFINITION, state, "rate").texts == ()
    assert sorted(shown[0][1]) == [f"text {seq}" for seq in range(1, 8)]
    assert shown[0][1] != tuple(f"text {seq}" for seq in range(1, 8))
    assert projector(DEFINITION, folded(*reversed(texts)), "result").texts == shown
    assert [one.id for one in crew(DEFINITION, state, "rate").texts] == [f"gift-{text.split()[1]}" for text in shown[0][1]]


def test_a_phones_form_is_the_same_bytes_while_others_answer():
    assert phone(DEFINITION, EMPTY, "rate") == phone(DEFINITION, folded(room(7)), "rate")


GIFTS = st.one_of(
    st.tuples(
        st.just("rate"),
        st.fixed_dictionaries(
            {
                "item": st.sampled_from(["know", "quarrel"]),
                "subject": st.sampled_from(["me", "organisation"]),
                "value": st.one_of(st.integers(1, 5), st.just("dk"), st.none()),
            }
        ),
    ),
    st.tuples(st.just("write"), st.fixed_dictionaries({"part": st.just("hard"), "text": st.sampled_from(["", "a", "b"])})),
    st.tuples(st.just("group"), st.fixed_dictionaries({"group": st.sampled_from(["lead", "team", None])})),
)


@given(st.lists(st.tuples(st.sampled_from("abcd"), GIFTS), max_size=20), st.randoms(use_true_random=False))
def test_the_order_between_people_never_matters(gifts, chance):
    """Anonymous rows lose author and order when the room is finalised; the numbers must stay."""
    events = [give(seq, author, kind, **data) for seq, (author, (kind, data)) in enumerate(gifts, 1)]
    queues = [[one for one in events if one.author == author] for author in "abcd"]
    mixed: list[Event] = []
    while any(queues):
        mixed.append(chance.choice([queue for queue in queues if queue]).pop(0))
    assert folded(*mixed) == folded(*events)
