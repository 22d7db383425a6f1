"""Forming tables: everybody has one place, tables are four to six wherever that adds up, and a seed gives the same again."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mellanrum.exercises.discussion.forming import FEWEST, MOST, Group, Person, form, sizes, smallest

WAYS = ("interest", "mixed", "drawn")
WISHES = st.lists(st.sampled_from(["", "grus", "broar", "pengar"]), max_size=2, unique=True).map(tuple)
PEOPLE = st.dictionaries(
    st.integers(0, 400).map(lambda n: f"p{n}"),
    st.tuples(WISHES, st.sampled_from(["", "Fabelå", "Sagomark"]), st.frozensets(st.sampled_from("abcdef"), max_size=3)),
    max_size=60,
).map(lambda found: frozenset(Person(name, *rest) for name, rest in found.items()))


def named(groups: tuple[Group, ...]) -> list[str]:
    return [name for group in groups for name in group.people]


@pytest.mark.parametrize(
    ("people", "expected"),
    [(0, ()), (1, (1,)), (3, (3,)), (4, (4,)), (6, (6,)), (7, (4, 3)), (8, (4, 4)), (11, (6, 5)), (13, (5, 4, 4)), (40, (5,) * 8)],
)
def test_how_many_sit_at_each_table(people: int, expected: tuple[int, ...]) -> None:
    assert sizes(people) == expected


@pytest.mark.parametrize("people", [*range(4, 7), *range(8, 401)])
def test_from_four_on_every_number_but_seven_gives_tables_of_four_to_six(people: int) -> None:
    assert sum(sizes(people)) == people
    assert all(FEWEST <= size <= MOST for size in sizes(people))


@given(st.sampled_from(WAYS), PEOPLE, st.text(max_size=8))
def test_everybody_who_is_in_has_one_place(way: str, people: frozenset[Person], seed: str) -> None:
    groups = form(way, people, seed)
    assert sorted(named(groups)) == sorted(one.name for one in people)
    assert Counter(len(group.people) for group in groups) == Counter(sizes(len(people)))


@given(st.sampled_from(WAYS), PEOPLE, st.text(max_size=8))
def test_the_same_seed_gives_the_same_tables(way: str, people: frozenset[Person], seed: str) -> None:
    again = form.__wrapped__(way, frozenset(sorted(people, reverse=True)), seed)
    assert form(way, people, seed) == again


def test_another_seed_gives_other_tables() -> None:
    people = frozenset(Person(f"p{n}") for n in range(30))
    assert form("drawn", people, "one") != form("drawn", people, "two")


@given(PEOPLE)
def test_by_interest_nobody_sits_alone_and_subjects_are_wished_for(people: frozenset[Person]) -> None:
    for group in form("interest", people, "seed"):
        assert len(group.people) > 1 or len(people) == 1
        wished = {one.wishes[0] for one in people if one.name in group.people and one.wishes}
        assert not group.subject or group.subject in wished


def test_whoever_can_have_their_first_wish_has_it() -> None:
    people = frozenset(Person(f"{wish}{n}", (wish,)) for wish in ("grus", "broar") for n in range(5))
    for group in form("interest", people, "seed"):
        assert {name[:-1] for name in group.people} == {group.subject}


def test_a_lonely_wish_gives_way_to_the_second() -> None:
    people = {Person(f"g{n}", ("grus",)) for n in range(4)} | {Person(f"b{n}", ("broar",)) for n in range(4)}
    alone = Person("alone", ("pengar", "broar"))
    groups = form("interest", frozenset({*people, alone}), "seed")
    assert next(group.subject for group in groups if "alone" in group.people) == "broar"


def meetings(groups: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group.people, 2)}


def test_mixing_lets_people_meet_new_people_meeting_after_meeting() -> None:
    people, repeated, drawn = {f"p{n}": frozenset[str]() for n in range(40)}, 0, 0
    met: set[frozenset[str]] = set()
    for meeting in range(4):
        groups = form("mixed", frozenset(Person(name, seats=seats) for name, seats in people.items()), f"{meeting}")
        by_chance = form("drawn", frozenset(Person(name) for name in people), f"{meeting}")
        repeated, drawn = repeated + len(meetings(groups) & met), drawn + len(meetings(by_chance) & met)
        met |= meetings(groups)
        for number, group in enumerate(groups):
            for name in group.people:
                people[name] |= {f"{meeting}-{number}"}
    assert repeated <= 2 < drawn


def test_mixing_spreads_the_organisations_that_are_known() -> None:
    people = frozenset(Person(f"p{n}", house="Fabelå" if n < 8 else "Sagomark" if n < 16 else "") for n in range(40))
    houses = {one.name: one.house for one in people}
    for group in form("mixed", people, "seed"):
        assert max(Counter(houses[name] for name in group.people if houses[name]).values(), default=0) == 1


def test_two_hundred_people_are_forty_tables() -> None:
    people = frozenset(Person(f"p{n}", house=f"h{n % 7}", seats=frozenset({f"a{n // 5}"})) for n in range(200))
    assert [len(group.people) for group in form("mixed", people, "seed")] == [5] * 40


@pytest.mark.parametrize(
    ("taken", "wishes", "expected"),
    [
        ([(5, ""), (4, ""), (4, "")], (), 1),
        ([(5, "grus"), (4, "broar")], ("grus",), 0),
        ([(6, "grus"), (4, "broar")], ("grus",), 1),
        ([(6, "grus"), (5, "broar"), (4, "")], ("grus", "broar"), 1),
    ],
)
def test_who_comes_late_sits_where_there_is_room(taken: list[tuple[int, str]], wishes: tuple[str, ...], expected: int) -> None:
    assert smallest(taken, wishes) == expected
