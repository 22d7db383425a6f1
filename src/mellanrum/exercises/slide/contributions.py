"""What crew may send to a talk: the note-taker's lines. Participants listen."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.notes import Words


class TakeNote(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One line of the note-taker."""

    text: Words


KINDS: dict[str, type[msgspec.Struct]] = {"note": TakeNote}
