"""A small word cloud and people who write in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercises.words.contributions import KINDS
from mellanrum.exercises.words.definition import Definition, Prompt
from mellanrum.exercises.words.exercise import EXERCISE
from mellanrum.exercises.words.groups import Answers, answers
from mellanrum.exercises.words.state import EMPTY, State

DEFINITION = Definition(version=1, prompts=(Prompt("trust", "Vad bygger tillit?"),), per_person=3)
HIDDEN = msgspec.structs.replace(DEFINITION, live=False)


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    named = {"from" if name == "source" else name: value for name, value in data.items()}
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(named, KINDS[kind]))


def word(seq: int, author: str, text: str, slot: int = 1, prompt: str = "trust") -> Envelope:
    return give(seq, author, "word", prompt=prompt, slot=str(slot), text=text)


def room(*texts: str) -> list[Envelope]:
    """A person for every text; seqs from 1."""
    return [word(seq, f"p{seq}", text) for seq, text in enumerate(texts, 1)]


def phase(seq: int, key: str) -> PhaseChanged:
    return PhaseChanged(seq, key, seq)


def folded(events: Iterable[Event], definition: Definition = DEFINITION) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def found(events: Iterable[Event], definition: Definition = DEFINITION) -> Answers:
    return answers(definition, folded(events, definition))[definition.prompts[0].id]


def ranking(events: Iterable[Event]) -> list[tuple[str, int]]:
    """The words as shown with how many gave them."""
    return [(group.text, group.people) for group in found(events).groups]
