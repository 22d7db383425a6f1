"""The document's passages under their headings: those of one block of the meeting stand together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby

import msgspec

from mellanrum.exercise_kit.document import Block, Passage, Photo, Quote

LONG = 5  # with more sections than this there is a list of contents


class Section(msgspec.Struct, frozen=True):
    """A heading with its passages. A passage whose heading would only repeat the section's has none. `key` names it for anchors."""

    key: str
    heading: str
    passages: tuple[Passage, ...]

    @property
    def is_group(self) -> bool:
        """Whether its passages have places of their own in the page."""
        return self.passages[0].key != self.key


def sections_of(passages: Iterable[Passage], under: Mapping[str, str]) -> tuple[Section, ...]:
    """Neighbours under the same heading are one section; a passage under none is a section of its own."""
    sections: list[Section] = []
    for heading, run in groupby(passages, key=lambda passage: under.get(passage.key, "")):
        neighbours = tuple(run)
        sections += [_group(heading, neighbours)] if heading else [_alone(passage) for passage in neighbours]
    return tuple(sections)


def _alone(passage: Passage) -> Section:
    return Section(passage.key, passage.heading, (msgspec.structs.replace(passage, heading=""),))


def _group(heading: str, passages: tuple[Passage, ...]) -> Section:
    told = tuple(msgspec.structs.replace(one, heading="" if one.heading == heading else one.heading) for one in passages)
    return Section(f"part/{passages[0].key}", heading, told)


def runs_of(blocks: Iterable[Block]) -> Iterator[tuple[str, tuple[Block, ...]]]:
    """Blocks that stand side by side, with the name of what they are; every other block alone, without one. Photos come last."""
    for kind, run in groupby(sorted(blocks, key=lambda block: isinstance(block, Photo)), key=_kind):
        if kind:
            yield kind, tuple(run)
        else:
            yield from (("", (block,)) for block in run)


def _kind(block: Block) -> str:
    if isinstance(block, Photo):
        return "photos"
    if isinstance(block, Quote):
        return "pictured" if block.picture else "said"
    return ""
