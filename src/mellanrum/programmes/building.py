"""Blocks to build a gathering of: the programme's own library, gatherings whose plan one may read, and those of the templates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.accounts.access import may
from mellanrum.accounts.models import User
from mellanrum.programmes.actions import block_from_template
from mellanrum.programmes.exporting import without_own_deck
from mellanrum.programmes.models import Block, Gathering, Programme, SavedBlock
from mellanrum.programmes.planning import KEPT, MOST_BLOCKS, arrange, check_open, gone, new_key
from mellanrum.programmes.queries import programmes_for
from mellanrum.programmes.refusals import Full
from mellanrum.programmes.reshaping import content_of
from mellanrum.programmes.templates import library

MOST_SAVED = 300
MOST_SHOWN = 80
OWN, TEMPLATES = "own", "templates"


class Stock(msgspec.Struct, frozen=True):
    """A block that can be taken; `ref` says where it comes from to the machine, `place` to people."""

    ref: str
    place: str
    content: dict[str, Any]

    @property
    def number(self) -> str:
        """Of a saved one."""
        return self.ref.rpartition(":")[2]


class Wish(msgspec.Struct, frozen=True):
    """What one looks for; `source` is OWN, TEMPLATES or the number of a gathering."""

    words: str = ""
    kind: str = ""
    minutes: int | None = None
    source: str = OWN


def save_blocks(gathering: Gathering, keys: Sequence[str]) -> int:
    """Put copies in the programme's library. Raises Gone, Full."""
    blocks = [block for block in gathering.blocks.all() if block.key in set(keys)]
    if not blocks:
        raise gone()
    with transaction.atomic():
        if SavedBlock.objects.filter(programme=gathering.programme).count() + len(blocks) > MOST_SAVED:
            raise Full(_("Biblioteket rymmer %(most)s byggstenar. Ta bort någon först.") % {"most": MOST_SAVED})
        rows = (SavedBlock(programme=gathering.programme, title=block.title, content=content_of(block)) for block in blocks)
        return len(SavedBlock.objects.bulk_create(rows))


def drop_saved(programme: Programme, number: int) -> None:
    """Pressed twice it is gone once."""
    SavedBlock.objects.filter(programme=programme, pk=number).delete()


def readable(person: User, *, besides: Gathering) -> tuple[Gathering, ...]:
    """Other gatherings whose run sheet the person may read, as helper or more; that of the same programme first."""
    rows = programmes_for(person)
    rows = tuple(sorted(rows, key=lambda row: row.programme.pk != besides.programme_id))
    return tuple(one for row in rows if row.role != "viewer" for one in row.gatherings if one.pk != besides.pk)


def stock(gathering: Gathering, person: User, wish: Wish) -> tuple[list[Stock], bool]:
    """What there is of it, at most MOST_SHOWN; and whether there is more."""
    found = [one for one in _all(gathering, person, wish.source) if _suits(one.content, wish)]
    return found[:MOST_SHOWN], len(found) > MOST_SHOWN


def insert(gathering: Gathering, person: User, refs: Sequence[str], *, after: str = "") -> list[Block]:
    """Copies of them behind `after`, or last, in the order of `refs`. Raises Locked, Gone, Full."""
    sources = dict.fromkeys(ref.rpartition(":")[0] for ref in refs)
    there = {one.ref: one.content for source in sources for one in _all(gathering, person, source)}
    wanted = [there[ref] for ref in dict.fromkeys(refs) if ref in there]
    with transaction.atomic():
        check_open(gathering)
        if not wanted:
            raise gone()
        blocks = list(gathering.blocks.all())
        if len(blocks) + len(wanted) > MOST_BLOCKS:
            raise Full(_("Körschemat rymmer %(most)s moment, och så många blir det inte plats för.") % {"most": MOST_BLOCKS})
        keys = [block.key for block in blocks]
        place = keys.index(after) + 1 if after in keys else len(keys)
        new = [Block(gathering=gathering, position=len(blocks), **{**content, "key": new_key()}) for content in wanted]
        for block in new:
            block.save(force_insert=True)
        arrange([*blocks, *new], [*keys[:place], *(block.key for block in new), *keys[place:]])
    return new


def _all(gathering: Gathering, person: User, source: str) -> Iterator[Stock]:
    if source == OWN:
        for saved in gathering.programme.saved_blocks.all():
            yield Stock(f"{OWN}:{saved.pk}", _("Byggsten"), {name: value for name, value in saved.content.items() if name in KEPT})
    elif source == TEMPLATES:
        yield from _of_templates()
    elif source.isascii() and source.isdigit() and len(source) < 15:
        yield from _of_gathering(gathering, person, int(source))


def _of_gathering(gathering: Gathering, person: User, number: int) -> Iterator[Stock]:
    other = Gathering.objects.select_related("programme").filter(pk=number).first()
    if other is None or not may(person, "help", other.programme):
        return
    for block in other.blocks.all():
        content = content_of(block)
        if other.programme_id != gathering.programme_id:  # its pictures are not there
            content["definition"] = dict(without_own_deck(block.definition)[0])
        yield Stock(f"{other.pk}:{block.key}", other.title, content)


def _of_templates() -> Iterator[Stock]:
    """Read from the files each time: they are few."""
    for template in library():
        for number, part in enumerate(template.gatherings):
            for row, block in enumerate(part.blocks):
                made = block_from_template(block, gathering=Gathering(), position=row)
                yield Stock(f"{TEMPLATES}:{template.name}.{template.language}.{number}.{row}", part.title, content_of(made))


def _suits(content: dict[str, Any], wish: Wish) -> bool:
    words = wish.words.casefold().split()
    title = content["title"].casefold()
    is_kind = not wish.kind or content["kind"] == wish.kind
    return is_kind and all(word in title for word in words) and (wish.minutes is None or content["minutes"] <= wish.minutes)
