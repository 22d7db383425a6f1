"""Blocks made of other blocks: a copy, two halves, two joined to one."""

from __future__ import annotations

from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.programmes.dividing import divided, united
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import KEPT, arrange, check_open, following, gone, is_key, new_key, place_block
from mellanrum.programmes.refusals import Unfit


def content_of(block: Block) -> dict[str, Any]:
    """Everything of the block as plain values; a clock time as text, which the column reads too."""
    return {name: msgspec.to_builtins(getattr(block, name)) for name in KEPT}


def duplicate_block(gathering: Gathering, key: str, *, made: str = "") -> Block:
    """The same again right behind it, under the key `made`; sent twice it is one copy. Raises Locked, Gone, Full."""
    with transaction.atomic():
        block, blocks = _found(gathering, key)
        if there := _made(blocks, made):
            return there
        content = {**content_of(block), "key": _key(made)}
        copy = Block(gathering=gathering, position=len(blocks) + 1, **content)
        return place_block(blocks, copy, before=following(blocks, key))


def split_block(gathering: Gathering, key: str, *, made: str = "") -> tuple[Block, Block]:
    """Half of its minutes go to a plain block behind it, under the key `made`. Raises Locked, Gone, Full, Unfit."""
    with transaction.atomic():
        block, blocks = _found(gathering, key)
        if there := _made(blocks, made):
            return block, there
        if block.minutes < 2:
            raise Unfit(_("Momentet är för kort att dela. Ge det minst två minuter först."))
        first, second = divided(content_of(block))
        rest = Block(gathering=gathering, position=len(blocks) + 1, key=_key(made), **second)
        placed = place_block(blocks, rest, before=following(blocks, key))
        _change(block, first)
    return block, placed


def join_block(gathering: Gathering, key: str, *, following_key: str = "") -> Block:
    """The next block becomes part of this one. `following_key`: only if that is the next. Raises Locked, Gone, Unfit."""
    with transaction.atomic():
        block, blocks = _found(gathering, key)
        after = following(blocks, key)
        if following_key and following_key not in {one.key for one in blocks}:
            return block  # sent twice
        if after is None or (following_key and following_key != after):
            raise Unfit(_("Det finns inget moment efter att slå ihop med.") if after is None else _("Ett annat moment står efter nu."))
        other = next(one for one in blocks if one.key == after)
        _change(block, united(content_of(block), content_of(other)))
        other.delete()
        arrange([one for one in blocks if one.key != after])
    return block


def _found(gathering: Gathering, key: str) -> tuple[Block, list[Block]]:
    check_open(gathering)
    blocks = list(gathering.blocks.all())
    block = next((one for one in blocks if one.key == key), None)
    if block is None:
        raise gone()
    return block, blocks


def _made(blocks: list[Block], made: str) -> Block | None:
    return next((block for block in blocks if made and block.key == made), None)


def _key(made: str) -> str:
    return made if is_key(made) else new_key()


def _change(block: Block, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(block, name, value)
    block.save(update_fields=list(values))
