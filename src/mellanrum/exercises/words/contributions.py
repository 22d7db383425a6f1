"""What people and crew may send to a word cloud."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

LONGEST = 80

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
Slot = Literal["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST)]
Shown = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class Word(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A word or a phrase in one of a person's places, `1` to as many as there are; the last one per place counts, empty takes back."""

    prompt: Name
    slot: Slot
    text: Text


class Merge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two words are one from now on, shown as `into`. Each is named by any of its forms. Sent as `from` and `into`."""

    from_word: Shown = msgspec.field(name="from")
    into: Shown


class Correct(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word named by `key`, any of its forms, is shown as `text`, and counts together with what is the same as that."""

    key: Shown
    text: Shown


class Unmerge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The word named by `key`, any of its forms, is what people wrote again, each form by itself."""

    key: Shown


KINDS: dict[str, type[msgspec.Struct]] = {"word": Word, "merge": Merge, "correct": Correct, "unmerge": Unmerge}
