"""The shapes of what each audience sees of a round; part of the public protocol. Times are Unix milliseconds."""

from __future__ import annotations

import msgspec

from mellanrum.exercises.round.speaking import Speaking


class Circle(msgspec.Struct, frozen=True):
    """A circle by its number from the innermost out, with what people have shared in it; `more` lines than are shown."""

    number: int
    name: str
    lines: tuple[str, ...] = ()
    more: int = 0


class PhoneView(msgspec.Struct, frozen=True):
    """The question, words and lines once the room sees them. Who has spoken is nobody's business. `writes`: people write in circles."""

    question: str
    phase: str
    per: str
    tables: int
    circles: bool
    prompts: tuple[str, ...]
    asks_word: bool
    anonymous: bool
    words: tuple[str, ...] = ()
    writes: bool = False
    shared: tuple[Circle, ...] = ()


class Stone(msgspec.Struct, frozen=True):
    """A table: `invited` is the same whether it spoke or passed."""

    who: str
    invited: bool


class ProjectorView(msgspec.Struct, frozen=True):
    """Attention per table, never per person, and never a count of those who have not spoken. `shared` goes from the outermost circle in."""

    question: str
    phase: str
    circles: bool
    prompts: tuple[str, ...]
    stones: tuple[Stone, ...]
    words: tuple[str, ...] = ()
    shared: tuple[Circle, ...] = ()
    time: Speaking | None = None


class Turn(msgspec.Struct, frozen=True):
    """A table or a person as crew sees them; `turn` is heard, pass or empty."""

    who: str
    turn: str


class WordLine(msgspec.Struct, frozen=True):
    """A participant's word or line as crew sees it; `id` is what a hide names, `circle` is empty for a word."""

    id: str
    text: str
    circle: str = ""


class CrewView(msgspec.Struct, frozen=True):
    """`words` and `lines` are participants' own with the ids that a hide names; `seconds` is 0 where nobody's time is counted."""

    question: str
    phase: str
    per: str
    tables: int
    turns: tuple[Turn, ...]
    words: tuple[WordLine, ...] = ()
    lines: tuple[WordLine, ...] = ()
    seconds: int = 0
    time: Speaking | None = None


class OwnView(msgspec.Struct, frozen=True):
    """One's own word, and own lines as (circle, text)."""

    word: str = ""
    lines: tuple[tuple[str, str], ...] = ()
