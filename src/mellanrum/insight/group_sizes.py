"""How many groups a room full of people makes."""

from __future__ import annotations

LEAST, MOST = 4, 6


def group_sizes(people: int, *, most: int = MOST) -> tuple[int, ...]:
    """The fewest groups of at most `most`, as even as they can be, the smaller first. Nobody makes no group.

    With groups of four to six only those who are fewer than four, and seven, cannot all sit in one that is large enough.
    """
    if people <= 0:
        return ()
    groups = -(-people // most)
    size, larger = divmod(people, groups)
    return (size,) * (groups - larger) + (size + 1,) * larger


def even_parts(people: int, parts: int) -> tuple[int, ...]:
    """The people on so many places, as even as it goes, the larger first."""
    if parts <= 0:
        return ()
    size, larger = divmod(max(0, people), parts)
    return (size + 1,) * larger + (size,) * (parts - larger)
