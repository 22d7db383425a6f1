"""What each audience may see: nobody sees an answer before the room does, and nobody ever whose it was."""

from __future__ import annotations

from mellanrum.exercise_kit.ballots import Ballots, seen
from mellanrum.exercises.skeleton.definition import CHOICES, Definition
from mellanrum.exercises.skeleton.state import RESULT
from mellanrum.exercises.skeleton.views import CrewView, OwnView, RoomView


def room(definition: Definition, state: Ballots, phase: str) -> RoomView:
    choices = tuple((key, str(text)) for key, text in CHOICES.items())
    result = seen(state, CHOICES, phase, shows=RESULT)
    return RoomView(definition.question, phase, definition.anonymous, choices, state.is_shown, result)


def crew(definition: Definition, state: Ballots, phase: str) -> CrewView:
    return CrewView(definition.question, phase, len(state.given), state.is_shown, seen(state, CHOICES, phase, shows=RESULT))


def own(definition: Definition, state: Ballots, author: str) -> OwnView:
    return OwnView(state.given[author].choice) if author in state.given else OwnView()
