"""Changing several blocks in one go: what is marked moves, goes, changes or is copied together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.programmes.fields import BLOCK_FIELDS, Unreadable, clean
from mellanrum.programmes.lengths import LONGEST
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.planning import MOST_BLOCKS, arrange, check_open, gone, new_key
from mellanrum.programmes.refusals import Full, InConflict, NotReadable, Problem
from mellanrum.programmes.reshaping import content_of

LONGEST_SECTION = 120


def move_marked(gathering: Gathering, keys: Sequence[str], *, before: str = "", after: str = "") -> int:
    """Together, in their order, in front of `before`, else behind `after`, else last. Raises Locked, Gone."""
    with transaction.atomic():
        blocks, marked = _marked(gathering, keys)
        chosen = {block.key for block in marked}
        rest = [block.key for block in blocks if block.key not in chosen]
        place = rest.index(before) if before in rest else rest.index(after) + 1 if after in rest else len(rest)
        arrange(blocks, [*rest[:place], *(block.key for block in marked), *rest[place:]])
    return len(marked)


def remove_marked(gathering: Gathering, keys: Sequence[str]) -> int:
    """Raises Locked, Gone."""
    with transaction.atomic():
        blocks, marked = _marked(gathering, keys)
        chosen = {block.key for block in marked}
        gathering.blocks.filter(key__in=chosen).delete()
        arrange([block for block in blocks if block.key not in chosen])
    return len(marked)


def assign_marked(gathering: Gathering, keys: Sequence[str], text: str) -> int:
    """Give them all the same responsible. Raises Locked, Gone, NotReadable."""
    try:
        responsible = BLOCK_FIELDS["responsible"].read(text)
    except Unreadable as error:
        raise NotReadable(Problem("responsible", str(error))) from error

    def give(block: Block, _is_first: bool) -> None:
        block.responsible = responsible

    return _each(gathering, keys, "responsible", give)


def head_marked(gathering: Gathering, keys: Sequence[str], text: str) -> int:
    """Let them make a section: its heading stands above the first of those that stand together. Raises Locked, Gone, NotReadable."""
    section = " ".join(clean(text).split())
    if len(section) > LONGEST_SECTION:
        raise NotReadable(Problem("section", _("Korta rubriken till högst %(most)s tecken.") % {"most": LONGEST_SECTION}))

    def head(block: Block, is_first: bool) -> None:
        block.section = section if is_first else ""

    return _each(gathering, keys, "section", head)


def lengthen_marked(gathering: Gathering, keys: Sequence[str], by: int, *, was: Mapping[str, int]) -> int:
    """Add minutes, or take away where `by` is below zero; no block gets shorter than nothing. `was` is what the person saw.

    Raises Locked, Gone, InConflict.
    """

    def lengthen(block: Block, _is_first: bool) -> None:
        if was.get(block.key, block.minutes) != block.minutes:
            raise InConflict(_("Någon annan har ändrat längden på ”%(title)s”. Inget är ändrat.") % {"title": block.title}, ())
        block.minutes = min(max(block.minutes + by, 0), LONGEST)

    return _each(gathering, keys, "minutes", lengthen)


def copy_marked(gathering: Gathering, keys: Sequence[str], *, to: Gathering) -> int:
    """Put copies last in another gathering. Raises Locked for one that has had its room, Gone, Full."""
    with transaction.atomic():
        check_open(to)
        marked = [block for block in gathering.blocks.all() if block.key in set(keys)]
        if not marked:
            raise gone()
        last = to.blocks.count()
        if last + len(marked) > MOST_BLOCKS:
            raise Full(_("Körschemat rymmer %(most)s moment, och så många blir det inte plats för.") % {"most": MOST_BLOCKS})
        Block.objects.bulk_create(
            Block(gathering=to, position=place, **{**content_of(block), "key": new_key()}) for place, block in enumerate(marked, last + 1)
        )
    return len(marked)


def _marked(gathering: Gathering, keys: Sequence[str]) -> tuple[list[Block], list[Block]]:
    """All blocks, and those of them that are marked and still there, in the order of the day."""
    check_open(gathering)
    blocks, chosen = list(gathering.blocks.all()), set(keys)
    marked = [block for block in blocks if block.key in chosen]
    if not marked:
        raise gone()
    return blocks, marked


def _each(gathering: Gathering, keys: Sequence[str], column: str, change: Callable[[Block, bool], None]) -> int:
    """`change` also hears whether the block is the first of its neighbours."""
    with transaction.atomic():
        blocks, marked = _marked(gathering, keys)
        chosen = {block.key for block in marked}
        for place, block in enumerate(blocks):
            if block.key in chosen:
                change(block, place == 0 or blocks[place - 1].key not in chosen)
        Block.objects.bulk_update(marked, [column])
    return len(marked)
