"""Who sits where: groups of four to six out of people, wishes and chance with a seed. Pure, and the same for the same seed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b

import msgspec

FEWEST, MOST, BEST = 4, 6, 5
MET, SAME_HOUSE = 10, 3  # meeting somebody again is worse than sitting with a colleague
PASSES = 2


class Person(msgspec.Struct, frozen=True, order=True):
    """Somebody who is in, with what is known. `wishes` are subjects, the dearest first; `seats` names of tables sat at before."""

    name: str
    wishes: tuple[str, ...] = ()
    house: str = ""
    seats: frozenset[str] = frozenset()


class Group(msgspec.Struct, frozen=True):
    """One table: who sits there, by name, and the subject if it has one."""

    people: tuple[str, ...]
    subject: str = ""


def sizes(people: int) -> tuple[int, ...]:
    """How many sit at each table: four to six wherever that adds up.

    Seven is the one number that does not: 4 + 3, because three people still talk, while in a group of seven somebody falls silent.
    Fewer than four are one table.
    """
    if people < 1:
        return ()
    least, most = -(-people // MOST), max(1, people // FEWEST)
    tables = least if least > most else min(max(round(people / BEST), least), most)
    small, larger = divmod(people, tables)
    return (*[small + 1] * larger, *[small] * (tables - larger))


def shuffled(people: Iterable[Person], seed: str) -> list[Person]:
    """In an order that nobody chose, and that everybody comes to again with the same seed."""
    return sorted(people, key=lambda one: (blake2b(f"{seed}\n{one.name}".encode(), digest_size=8).digest(), one.name))


@lru_cache(maxsize=64)
def form(way: str, people: frozenset[Person], seed: str) -> tuple[Group, ...]:
    """The tables. Remembered, because a fold that begins again forms the same ones."""
    ordered = shuffled(people, seed)
    if way == "interest":
        return _by_interest(ordered)
    tables = _mixed(ordered) if way == "mixed" else _dealt(ordered)
    return tuple(Group(tuple(sorted(one.name for one in table))) for table in tables)


def smallest(taken: Sequence[tuple[int, str]], wishes: Sequence[str] = ()) -> int:
    """Where somebody who comes late sits, of tables as (people, subject): at one they wish for that has room, else the smallest."""
    for wish in wishes:
        wished = [number for number, (people, subject) in enumerate(taken) if subject == wish and people < MOST]
        if wished:
            return min(wished, key=lambda number: (taken[number][0], number))
    return min(range(len(taken)), key=lambda number: (taken[number][0], number))


def _dealt(ordered: list[Person]) -> list[list[Person]]:
    left = iter(ordered)
    return [[next(left) for _seat in range(size)] for size in sizes(len(ordered))]


def _cost(one: Person, table: Iterable[Person]) -> int:
    """How much this person would rather sit elsewhere."""
    others = [other for other in table if other is not one]
    met = sum(len(one.seats & other.seats) for other in others)
    return MET * met + SAME_HOUSE * sum(bool(one.house) and one.house == other.house for other in others)


def _mixed(ordered: list[Person]) -> list[list[Person]]:
    """Each to the table where they know fewest, the large houses first; then two change places while both together gain by it."""
    room = sizes(len(ordered))
    tables: list[list[Person]] = [[] for _size in room]
    houses = Counter(one.house for one in ordered if one.house)
    for one in sorted(ordered, key=lambda one: -houses[one.house]):
        free = [number for number, table in enumerate(tables) if len(table) < room[number]]
        best = min(free, key=lambda number: (_cost(one, tables[number]), len(tables[number]), number))
        tables[best].append(one)
    for _pass in range(PASSES):
        if not _settled(tables):
            break
    return tables


def _settled(tables: list[list[Person]]) -> bool:
    """One round of changes for those who sit with somebody they know; whether anybody moved."""
    moved = False
    for here, table in enumerate(tables):
        for seat, one in enumerate(table):
            if _cost(one, table) and _changed(tables, here, seat):
                moved = True
    return moved


def _changed(tables: list[list[Person]], here: int, seat: int) -> bool:
    """Whether this person found somebody to change places with."""
    one, table = tables[here][seat], tables[here]
    for there, other_table in enumerate(tables):
        for place, other in enumerate(other_table) if there != here else ():
            rest, other_rest = [p for p in table if p is not one], [p for p in other_table if p is not other]
            before = _cost(one, rest) + _cost(other, other_rest)
            if _cost(one, other_rest) + _cost(other, rest) < before:
                table[seat], other_table[place] = other, one
                return True
    return False


def _by_interest(ordered: list[Person]) -> tuple[Group, ...]:
    """The most wanted subject gets the next table; who did not get theirs fills the tables, so that nobody is alone."""
    left, subjects = list(ordered), []
    tables: list[list[Person]] = []
    for size in sizes(len(ordered)):
        subject = _most_wanted(left)
        sits = [one for one in left if one.wishes[:1] == (subject,)][:size]
        left = [one for one in left if one not in sits]
        tables.append(sits)
        subjects.append(subject)
    for rank in (1, 0, None):  # second choices, first ones that there is a table for after all, and everybody else
        left = _fill(tables, subjects, left, rank)
    return tuple(Group(tuple(sorted(one.name for one in table)), subject) for table, subject in zip(tables, subjects, strict=True))


def _most_wanted(people: list[Person]) -> str:
    """Empty when nobody who is left wishes for anything: a table without a subject of its own."""
    first = Counter(one.wishes[0] for one in people if one.wishes and one.wishes[0])
    second = Counter(one.wishes[1] for one in people if len(one.wishes) > 1 and one.wishes[1])
    return min((*first, ""), key=lambda subject: (-first[subject], -second[subject], subject == "", subject)) if first else ""


def _fill(tables: list[list[Person]], subjects: list[str], people: list[Person], rank: int | None) -> list[Person]:
    """Seat those whose wish of that rank has a table with room; without a rank, everybody. Gives who is left."""
    room, left = sizes(sum(map(len, tables)) + len(people)), []
    for one in people:
        free = [number for number, table in enumerate(tables) if len(table) < room[number]]
        wish = None if rank is None else one.wishes[rank] if rank < len(one.wishes) else ""
        fit = [number for number in free if rank is None or (wish and subjects[number] == wish)]
        if fit:
            tables[min(fit, key=lambda number: (len(tables[number]), number))].append(one)
        else:
            left.append(one)
    return left
