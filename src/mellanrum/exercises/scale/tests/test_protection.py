"""No difference between two pictures ever points at somebody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercise_kit.contract import Envelope, Event
from mellanrum.exercises.scale.audiences import crew, phone, projector, result
from mellanrum.exercises.scale.exercise import EXERCISE
from mellanrum.exercises.scale.groups import group_table, split
from mellanrum.exercises.scale.harvest import harvest
from mellanrum.exercises.scale.pictures import UNSEEN
from mellanrum.exercises.scale.state import EMPTY, IN_SIGHT, State
from mellanrum.exercises.scale.tests.cast import DEFINITION, folded, give, phase, rate, reveal, room, take_back
from mellanrum.insight.small_groups import Split

K = DEFINITION.minimum


def counts(state: State) -> tuple[int, ...]:
    return result(DEFINITION, state).items[0].bars[0].counts


def test_fewer_than_the_minimum_are_shown_nowhere():
    state = folded(room(K - 1), reveal(9))
    for view in (phone, projector, crew):
        found = view(DEFINITION, state, "result").result
        assert found
        assert (found.too_few, found.items, found.people) == (True, (), K - 1)
    assert "3" not in str(harvest(DEFINITION, state, "scale")[0].blocks)
    assert not result(DEFINITION, folded(room(K), reveal(9))).too_few


def test_a_bar_that_few_answered_is_hidden_though_the_room_is_large():
    state = folded(room(9), rate(10, "p1", 4, subject="organisation"), reveal(11))
    first, second = result(DEFINITION, state).items[0].bars
    assert (first.answers, first.too_few) == (9, False)
    assert (second.answers, second.counts, second.mean, second.too_few) == (0, (0,) * 5, None, True)


def test_after_the_reveal_numbers_wait_for_enough_people():
    late = [rate(20 + number, f"late-{number}", 5) for number in range(K)]
    before = folded(room(8), reveal(9))
    for number in range(1, K):
        state = folded(room(8), reveal(9), *late[:number])
        assert (counts(state), result(DEFINITION, state).uncounted, result(DEFINITION, state).people) == (counts(before), number, 8)
    state = folded(room(8), reveal(9), *late)
    assert (counts(state), result(DEFINITION, state).uncounted, result(DEFINITION, state).people) == ((0, 0, 8, 0, 5), 0, 13)


def test_one_person_who_changes_again_and_again_is_one_person():
    state = folded(room(8), reveal(9), [rate(10 + number, "p1", number % 5 + 1) for number in range(20)])
    assert (counts(state), result(DEFINITION, state).uncounted) == ((0, 0, 8, 0, 0), 1)
    back = folded(room(8), reveal(9), rate(10, "p1", 5), rate(11, "p1", 3))
    assert result(DEFINITION, back).uncounted == 0


def test_withdrawing_after_the_reveal_waits_too():
    people = room(8)
    state = folded(people, reveal(9), take_back(10, people[0]))
    assert (counts(state), result(DEFINITION, state).uncounted) == ((0, 0, 8, 0, 0), 1)


def test_going_back_and_showing_again_shows_the_same():
    state = folded(room(8), reveal(9), phase(10, "rate"), rate(11, "p1", 5), reveal(12))
    assert counts(state) == (0, 0, 8, 0, 0)


def test_what_was_closed_without_being_shown_is_kept_when_it_opens_again():
    state = folded(room(8), phase(9, "closed"), phase(10, "rate"), rate(11, "p1", 5), reveal(12))
    assert (counts(state), result(DEFINITION, state).uncounted) == ((0, 0, 8, 0, 0), 1)


def test_five_who_move_and_four_who_move_back_with_a_sixth_are_not_told():
    """The last picture would differ from the first by two people only."""
    there = [rate(10 + number, f"p{number}", 5) for number in range(1, 6)]
    back = [*(rate(20 + number, f"p{number}", 3) for number in range(1, 5)), rate(30, "p6", 5)]
    moved = folded(room(9), reveal(9), *there)
    assert counts(moved) == (0, 0, 4, 0, 5)
    assert counts(folded(room(9), reveal(9), *there, *back)) == counts(moved)


def test_groups_are_decided_at_the_first_reveal_for_good():
    def belong(first: int, last: int, group: str) -> list[Envelope]:
        return [give(100 + number, f"p{number}", "group", group=group) for number in range(first, last + 1)]

    state = folded(room(19), belong(1, 8, "lead"), belong(9, 16, "team"), reveal(200))
    assert split(DEFINITION, state) == Split(("lead",), ("team", ""))
    later = folded(room(19), belong(1, 8, "lead"), belong(9, 16, "team"), reveal(200), belong(17, 19, "team"))
    assert group_table(DEFINITION, later) == group_table(DEFINITION, state)
    table = group_table(DEFINITION, state)
    assert table
    assert (table.header, table.rows[0][1:], table.rows[1][1:]) == (
        ("Påstående", "Ledningen", "Övriga"),
        ("3,0", "3,0"),
        ("för få", "för få"),
    )
    assert group_table(DEFINITION, folded(room(9), belong(1, 5, "lead"), belong(6, 9, "team"), reveal(200))) is None


THREE = msgspec.structs.replace(DEFINITION, minimum=3)
AUTHORS = [f"p{number}" for number in range(7)]
CHANGES = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(AUTHORS), st.sampled_from([1, 2])),
        st.tuples(st.sampled_from(AUTHORS), st.sampled_from([1, 5, "dk", None])),
        st.sampled_from(["result", "rate", "closed"]),
    ),
    min_size=20,
    max_size=60,
)


def leaks(pictures: Sequence[Mapping[str, object]], least: int) -> list[int]:
    """Sizes of differences between any two pictures of the same bar that concern too few people."""
    pairs = [(one, other) for one in pictures for other in pictures]
    sizes = [sum(one.get(author) != other.get(author) for author in {*one, *other}) for one, other in pairs]
    return [size for size in sizes if 0 < size < least]


def test_the_detector_finds_a_leak():
    assert leaks([{"a": 1, "b": 2}, {"a": 1, "b": 3}], 3) == [1, 1]
    assert leaks([dict.fromkeys("abc", 1), dict.fromkeys("abc", 2)], 3) == []


@given(st.booleans(), CHANGES)
def test_any_two_pictures_differ_by_nobody_or_by_enough_people(begun, changes):
    """The answers behind every picture the room has seen; the picture itself must be of exactly those."""
    state, seqs, pictures = EMPTY, count(1), []
    everybody = [*((author, 1) for author in AUTHORS), "result"] if begun else []
    for change in [*everybody, *changes]:
        event: Event = phase(next(seqs), change) if isinstance(change, str) else rate(next(seqs), *change)
        state = EXERCISE.fold(THREE, state, event)
        picture = picture_of(state)
        if picture:
            pictures.append(picture)
    assert leaks(pictures, 3) == []


def picture_of(state: State) -> dict[str, int | str] | None:
    """Whose answers the room sees, after looking that it sees just those; None when it sees nothing."""
    found = result(THREE, state)
    if state.shown is None or state.phase not in IN_SIGHT or found.too_few or found.items[0].bars[0].too_few:
        return None
    behind = {author: value for author, (value, _seq) in state.shown.bars.get(("know", "me"), UNSEEN).answers.items()}
    numbers = [value for value in behind.values() if value != "dk"]
    assert found.items[0].bars[0].counts == tuple(numbers.count(step) for step in range(1, 6))
    assert len(behind) >= 3 or not behind
    return behind
