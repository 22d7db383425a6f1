"""Changing a gathering's plan: its fields, its blocks, their order. Every change asks first whether a room goes by a copy of it."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from typing import Any

import msgspec
from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from mellanrum.core.ports import provided
from mellanrum.insight.timing import follower, moved
from mellanrum.programmes.block_lengths import settle
from mellanrum.programmes.fields import BLOCK_FIELDS, GATHERING_FIELDS, texts_of
from mellanrum.programmes.models import Block, Gathering
from mellanrum.programmes.refusals import Full, Gone, Locked
from mellanrum.programmes.saving import Texts, put

MOST_BLOCKS = 200
UNDO_SECONDS = 24 * 3600
KEPT = (
    *("key", "title", "agenda", "shown", "kind", "icon", "minutes", "responsible"),
    *("say", "do", "material", "phones", "exercise", "definition"),
    *("least", "most", "fixed_at", "part", "section", "why", "tracks"),
)
_KEY = re.compile(r"block-[a-z0-9]{1,32}")


def rooms_of(gathering: Gathering) -> tuple[Any, ...]:
    """The gathering's rooms, the newest first; none where there are no rooms at all."""
    rooms = provided("rooms_of")
    return tuple(rooms(gathering)) if rooms else ()


def lasting_of(gathering: Gathering) -> tuple[Any, ...]:
    """Its exercises that are open for days, or were; the plan can be changed all the same, for each has a copy of its own."""
    lasting = provided("lasting_of")
    return tuple(lasting(gathering)) if lasting else ()


def siblings_of(gathering: Gathering) -> tuple[Gathering, ...]:
    """The programme's other gatherings, whose plans may be added to; those that have had their room say so when it is tried."""
    return tuple(Gathering.objects.filter(programme=gathering.programme_id).exclude(pk=gathering.pk))


def save_gathering(gathering: Gathering, *, given: Texts, was: Texts) -> None:
    """Title, theme, place, start, purpose. Raises Locked, NotReadable, InConflict."""
    with transaction.atomic():
        check_open(gathering)
        gathering.refresh_from_db(fields=[field.attribute for field in GATHERING_FIELDS.values()])
        if changed := put(gathering, GATHERING_FIELDS, given=given, was=was):
            gathering.save(update_fields=changed)


def save_block(gathering: Gathering, key: str, *, given: Texts, was: Texts) -> Block:
    """Raises Locked, Gone, NotReadable, InConflict."""
    with transaction.atomic():
        check_open(gathering)
        block = block_of(gathering, key)
        changed = put(block, BLOCK_FIELDS, given=given, was=was)
        if changed:
            changed += settle(block, changed)
            block.save(update_fields=[*changed, *_let_the_eye_follow(block, changed)])
    return block


def _let_the_eye_follow(block: Block, changed: list[str]) -> list[str]:
    """What is shown has a heading: its title, until somebody writes a better one. Without a heading nothing is shown."""
    if "shown" in changed and block.shown and not block.agenda:
        block.agenda = block.title[:120]
        return ["agenda"]
    if "agenda" in changed and not block.agenda:
        block.shown = False
        return ["shown"]
    return []


def block_of(gathering: Gathering, key: str) -> Block:
    """The gathering's own block with that key. Raises Gone."""
    block = gathering.blocks.filter(key=key).first()
    if block is None:
        raise gone()
    return block


def is_key(key: str) -> bool:
    """Whether a browser may call a block that."""
    return _KEY.fullmatch(key) is not None


def new_key() -> str:
    """A name for a block; a browser may make its own, so that an addition sent twice is one block."""
    return f"block-{secrets.token_hex(5)}"


def add_block(gathering: Gathering, *, title: str, key: str = "", after: str = "", texts: Texts | None = None) -> Block:
    """A new block behind `after`, or last, with what is written in its fields. The same key again is the same block.

    Raises Locked, Full, NotReadable.
    """
    key = key if is_key(key) else new_key()
    with transaction.atomic():
        check_open(gathering)
        blocks = list(gathering.blocks.all())
        if (there := next((block for block in blocks if block.key == key), None)) is not None:
            return there
        block = Block(gathering=gathering, key=key, position=len(blocks) + 1, icon="circle-notch", phones=False, shown=False)
        put(block, BLOCK_FIELDS, given={**(texts or {}), "title": title}, was=texts_of(block, BLOCK_FIELDS))
        block.title = block.title or _("Nytt moment")
        return place_block(blocks, block, before=following(blocks, after))


