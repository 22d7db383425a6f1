"""A small room with an open question, and people who take part in it."""

from __future__ import annotations

from functools import reduce
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Audience, Envelope, Event, PhaseChanged
from mellanrum.exercises.question.contributions import KINDS
from mellanrum.exercises.question.definition import Definition
from mellanrum.exercises.question.exercise import EXERCISE
from mellanrum.exercises.question.state import EMPTY, State

WALL = Definition(version=1, question="Vad skaver?")
BEFORE = Definition(version=1, question="Vad skaver?", moderated=True)
QA = Definition(version=1, question="Vad vill du fråga?", preset="qa")
AUDIENCES: tuple[Audience, ...] = ("phone", "projector")


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(data, KINDS[kind]))


def text(seq: int, author: str, said: str, slot: str = "1") -> Envelope:
    return give(seq, author, "text", slot=slot, text=said)


def vote(seq: int, author: str, ref: int, on: str = "yes") -> Envelope:
    return give(seq, author, "vote", ref=str(ref), on=on)


def crew(seq: int, kind: str, **data: Any) -> Envelope:
    return msgspec.structs.replace(give(seq, "crew:1", kind, **data), role="crew")


def phase(seq: int, key: str) -> PhaseChanged:
    return PhaseChanged(seq, key, seq)


def folded(*events: Event, definition: Definition = WALL) -> State:
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), events, EMPTY)


def seen(definition: Definition, state: State, audience: Audience, key: str) -> str:
    """All that the audience is sent, as the bytes that travel."""
    return msgspec.json.encode(EXERCISE.views[audience](definition, state, key)).decode()
