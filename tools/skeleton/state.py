"""The state and its fold: who chose what."""

from __future__ import annotations

from typing import Any

from mellanrum.exercise_kit.ballots import Ballots, fold_ballots
from mellanrum.exercise_kit.contract import Event
from mellanrum.exercises.skeleton.contributions import Answer
from mellanrum.exercises.skeleton.definition import Definition

RESULT = "result"


def empty(definition: Definition) -> Ballots:
    return Ballots()


def fold(definition: Definition, state: Ballots, event: Event) -> Ballots:
    """The state after the event. Total and pure."""
    return fold_ballots(state, event, _choice, shows=RESULT)


def _choice(data: Any) -> str | None:
    return data.choice if isinstance(data, Answer) else None
