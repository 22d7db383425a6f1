"""Where texts stand on the projector: three columns in which nothing moves when more comes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

T = TypeVar("T")
COLUMNS = 3
LINES = 15
"""So many lines of the smallest size fit under each other in a column."""
LETTERS, MOST_LINES, BETWEEN = 27, 5, 1


def lines_of(text: str, letters: int = LETTERS) -> int:
    """How many lines a text takes, at most as many as are drawn of it, and the air after it. Wide signs count double."""
    width = sum(2 if sign > "\u2e80" else 1 for sign in text)
    return min(MOST_LINES, max(1, -(-width // letters))) + BETWEEN


def in_columns(things: Sequence[T], text: Callable[[T], str]) -> tuple[tuple[T, ...], ...]:
    """Each goes to the emptiest column that has room; when none has, the columns are cleared in turn, one at a time.

    Where a thing stands follows from those before it alone, so nothing moves when others come: it stays, until its column is needed.
    """
    columns: list[list[T]] = [[] for _column in range(COLUMNS)]
    used, turn = [0] * COLUMNS, 0
    for thing in things:
        needs = lines_of(text(thing))
        free = [column for column in range(COLUMNS) if used[column] + needs <= LINES + BETWEEN]
        if free:
            column = min(free, key=lambda one: used[one])
        else:
            column, turn = turn, (turn + 1) % COLUMNS
            columns[column], used[column] = [], 0
        columns[column].append(thing)
        used[column] += needs
    return tuple(tuple(column) for column in columns)


def first_that_fit(things: Sequence[T], text: Callable[[T], str], lines: int, letters: int) -> tuple[T, ...]:
    """As many from the beginning as so many lines hold; one at least."""
    found: list[T] = []
    for thing in things:
        lines -= lines_of(text(thing), letters)
        if found and lines < -BETWEEN:
            break
        found.append(thing)
    return tuple(found)
