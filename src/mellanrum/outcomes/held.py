"""What the rooms of a gathering yielded, block by block, with the closing round last."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime

import msgspec
from django.utils import translation
from django.utils.translation import gettext as _

from mellanrum.exercise_kit.document import Passage
from mellanrum.rooms.models import Room
from mellanrum.rooms.queries import BlockHarvest, RoomHarvest, harvest_by_block

CLOSING = "round"  # the type that a meeting ends with: everybody is invited to say a last word


class Held(msgspec.Struct, frozen=True):
    """`under` is the heading of the block each passage came from, by its key; `began` is when blocks began, in Unix milliseconds.

    `since` is when the meeting's first block began, `until` when its room was closed; None while that has not happened.
    """

    rooms: tuple[Room, ...]
    blocks: tuple[BlockHarvest, ...]
    passages: tuple[Passage, ...]
    under: Mapping[str, str]
    began: Mapping[str, int]
    since: datetime | None = None
    until: datetime | None = None


def held(rooms: tuple[Room, ...], language: str, *, with_hidden: bool = False) -> Held:
    """Fold them all. Of several rooms the first that a block began in tells when."""
    found = [harvest_by_block(room.id, language, with_hidden=with_hidden) for room in rooms]
    with translation.override(language):
        found = [msgspec.structs.replace(room, blocks=tuple(headed(room.blocks))) for room in found]
    blocks = [one for number, room in enumerate(found, 1) for one in closing_last(tuple(_of_room(number, block) for block in room.blocks))]
    began: dict[str, int] = {}
    for room in found:
        began = {**room.began, **began}
    under = {passage.key: block.heading for block in blocks for passage in block.passages}
    passages = tuple(passage for block in blocks for passage in block.passages)
    return Held(rooms, tuple(blocks), passages, under, began, *meeting_hours(rooms, found))


def meeting_hours(rooms: Sequence[Room], found: Sequence[RoomHarvest]) -> tuple[datetime | None, datetime | None]:
    """From the first block of the first room to the last one's closing. What is open for days is no meeting."""
    met = [(room, min(one.began.values())) for room, one in zip(rooms, found, strict=True) if room.kind == Room.Kind.MEETING and one.began]
    if not met:
        return None, None
    ends = [room.closed_at for room, _began in met if room.closed_at]
    since = datetime.fromtimestamp(min(began for _room, began in met) / 1000, UTC)
    return since, max(ends) if len(ends) == len(met) else None


def closing_last(blocks: tuple[BlockHarvest, ...]) -> tuple[BlockHarvest, ...]:
    """The last round, with what else stands under its heading, behind what was noted in later blocks; unless exercises came later, too."""
    rounds = [block.number for block in blocks if block.exercise.slug == CLOSING]
    others = [block.number for block in blocks if not block.exercise.is_companion and block.exercise.slug != CLOSING]
    if not rounds or (others and max(others) > max(rounds)):
        return blocks
    last = max(rounds)
    heading = next(block.heading for block in blocks if block.number == last)
    apart = [block.number for block in blocks if block.number < last and block.heading != heading]
    return tuple(sorted(blocks, key=lambda block: max(apart, default=0) < block.number <= last))


def _of_room(number: int, block: BlockHarvest) -> BlockHarvest:
    """Keys stay unique when a gathering had several rooms, and stay as they were for the first."""
    return block if number == 1 else msgspec.structs.replace(block, passages=tuple(_renamed(number, block.passages)))


def _renamed(number: int, passages: tuple[Passage, ...]) -> Iterator[Passage]:
    for passage in passages:
        yield msgspec.structs.replace(passage, key=f"room-{number}/{passage.key}")


def headed(blocks: Sequence[BlockHarvest]) -> Iterator[BlockHarvest]:
    """Each under what participants saw of it, else under a name that says something to a reader; in the active language.

    The team's own title is the team's, so what participants saw nothing of is called by its exercise, which they met.
    """
    names = {block.number: str(block.exercise.type.card.name) for block in blocks if not block.exercise.is_companion}
    for block in blocks:
        else_called = names.get(block.number) or (_("Inledning") if block.number == 1 else _("Anteckningar från träffen"))
        yield msgspec.structs.replace(block, heading=block.heading.strip() or else_called)
