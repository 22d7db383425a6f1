"""The shapes of what each audience sees of picture cards; part of the public protocol."""

from __future__ import annotations

import msgspec


class CardView(msgspec.Struct, frozen=True):
    """One picture; `src` is its address seen from `/static/` (an uploaded one's begins with `/pictures/`), `name` says what it shows."""

    id: str
    name: str
    src: str


class Thought(msgspec.Struct, frozen=True):
    """What somebody shared; `card` is None for a thing on the table, `by` empty when nobody is named."""

    text: str
    card: CardView | None = None
    by: str = ""


class PhoneView(msgspec.Struct, frozen=True):
    """The same bytes for everyone. `question` is empty while people choose; `thoughts` come with the plenary, oldest first.

    `steps` are the phases as (key, title); `more` is how many older thoughts are left out; `credit` says who made the pictures of a
    deck of one's own, and their licence.
    """

    phase: str
    steps: tuple[tuple[str, str], ...]
    cards: tuple[CardView, ...]
    anonymous: bool
    minutes_alone: int
    question: str = ""
    thoughts: tuple[Thought, ...] = ()
    more: int = 0
    credit: str = ""


class ProjectorView(msgspec.Struct, frozen=True):
    """`cards` while people choose, then `question`, then the newest `thoughts`, oldest of them first."""

    phase: str
    minutes_alone: int
    cards: tuple[CardView, ...] = ()
    question: str = ""
    thoughts: tuple[Thought, ...] = ()
    more: int = 0
    credit: str = ""


class SharedText(msgspec.Struct, frozen=True):
    """A shared thought as crew sees it; `id` is what a hide names."""

    id: str
    text: str
    card: CardView | None = None
    by: str = ""


class CrewView(msgspec.Struct, frozen=True):
    """Crew sees how many have chosen, never which picture how many took."""

    phase: str
    question: str
    chosen: int
    shared: tuple[SharedText, ...] = ()


class OwnView(msgspec.Struct, frozen=True):
    """One person's part. Private notes are not in it: they never leave the phone."""

    card: str | None = None
    text: str = ""
    name: str = ""
