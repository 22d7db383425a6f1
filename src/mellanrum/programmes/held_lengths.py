"""How long it took last time: what a room wrote down of the same block in an earlier gathering, never of a rehearsal."""

from __future__ import annotations

import msgspec
from django.db.models import Q, QuerySet

from mellanrum.accounts.access import ROLES
from mellanrum.accounts.models import User
from mellanrum.programmes.models import Block, Gathering, Programme

MOST_LOOKED_AT = 600
READERS = tuple(role for role, acts in ROLES.items() if "help" in acts)


class HeldLengths(msgspec.Struct, frozen=True):
    """`blocks` by key: minutes it took, minutes planned. `over` is how many minutes longer the last gathering got than planned."""

    blocks: dict[str, tuple[int, int]] = {}
    over: int | None = None


def held_lengths(gathering: Gathering, person: User) -> HeldLengths:
    """From this programme, and from others of the same template whose plan the person may read; two queries."""
    held = list(_held(gathering, person)[:MOST_LOOKED_AT])
    found: dict[str, tuple[int, int]] = {}
    if not held:
        return HeldLengths()
    for block in gathering.blocks.all():
        same = next((one for one in held if _is_same(one, block)), None)
        if same is not None:
            found[block.key] = (took(same), same.minutes)
    return HeldLengths(found, _over(gathering, held))


def took(block: Block) -> int:
    """Whole minutes; as planned while it has not ended."""
    if block.started_at is None or block.ended_at is None:
        return block.minutes
    return max(round((block.ended_at - block.started_at).total_seconds() / 60), 0)


def _held(gathering: Gathering, person: User) -> QuerySet[Block]:
    """The newest first. Only a meeting's room writes down when its blocks began and ended."""
    ours = Q(gathering__programme=gathering.programme_id)
    if gathering.programme.template:
        alike = Programme.objects.filter(template=gathering.programme.template)
        if not person.is_owner:
            alike = alike.filter(memberships__user=person, memberships__role__in=READERS)
        ours |= Q(gathering__programme__in=alike)
    blocks = Block.objects.filter(ours, started_at__isnull=False, ended_at__isnull=False).exclude(gathering=gathering)
    if gathering.starts_at is not None:
        blocks = blocks.filter(started_at__lt=gathering.starts_at)
    return blocks.select_related("gathering").order_by("-started_at")


def _is_same(held: Block, block: Block) -> bool:
    is_called_so = held.title.casefold() == block.title.casefold()
    return is_called_so or bool(block.exercise and (held.exercise, held.definition) == (block.exercise, block.definition))


def _over(gathering: Gathering, held: list[Block]) -> int | None:
    """Of the last gathering of this programme that was held; None when there is none."""
    last = next((block.gathering_id for block in held if block.gathering.programme_id == gathering.programme_id), None)
    if last is None:
        return None
    return sum(took(block) - block.minutes for block in held if block.gathering_id == last)
