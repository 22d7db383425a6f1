"""Edits laid over harvested passages: pure, so that a new harvest meets the same edits and nothing hidden comes back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

import msgspec

from mellanrum.exercise_kit.document import Block, Bullets, Passage, Quote, Text


class Overlay(msgspec.Struct, frozen=True):
    """What lies over one passage; empty texts change nothing. `texts` maps marks to what stands instead, empty leaves out."""

    heading: str = ""
    note: str = ""
    is_left_out: bool = False
    texts: Mapping[str, str] = {}

    @property
    def is_empty(self) -> bool:
        return not (self.heading or self.note or self.is_left_out or self.texts)


NOTHING = Overlay()


def mark_of(text: str) -> str:
    """Names a harvested text by what it says: once its source is hidden or changed, an edit of it no longer applies."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def texts_of(passage: Passage) -> tuple[str, ...]:
    """Every text of it that can be edited, in order, each once."""
    return tuple(dict.fromkeys(text for block in passage.blocks for text in _texts(block)))


def overlaid(passages: tuple[Passage, ...], overlays: Mapping[str, Overlay], *, edited: str) -> tuple[Passage, ...]:
    """The passages as the editors want them; `edited` is the word put at the source of those whose own texts were changed."""
    found = ((passage, overlays.get(passage.key, NOTHING)) for passage in passages)
    return tuple(_under(passage, overlay, edited) for passage, overlay in found if not overlay.is_left_out)


def _under(passage: Passage, overlay: Overlay, edited: str) -> Passage:
    texts = {text: overlay.texts[mark] for text in texts_of(passage) if (mark := mark_of(text)) in overlay.texts}
    blocks = tuple(new for block in passage.blocks if (new := _replaced(block, texts)) is not None)
    note = tuple(Text(part) for part in overlay.note.split("\n\n") if part.strip())
    source = f"{passage.source}, {edited}" if texts and passage.source else passage.source
    return msgspec.structs.replace(passage, heading=overlay.heading or passage.heading, source=source, blocks=note + blocks)


def _texts(block: Block) -> Iterator[str]:
    if isinstance(block, Text | Quote):
        yield block.text
    elif isinstance(block, Bullets):
        yield from block.items


def _replaced(block: Block, texts: Mapping[str, str]) -> Block | None:
    """The block with the new texts; None when nothing of it is left."""
    if isinstance(block, Text | Quote):
        text = texts.get(block.text, block.text)
        return msgspec.structs.replace(block, text=text) if text else None
    if isinstance(block, Bullets):
        items = tuple(text for item in block.items if (text := texts.get(item, item)))
        return Bullets(items) if items else None
    return block
