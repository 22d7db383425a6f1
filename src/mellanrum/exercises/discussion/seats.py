"""How people come to sit where they sit: each of these is one step of the fold."""

from __future__ import annotations

from collections import Counter
from hashlib import blake2b

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import Envelope
from mellanrum.exercises.discussion.contributions import Belong, Called, Come, Form, Met, Move, Sit, Wish
from mellanrum.exercises.discussion.definition import Definition
from mellanrum.exercises.discussion.forming import Person, form, smallest
from mellanrum.exercises.discussion.tables import NOBODY, Place, Somebody, State, handle_of, is_there, key_of

Known = Come | Wish | Belong | Met | Called
replace = msgspec.structs.replace


def seated(definition: Definition, state: State, author: str, key: str, title: str = "") -> State:
    """Somebody sits at that table now; a unit is made by the first who names it."""
    was = state.people.get(author, NOBODY)
    one = replace(was, table=key, been=was.been | {key} if key else was.been)
    tables, taken = state.tables, _changed(_changed(state.taken, was.table, -1), key, 1)
    if key and key not in tables:
        tables = tables.set(key, Place(title or key))
    return replace(state, people=state.people.set(author, one), tables=tables, taken=taken)


def _changed(taken: Map[str, int], key: str, by: int) -> Map[str, int]:
    return taken.set(key, taken.get(key, 0) + by) if key else taken


def sit(definition: Definition, state: State, event: Envelope, data: Sit) -> State:
    key = key_of(definition, data.table)
    if event.role == "table":
        return state  # it always sits at its own
    if data.table.strip() and not is_there(definition, state, key):
        return state
    return seated(definition, state, event.author, key, " ".join(data.table.split()) if definition.way == "units" else key)


def know(definition: Definition, state: State, event: Envelope, data: Known) -> State:
    """What somebody says of themselves; whoever comes after the tables were formed gets a place at once."""
    one = _told(state.people.get(event.author, NOBODY), data)
    state = replace(state, people=state.people.set(event.author, one))
    if not isinstance(data, Come):
        return state
    state = replace(state, stir=blake2b(f"{state.stir}{event.id}".encode(), digest_size=8).hexdigest())
    if not one.is_in:
        return seated(definition, state, event.author, "")
    return _late(definition, state, event.author) if state.rounds and not one.table else state


def _told(one: Somebody, data: Known) -> Somebody:
    match data:
        case Come(yes=yes):
            return replace(one, is_in=bool(yes))
        case Wish(place="first", subject=subject):
            return replace(one, first=subject)
        case Wish(subject=subject):
            return replace(one, second=subject)
        case Belong(organisation=organisation):
            return replace(one, house=" ".join(organisation.split()).casefold())
        case Met(seats=seats):
            return replace(one, seats=seats)
        case Called(name=name):
            return replace(one, name=" ".join(name.split()))


def _late(definition: Definition, state: State, author: str) -> State:
    """At the smallest table, or one that talks of what they wish for, without moving anybody."""
    keys = sorted(state.tables, key=int)
    if not keys:
        return seated(definition, state, author, "1")
    one = state.people[author]
    wishes = [wish for wish in (one.first, one.second) if wish]
    return seated(definition, state, author, keys[smallest([(state.taken.get(key, 0), state.tables[key].subject) for key in keys], wishes)])


def formed(definition: Definition, state: State, event: Envelope, data: Form) -> State:
    """Everybody who is in gets a place; a sheet stays with its table."""
    if not definition.is_formed:
        return state
    people = frozenset(
        Person(author, tuple(wish for wish in (one.first, one.second) if wish), one.house, frozenset(one.seats))
        for author, one in state.people.items()
        if one.is_in
    )
    groups = form(definition.way, people, data.seed)
    tables = Map({str(number): Place(str(number), group.subject) for number, group in enumerate(groups, 1)})
    state = replace(state, tables=tables, rounds=state.rounds + 1, formed_by=event.id)
    place = {name: str(number) for number, group in enumerate(groups, 1) for name in group.people}
    everybody = {author: _at(one, place.get(author, "")) for author, one in state.people.items()}
    return replace(state, people=Map(everybody), taken=Map(Counter(place.values())))


def _at(one: Somebody, key: str) -> Somebody:
    return replace(one, table=key, been=one.been | {key} if key else one.been)


def moved(definition: Definition, state: State, event: Envelope, data: Move) -> State:
    """Crew knows people by their handles alone."""
    key = key_of(definition, data.table)
    author = next((author for author in state.people if handle_of(author) == data.who), None)
    return state if author is None or not is_there(definition, state, key) else seated(definition, state, author, key)
