"""People send nothing to a talk: they listen, and what is noted goes to the notes of the block. Crew shows another prompt of a lunch."""

from __future__ import annotations

from typing import Annotated

import msgspec


class Show(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Show that prompt now, told by its place from 0."""

    prompt: Annotated[int, msgspec.Meta(ge=0, le=11)]


KINDS: dict[str, type[msgspec.Struct]] = {"show": Show}
