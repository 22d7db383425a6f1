"""The shapes of what each audience sees of an open question; part of the public protocol."""

from __future__ import annotations

import msgspec


class ShownText(msgspec.Struct, frozen=True):
    """A text the room may see. `ref` names these words in a vote; `standing` is `now` or `answered` of a question.

    `votes` is 0 on phones while one may vote, so that nobody follows the others.
    """

    ref: str
    text: str
    votes: int = 0
    standing: str = ""
    is_new: bool = False


class ShownTheme(msgspec.Struct, frozen=True):
    """A theme with its texts, as they came; `more` are not listed. `ref` and `name` are empty for the texts of none."""

    ref: str
    name: str
    texts: tuple[ShownText, ...] = ()
    more: int = 0


class PhoneView(msgspec.Struct, frozen=True):
    """The form, the same bytes for everyone. `texts` as they came, `themes` instead of them once they are shown; `more` are not listed."""

    title: str
    phase: str
    preset: str
    per_person: int
    anonymous: bool
    moderated: bool
    can_write: bool
    can_vote: bool
    texts: tuple[ShownText, ...] = ()
    themes: tuple[ShownTheme, ...] = ()
    more: int = 0


class ProjectorView(msgspec.Struct, frozen=True):
    """`columns` of texts that keep their places, or `themes`, or the question that is answered `now` and the `queue`, most wanted first.

    `given` texts are to be seen, by so many `people`; `answered` of them have been; `more` are not listed.
    """

    title: str
    phase: str
    preset: str
    live: bool
    anonymous: bool
    moderated: bool
    votes: bool
    given: int = 0
    people: int = 0
    answered: int = 0
    more: int = 0
    columns: tuple[tuple[ShownText, ...], ...] = ()
    themes: tuple[ShownTheme, ...] = ()
    now: ShownText | None = None
    queue: tuple[ShownText, ...] = ()


class CrewText(msgspec.Struct, frozen=True):
    """A text as crew sees it; `id` is what a hide or an approval names."""

    id: str
    ref: str
    text: str
    votes: int = 0
    standing: str = ""
    on_paper: bool = False


class CrewTheme(msgspec.Struct, frozen=True):
    """`earlier` and `later` are what its `order` names to come one step further to the front or the back; None where it is there."""

    ref: str
    name: str
    texts: tuple[CrewText, ...] = ()
    more: int = 0
    earlier: str | None = None
    later: str | None = None


class CrewView(msgspec.Struct, frozen=True):
    """Crew sees all from the beginning, to moderate and to sort, and never who wrote what. `loose` texts are in no theme.

    Of questions to a speaker `loose` are those that wait, most wanted first, and `answered` those that have been.
    """

    title: str
    phase: str
    preset: str
    moderated: bool
    votes: bool
    is_seen: bool
    given: int = 0
    people: int = 0
    waits: int = 0
    waiting: tuple[CrewText, ...] = ()
    themes: tuple[CrewTheme, ...] = ()
    now: CrewText | None = None
    loose: tuple[CrewText, ...] = ()
    answered: tuple[CrewText, ...] = ()
    more: int = 0


class OwnView(msgspec.Struct, frozen=True):
    """One person's texts as (place in the form, text), those of them that wait to be let through, and what they say *me too* to."""

    texts: tuple[tuple[str, str], ...] = ()
    waiting: tuple[str, ...] = ()
    voted: tuple[str, ...] = ()
