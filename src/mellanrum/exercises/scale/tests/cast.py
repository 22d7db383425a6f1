"""A small rating and people who answer it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

import msgspec

from mellanrum.exercise_kit.contract import Envelope, Event, PhaseChanged, Withdrawn
from mellanrum.exercises.scale.contributions import KINDS
from mellanrum.exercises.scale.definition import Definition
from mellanrum.exercises.scale.exercise import EXERCISE
from mellanrum.exercises.scale.state import EMPTY, State

DEFINITION = msgspec.convert(
    {
        "version": 1,
        "minimum": 5,
        "instrument": {
            "id": "knot",
            "version": 1,
            "title": "En knut",
            "low_label": "inte alls",
            "high_label": "helt",
            "subjects": [{"id": "me", "text": "Jag"}, {"id": "organisation", "text": "Min organisation"}],
            "items": [{"id": "know", "text": "Vi vet vem."}, {"id": "quarrel", "text": "Vi bråkar.", "reverse": True}],
        },
        "parts": [{"id": "hard", "text": "Vad är svårt?"}],
        "groups": [{"id": "lead", "text": "Ledningen"}, {"id": "team", "text": "Teamet"}, {"id": "trip", "text": "Resan"}],
    },
    Definition,
)


def give(seq: int, author: str, kind: str, **data: Any) -> Envelope:
    return Envelope(seq, f"gift-{seq}", author, "participant", kind, msgspec.convert(data, KINDS[kind]))


def rate(seq: int, author: str, value: int | str | None, item: str = "know", subject: str = "me") -> Envelope:
    return give(seq, author, "rate", item=item, subject=subject, value=value)


def reveal(seq: int) -> PhaseChanged:
    return PhaseChanged(seq, "result", seq)


def phase(seq: int, key: str) -> PhaseChanged:
    return PhaseChanged(seq, key, seq)


def take_back(seq: int, target: Envelope) -> Withdrawn:
    return Withdrawn(seq, target)


def room(people: int, value: int = 3) -> list[Envelope]:
    """So many people, p1 p2 …, who all answer the same; seqs from 1."""
    return [rate(number, f"p{number}", value) for number in range(1, people + 1)]


def folded(*events: Event | Sequence[Event], definition: Definition = DEFINITION) -> State:
    flat: list[Event] = []
    for event in events:
        flat += event if isinstance(event, Sequence) else [event]
    return reduce(lambda state, event: EXERCISE.fold(definition, state, event), flat, EMPTY)
