"""The shapes of what each audience sees of a round; part of the public protocol."""

from __future__ import annotations

import msgspec


class PhoneView(msgspec.Struct, frozen=True):
    """The question, and the words once the round is done. Who has spoken is nobody's business."""

    question: str
    phase: str
    per: str
    tables: int
    circles: bool
    prompts: tuple[str, ...]
    asks_word: bool
    anonymous: bool
    words: tuple[str, ...] = ()


class Stone(msgspec.Struct, frozen=True):
    """A table: `invited` is the same whether it spoke or passed."""

    who: str
    invited: bool


class ProjectorView(msgspec.Struct, frozen=True):
    """Attention per table, never per person, and never a count of those who have not spoken."""

    question: str
    phase: str
    circles: bool
    prompts: tuple[str, ...]
    stones: tuple[Stone, ...]
    words: tuple[str, ...] = ()


class Turn(msgspec.Struct, frozen=True):
    """A table or a person as crew sees them; `turn` is heard, pass or empty."""

    who: str
    turn: str


class WordLine(msgspec.Struct, frozen=True):
    """A participant's word as crew sees it; `id` is what a hide names."""

    id: str
    text: str


class CrewView(msgspec.Struct, frozen=True):
    """`words` are participants' words with the ids that a hide names."""

    question: str
    phase: str
    per: str
    tables: int
    turns: tuple[Turn, ...]
    words: tuple[WordLine, ...] = ()


class OwnView(msgspec.Struct, frozen=True):
    """One's own word."""

    word: str = ""