def move_block(gathering: Gathering, key: str, *, before: str = "", after: str = "") -> None:
    """Behind `after`, else in front of `before`, else last: what others have moved or removed meanwhile leaves one of them.

    Raises Locked, Gone.
    """
    with transaction.atomic():
        check_open(gathering)
        blocks = list(gathering.blocks.all())
        keys = [block.key for block in blocks]
        if key not in keys:
            raise gone()
        if before in keys:
            arrange(blocks, moved(keys, key, before=before))
        elif after in keys and after != key:
            rest = [other for other in keys if other != key]
            arrange(blocks, moved(keys, key, before=follower(rest, after)))
        elif not before:
            arrange(blocks, moved(keys, key, before=None))


def remove_block(gathering: Gathering, key: str) -> str:
    """Returns what `restore_block` needs to undo it, signed. Raises Locked, Gone."""
    with transaction.atomic():
        check_open(gathering)
        blocks = list(gathering.blocks.all())
        block = next((one for one in blocks if one.key == key), None)
        if block is None:
            raise gone()
        kept = keepsake(block, before=following(blocks, key))
        block.delete()
        arrange([one for one in blocks if one.key != key])
    return kept


def keepsake(block: Block, *, before: str | None = None) -> str:
    """Everything of the block, for putting it back."""
    content = {name: msgspec.to_builtins(getattr(block, name)) for name in KEPT}  # a clock time as text, which the column reads too
    return signing.dumps({"content": content, "before": before}, salt=_salt(block.gathering_id), compress=True)


def restore_block(gathering: Gathering, kept: str) -> Block:
    """Put a removed block back where it was, or give a block its exercise back. Raises Locked, Full, Gone."""
    try:
        told = signing.loads(kept, salt=_salt(gathering.pk), max_age=UNDO_SECONDS)
    except signing.BadSignature as error:
        raise Gone(_("Det går inte att ångra längre.")) from error
    content = told["content"]
    with transaction.atomic():
        check_open(gathering)
        blocks = list(gathering.blocks.all())
        there = next((block for block in blocks if block.key == content["key"]), None)
        if there is None:
            before = told["before"] if told["before"] in {block.key for block in blocks} else None
            return place_block(blocks, Block(gathering=gathering, position=len(blocks) + 1, **content), before=before)
        there.exercise, there.definition = content["exercise"], content["definition"]
        there.save(update_fields=["exercise", "definition"])
        return there


def _salt(gathering_id: int) -> str:
    return f"programmes.block-of-{gathering_id}"


def place_block(blocks: list[Block], block: Block, *, before: str | None) -> Block:
    """Save a new block in front of `before`, or last. Raises Full."""
    if len(blocks) >= MOST_BLOCKS:
        raise Full(_("Körschemat rymmer %(most)s moment, och så många är det nu. Ta bort något först.") % {"most": MOST_BLOCKS})
    block.save(force_insert=True)
    arrange([*blocks, block], moved([*(one.key for one in blocks), block.key], block.key, before=before))
    return block


def arrange(blocks: Iterable[Block], keys: Iterable[str] | None = None) -> None:
    """Number the blocks in the order of `keys`, or as they come."""
    by_key = {block.key: block for block in blocks}
    changed = []
    for position, key in enumerate(by_key if keys is None else keys, 1):
        if by_key[key].position != position:
            by_key[key].position = position
            changed.append(by_key[key])
    if changed:
        Block.objects.bulk_update(changed, ["position"])


def following(blocks: list[Block], key: str) -> str | None:
    """The key of the block behind that one; None for the last and for one that is not there."""
    keys = [block.key for block in blocks]
    return follower(keys, key) if key in keys else None


def check_open(gathering: Gathering) -> None:
    """Raises Locked. In the transaction of the change: a room is opened in one of its own, and then has the whole change or none."""
    if rooms_of(gathering):
        raise Locked(_("Rummet har öppnats och går efter sin egen kopia av körschemat. Här ändras inget mer."))


def gone() -> Gone:
    """What is said of a block that is not there."""
    return Gone(_("Momentet finns inte kvar. Någon annan kan ha tagit bort det."))
