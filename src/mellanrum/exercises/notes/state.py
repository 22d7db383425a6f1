"""The state of a block's notes and its fold."""

from __future__ import annotations

import msgspec
from immutables import Map

from mellanrum.exercise_kit.contract import AtTable, Envelope, Event
from mellanrum.exercises.notes.contributions import Done, Photo, Star, TakeNote
from mellanrum.exercises.notes.definition import Definition


class Entry(msgspec.Struct, frozen=True, gc=False):
    """A line, or a photo with its caption as text; `id` is its contribution's, `by_table` tells that a table's own phone sent it."""

    id: str
    seq: int
    text: str
    who: str = ""
    picture: str = ""
    by_table: bool = False


class State(msgspec.Struct, frozen=True):
    """`stars` are the ids crew wants to take further, `done` the tables that say they are."""

    entries: Map[str, Entry] = Map()
    stars: Map[str, bool] = Map()
    done: Map[str, bool] = Map()


EMPTY = State()


def empty(definition: Definition) -> State:
    return EMPTY


def fold(definition: Definition, state: State, event: Event) -> State:
    """The state after the event. Total and pure."""
    if not isinstance(event, Envelope):
        return state
    match event.data:
        case TakeNote(text=text, who=who) if text.strip():
            return _take(state, event, text, who)
        case Photo(picture=picture, caption=caption, who=who):
            return _take(state, event, caption, who, picture)
        case Star(id=name, on=on):
            return msgspec.structs.replace(state, stars=_marked(state.stars, name, on=on))
        case Done(who=who, on=on) if who.strip():
            return msgspec.structs.replace(state, done=_marked(state.done, who.strip(), on=on))
    return state


def in_order(state: State) -> list[Entry]:
    """As they were written."""
    return sorted(state.entries.values(), key=lambda one: one.seq)


def is_table(who: str) -> bool:
    """A number is a table; anything else stands as the note-taker wrote it."""
    return who.isdecimal() and len(who) < 4


def tables(state: State) -> dict[str, AtTable]:
    """How far each table has come, by its number."""
    found = {who: AtTable(done=True) for who in state.done if is_table(who)}
    for one in state.entries.values():
        if is_table(one.who):
            before = found.get(one.who, AtTable())
            more = {"photos": before.photos + 1} if one.picture else {"lines": before.lines + 1}
            found[one.who] = msgspec.structs.replace(before, **more)
    return found


def _take(state: State, event: Envelope, text: str, who: str, picture: str = "") -> State:
    entry = Entry(event.id, event.seq, text.strip(), who.strip(), picture, event.role == "table")
    return msgspec.structs.replace(state, entries=state.entries.set(event.id, entry))


def _marked(marks: Map[str, bool], name: str, *, on: bool) -> Map[str, bool]:
    """Said for what it is, not turned over: two who press at the same time mean the same."""
    if on:
        return marks.set(name, True)
    return marks.delete(name) if name in marks else marks
