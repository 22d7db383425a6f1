"""What people and crew may send to an open question."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

LONGEST = 280
LONGEST_NAME = 50

Ref = Annotated[str, msgspec.Meta(pattern=r"^[1-9][0-9]{0,15}$", max_length=16)]
"""A text or a theme, named by the number in the ledger under which it came, which tells nothing of whose it is.

A vote names a text's latest words; the crew names the text by its first, so that it stays where it was put when its words change.
"""
RefOrNone = Annotated[str, msgspec.Meta(pattern=r"^([1-9][0-9]{0,15})?$", max_length=16)]
Slot = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
ThemeName = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
Id = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
Standing = Literal["now", "answered", "queue"]


class Text(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in one of a person's places, `1` to as many as there are; the last one per place counts, empty takes back."""

    slot: Slot
    text: Annotated[str, msgspec.Meta(max_length=LONGEST)]


class Vote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """*Me too*: `yes`, or empty to take it back. It is for these very words: changed ones begin from none."""

    ref: Ref
    on: Literal["", "yes"]


class Approve(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The contribution `id` may be shown, those words and no later ones. Means nothing where texts show at once."""

    id: Id


class Theme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A new theme, last in the row; its number in the ledger is its name for the other acts."""

    name: ThemeName


class Rename(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The theme is called `name` from now on."""

    theme: Ref
    name: ThemeName


class Sort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The text belongs to that theme and to no other; with an empty `theme` to none."""

    ref: Ref
    theme: RefOrNone


class Order(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The theme stands before the other one, or last when `before` is empty."""

    theme: Ref
    before: RefOrNone


class Drop(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The theme is no more; its texts are in none."""

    theme: Ref


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A question is answered now, has been answered, or waits again. Whichever was answered before a new `now` has been answered."""

    ref: Ref
    to: Standing


KINDS: dict[str, type[msgspec.Struct]] = {
    "text": Text,
    "vote": Vote,
    "approve": Approve,
    "theme": Theme,
    "rename": Rename,
    "sort": Sort,
    "order": Order,
    "drop": Drop,
    "turn": Turn,
}
THEMING = frozenset({"theme", "rename", "sort", "order", "drop"})
