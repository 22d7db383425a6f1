"""What a room has been shown of its ballots, and when it may change.

A picture stays. It moves to a new one only when the new one differs from every picture anybody may have seen by nobody's choice
or by those of as many people as the fewest: so no difference between two pictures points at somebody.
"""

from __future__ import annotations

from collections import Counter

import msgspec
from immutables import Map

FEWEST = 5
"""People there must be before anything is shown, and before anything shown may change."""


class Ballot(msgspec.Struct, frozen=True, gc=False):
    """What somebody chose; `id` is its contribution's."""

    id: str
    choice: str


Given = Map[str, Ballot]
"""By author."""


class Picture(msgspec.Struct, frozen=True):
    """What is shown: the ballots behind it and their counts, None for too few.

    `past` are all pictures anybody may have seen; `away` tells how many people's choice now differs from each of them;
    `changed` are the people whose choice differs from this one.
    """

    given: Given = Map()
    counts: Map[str, int] | None = None
    past: tuple[Given, ...] = ()
    away: tuple[int, ...] = ()
    changed: Map[str, bool] = Map()


def taken(given: Given) -> Picture:
    """Everybody so far."""
    counts = counted(given)
    return Picture(given, counts, (given,), (0,)) if counts is not None else Picture(given)


def note(picture: Picture, author: str, old: Ballot | None, new: Ballot | None) -> Picture:
    """Remember that this person's choice is another now."""
    was, now = _choice(old), _choice(new)
    away = tuple(
        distance + (_choice(past.get(author)) != now) - (_choice(past.get(author)) != was)
        for distance, past in zip(picture.away, picture.past, strict=True)
    )
    changed = picture.changed.delete(author) if author in picture.changed else picture.changed
    if _choice(picture.given.get(author)) != now:
        changed = changed.set(author, True)
    return msgspec.structs.replace(picture, away=away, changed=changed)


def settled(picture: Picture, now: Given) -> Picture:
    """The picture of now if it may move, else the one there is."""
    if not _may_move(picture, len(now)):
        return picture
    counts = counted(now)
    past, away = picture.past, picture.away
    if counts is not None and all(away):
        past, away = (*past, now), (*away, 0)
    return Picture(now, counts, past, away)


def counted(given: Given) -> Map[str, int] | None:
    """How many chose what; None for too few."""
    return Map(Counter(ballot.choice for ballot in given.values())) if len(given) >= FEWEST else None


def _may_move(picture: Picture, people: int) -> bool:
    is_news = picture.counts is None and people >= FEWEST
    if not picture.changed or (len(picture.changed) < FEWEST and not is_news):
        return False
    return all(not 0 < distance < FEWEST for distance in picture.away)


def _choice(ballot: Ballot | None) -> str | None:
    return None if ballot is None else ballot.choice
