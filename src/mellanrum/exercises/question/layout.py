"""Where texts stand on the projector: three columns in which nothing moves when more comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
COLUMNS = 3
LETTERS, MOST_LINES = 28, 5
LINE, BETWEEN, ROOM = 44, 28, 609
"""A line of the smallest size, the air between two texts, and the height of a column under a question of two lines, on 1080."""


def height(text: str, letters: int = LETTERS, most: int = MOST_LINES) -> int:
    """How high a text is drawn, at most so many lines of it, with the air after it. Wide signs count double."""
    width = sum(2 if sign > "\u2e80" else 1 for sign in text)
    return min(most, max(1, -(-width // letters))) * LINE + BETWEEN


def in_columns(things: Sequence[T], text: Callable[[T], str]) -> tuple[tuple[T, ...], ...]:
    """Each goes to the emptiest column that has room; when none has, the columns are cleared in turn, one at a time.

    Where a thing stands follows from those before it alone, so nothing moves when others come: it stays, until its column is needed.
    """
    columns: list[list[T]] = [[] for _column in range(COLUMNS)]
    used, turn = [0] * COLUMNS, 0
    for thing in things:
        needs = height(text(thing))
        free = [column for column in range(COLUMNS) if used[column] + needs <= ROOM + BETWEEN]
        if free:
            column = min(free, key=lambda one: used[one])
        else:
            column, turn = turn, (turn + 1) % COLUMNS
            columns[column], used[column] = [], 0
        columns[column].append(thing)
        used[column] += needs
    return tuple(tuple(column) for column in columns)


def first_that_fit(things: Sequence[T], text: Callable[[T], str], room: int, letters: int, most: int) -> tuple[T, ...]:
    """As many from the beginning as have room; one at least."""
    found: list[T] = []
    for thing in things:
        room -= height(text(thing), letters, most)
        if found and room < -BETWEEN:
            break
        found.append(thing)
    return tuple(found)
