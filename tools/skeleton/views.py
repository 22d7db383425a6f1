"""The shapes of what each audience sees; part of the public protocol."""

from __future__ import annotations

import msgspec

from mellanrum.exercise_kit.ballots import Tally


class RoomView(msgspec.Struct, frozen=True):
    """For phones and the projector, the same while people answer. `choices` are (key, text); `result` is null until it is shown.

    `is_shown`: the room has seen the result, so what comes now counts only together with others.
    """

    question: str
    phase: str
    anonymous: bool
    choices: tuple[tuple[str, str], ...]
    is_shown: bool = False
    result: Tally | None = None


class CrewView(msgspec.Struct, frozen=True):
    """`answered` is how many have chosen; what they chose is as hidden from crew as from the room."""

    question: str
    phase: str
    answered: int
    is_shown: bool = False
    result: Tally | None = None


class OwnView(msgspec.Struct, frozen=True):
    """One's own choice."""

    choice: str = ""
