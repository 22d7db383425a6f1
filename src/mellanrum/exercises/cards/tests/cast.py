"""A small round of picture cards and people who take part in it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged
from mellanrum.exercises.cards.contributions import KINDS
from mellanrum.exercises.cards.definition import Definition
from mellanrum.exercises.cards.exercise import EXERCISE
from mellanrum.exercises.cards.state import EMPTY, State

QUESTION = "Vad i din bild liknar platsen?"
NAMELESS = Definition(version=1, question=QUESTION)
NAMED = Definition(version=1, question=QUESTION, anonymous=False)


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(data, KINDS[kind]))


def phase(seq: int, key: str) -> PhaseChanged:
    return PhaseChanged(seq, key, seq)


def folded(*events: Event, definition: Definition = NAMELESS) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)
