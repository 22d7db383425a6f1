"""The shapes of what each audience sees of a word cloud; part of the public protocol."""

from __future__ import annotations

import msgspec

from mellanrum.exercises.words.definition import Prompt


class ShownWord(msgspec.Struct, frozen=True):
    """A word, all its forms together. `count` is how many people gave it; `place` names where it stands in the cloud's order.

    `key` and `place` stay the same whatever form is shown; `is_new` until a few more words have come.
    """

    key: str
    text: str
    count: int
    place: str
    is_new: bool = False


class Cloud(msgspec.Struct, frozen=True):
    """The words of one question, most given first; `more` words are not listed. `given` by so many `people`.

    `order` is the places in a cloud as they first appeared, those of merged words among them, so that words can keep theirs.
    """

    prompt: str
    text: str
    given: int
    people: int
    words: tuple[ShownWord, ...] = ()
    more: int = 0
    order: tuple[str, ...] = ()


class PhoneView(msgspec.Struct, frozen=True):
    """The form. The same bytes for everyone and unchanged while others write; `clouds` only in the result phase."""

    title: str
    phase: str
    prompts: tuple[Prompt, ...]
    per_person: int
    live: bool
    anonymous: bool
    clouds: tuple[Cloud, ...] = ()


class ProjectorView(msgspec.Struct, frozen=True):
    """`clouds` while words come if they are shown `live`, else only in the result phase."""

    title: str
    phase: str
    prompts: tuple[Prompt, ...]
    per_person: int
    live: bool
    anonymous: bool
    clouds: tuple[Cloud, ...] = ()


class CrewWord(msgspec.Struct, frozen=True):
    """A word as crew sees it. `written` are its latest forms as (id, text): `id` is what a hide names."""

    key: str
    text: str
    count: int
    forms: tuple[str, ...]
    written: tuple[tuple[str, str], ...]
    is_merged: bool = False
    is_new: bool = False


class CrewCloud(msgspec.Struct, frozen=True):
    prompt: str
    text: str
    given: int
    people: int
    words: tuple[CrewWord, ...] = ()
    more: int = 0


class CrewView(msgspec.Struct, frozen=True):
    """Crew sees all the words from the beginning, to moderate them, and never who wrote what."""

    title: str
    phase: str
    live: bool
    clouds: tuple[CrewCloud, ...] = ()


class OwnView(msgspec.Struct, frozen=True):
    """One person's words as (question, place, text)."""

    words: tuple[tuple[str, str, str], ...] = ()
