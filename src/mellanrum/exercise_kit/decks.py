"""A deck of one's own as a definition carries it: data enough for every face, so that a room's plan is whole by itself."""

from __future__ import annotations

from typing import Annotated

import msgspec

from mellanrum.core.picture_files import ADDRESS_PATTERN

FEWEST, MOST = 2, 60

Line = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Credit = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class OwnPicture(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One picture; `name` says what it shows, `src` is its address on this server and can be nothing else."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]
    name: Line
    src: Annotated[str, msgspec.Meta(pattern=ADDRESS_PATTERN)]


class OwnDeck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Pictures in the order they are laid out, who made them (`source`) and what may be done with them (`licence`). Raises ValueError."""

    id: Annotated[str, msgspec.Meta(pattern=r"^[a-z0-9-]{1,40}\Z")]
    title: Line
    source: Credit
    licence: Credit
    pictures: Annotated[tuple[OwnPicture, ...], msgspec.Meta(min_length=FEWEST, max_length=MOST)]

    def __post_init__(self) -> None:
        if len({one.id for one in self.pictures}) < len(self.pictures):
            raise ValueError("two pictures have the same id")
